import Poll
import Testing

/// Waking, posting, waiting.
@Suite("Poll", .timeLimit(.minutes(1)))
struct PollTests {
    @Test("a wakeup is readable from its signal to its clearing, however often it was signalled")
    func wakeup() throws {
        let wakeup = try Wakeup()
        var set = PollSet()
        let place = set.add(wakeup.descriptor, .readable)
        #expect(set.wait(milliseconds: 0) == 0)
        wakeup.signal()
        wakeup.signal()
        #expect(set.wait(milliseconds: -1) == 1)
        #expect(set.readiness(at: place) == .readable)
        wakeup.clear()
        wakeup.clear()
        #expect(set.wait(milliseconds: 0) == 0)
    }

    @Test("a mailbox keeps order, is bounded, and signals when it stops being empty")
    func mailbox() throws {
        let wakeup = try Wakeup()
        let mailbox = Mailbox<Int>(capacity: 3, wakeup: wakeup)
        #expect(mailbox.drain().isEmpty)
        #expect((1...4).map { mailbox.post($0) } == [true, true, true, false])
        #expect(mailbox.count == 3)
        wakeup.clear()
        #expect(mailbox.drain() == [1, 2, 3])
        #expect(mailbox.post(5))
        var set = PollSet()
        set.add(wakeup.descriptor, .readable)
        #expect(set.wait(milliseconds: 0) == 1)
    }

    @Test("nothing posted from many threads is lost")
    func manyPosters() async throws {
        let wakeup = try Wakeup()
        let mailbox = Mailbox<Int>(capacity: 100_000, wakeup: wakeup)
        await withTaskGroup(of: Void.self) { group in
            for poster in 0..<8 {
                group.addTask { for number in 0..<500 { _ = mailbox.post(poster * 500 + number) } }
            }
        }
        #expect(mailbox.drain().sorted() == Array(0..<4_000))
    }

    @Test("a descriptor that is not open is reported, not waited for")
    func failed() {
        var set = PollSet()
        let place = set.add(9_999, .readable)
        #expect(set.wait(milliseconds: -1) == 1)
        #expect(set.readiness(at: place).hasFailed)
        #expect(!Readiness([.readable, .writable]).hasFailed)
        set.removeAll()
        #expect(set.wait(milliseconds: 0) == 0)
    }

    @Test("times add, subtract and clamp")
    func times() {
        let start = MonotonicTime(nanoseconds: 5)
        #expect(start.advanced(by: .milliseconds(2)).since(start) == .milliseconds(2))
        #expect(start < start.advanced(byNanoseconds: 1))
        #expect(Duration.seconds(Int64.max).nanoseconds == .max)
        #expect(Duration.seconds(Int64.min).nanoseconds == .min)
        #expect(Duration.milliseconds(-3).nanoseconds == -3_000_000)
        #expect(MonotonicTime.now() <= MonotonicTime.now())
    }

    @Test("a failed call names itself and its cause")
    func errors() {
        let error = SystemCallError(call: "eventfd", code: 24)
        #expect("\(error)" == "eventfd failed: Too many open files (errno 24)")
    }
}

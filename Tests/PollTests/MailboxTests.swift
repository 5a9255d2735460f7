import Poll
import Testing

/// Mailboxes beside the plainest model: a list with a bound, and a flag for "somebody must wake".
@Suite("Mailboxes", .timeLimit(.minutes(1)))
struct MailboxTests {
    private func isSignalled(_ wakeup: Wakeup) -> Bool {
        var set = PollSet()
        set.add(wakeup.descriptor, .readable)
        return set.wait(milliseconds: 0) == 1
    }

    @Test("whatever is posted and taken, in any order", arguments: UInt64(1)...10)
    func model(seed: UInt64) throws {
        // A plain linear generator: this target has no other.
        var state = seed
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let wakeup = try Wakeup()
        let capacity = random(6)
        let mailbox = Mailbox<Int>(capacity: capacity, wakeup: wakeup)
        var model: [Int] = []
        var isSignalled = false
        for message in 0..<500 {
            if random(3) > 0 {
                let isTaken = model.count < capacity
                #expect(mailbox.post(message) == isTaken)
                if isTaken, model.isEmpty { isSignalled = true }
                if isTaken { model.append(message) }
            } else {
                wakeup.clear()
                isSignalled = false
                #expect(mailbox.drain() == model)
                model = []
            }
            #expect(mailbox.count == model.count && self.isSignalled(wakeup) == isSignalled)
        }
    }

    @Test("two mailboxes with one wakeup: either wakes, and neither takes what is the other's")
    func shared() throws {
        let wakeup = try Wakeup()
        let (numbers, texts) = (Mailbox<Int>(capacity: 2, wakeup: wakeup), Mailbox<String>(capacity: 2, wakeup: wakeup))
        #expect(texts.post("a"))
        #expect(isSignalled(wakeup))
        wakeup.clear()
        #expect(numbers.post(1))
        #expect(isSignalled(wakeup), "the other was not empty, this one was")
        #expect(numbers.drain() == [1] && texts.drain() == ["a"] && numbers.drain().isEmpty)
    }

    @Test("of many posters each keeps its own order, and what was refused is told")
    func order() async throws {
        let mailbox = Mailbox<[Int]>(capacity: 1_000, wakeup: try Wakeup())
        let taken = await withTaskGroup(of: Int.self) { group in
            for poster in 0..<4 {
                group.addTask { (0..<400).count { mailbox.post([poster, $0]) } }
            }
            return await group.reduce(0, +)
        }
        let messages = mailbox.drain()
        #expect(taken == 1_000 && messages.count == 1_000)
        for poster in 0..<4 {
            let own = messages.filter { $0[0] == poster }.map { $0[1] }
            #expect(own == own.sorted() && Set(own).count == own.count)
        }
    }
}

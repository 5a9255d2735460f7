import Foundation
import Poll
import Testing

/// Many descriptors at once: each is told for itself, in the place where it was added.
@Suite("Poll sets", .timeLimit(.minutes(1)))
struct PollSetTests {
    /// The two ends of a pipe, closed with the value.
    private final class Ends {
        let pipe = Pipe()
        var reading: Int32 { pipe.fileHandleForReading.fileDescriptor }
        var writing: Int32 { pipe.fileHandleForWriting.fileDescriptor }
        func write() throws { try pipe.fileHandleForWriting.write(contentsOf: Data([1])) }
        func read() throws { _ = try pipe.fileHandleForReading.read(upToCount: 1) }
        func hangUp() throws { try pipe.fileHandleForWriting.close() }
    }

    @Test("places keep to the order in which descriptors were added")
    func places() throws {
        let pipes = (0..<20).map { _ in Ends() }
        for place in stride(from: 0, to: pipes.count, by: 3) { try pipes[place].write() }
        var set = PollSet()
        let places = pipes.map { set.add($0.reading, .readable) }
        #expect(places == Array(0..<20))
        let count = set.wait(milliseconds: 0)
        #expect(count == 7)
        #expect(places.map { set.readiness(at: $0) == .readable } == places.map { $0.isMultiple(of: 3) })
    }

    @Test("only what is asked for is told, and what is over is told unasked")
    func interests() throws {
        let ends = Ends()
        try ends.write()
        var set = PollSet()
        set.add(ends.reading, [])
        set.add(ends.writing, .writable)
        set.add(ends.writing, .readable)
        set.add(ends.reading, .readable)
        let count = set.wait(milliseconds: -1)
        #expect(count == 2)
        #expect((0..<4).map { set.readiness(at: $0) } == [[], .writable, [], .readable])
        try ends.hangUp()
        set.removeAll()
        set.add(ends.reading, [])
        set.add(ends.reading, .readable)
        let after = set.wait(milliseconds: -1)
        #expect(after == 2 && set.readiness(at: 0).hasFailed)
        #expect(set.readiness(at: 1).contains(.readable), "what was written before the end can still be read")
    }

    @Test("a later wait tells what is so then")
    func again() throws {
        let ends = Ends()
        var set = PollSet()
        let place = set.add(ends.reading, .readable)
        for _ in 0..<3 {
            try ends.write()
            let ready = set.wait(milliseconds: 0)
            #expect(ready == 1 && set.readiness(at: place) == .readable)
            try ends.read()
            let idle = set.wait(milliseconds: 0)
            #expect(idle == 0 && set.readiness(at: place) == [])
        }
    }

    @Test(
        "durations in nanoseconds, to the limits of 64 bits",
        arguments: [
            (Duration.zero, 0), (.nanoseconds(1), 1), (.nanoseconds(-1), -1), (.milliseconds(1_500), 1_500_000_000),
            (.seconds(9_223_372_036), 9_223_372_036_000_000_000), (.nanoseconds(Int64.max), .max),
            (.nanoseconds(Int64.min), .min), (.seconds(9_223_372_037), .max), (.seconds(-9_223_372_037), .min),
            (Duration(secondsComponent: 9_223_372_036, attosecondsComponent: 854_775_808_000_000_000), .max),
            (Duration(secondsComponent: 0, attosecondsComponent: 999_999_999), 0),
        ] as [(Duration, Int64)])
    func durations(duration: Duration, nanoseconds: Int64) {
        #expect(duration.nanoseconds == nanoseconds)
    }

    /// A signal that a thread sends to itself, and blocks, reaches nobody else.
    @Test("signals come one by one, each kind once however often it was sent, and only those that were asked for")
    func signals() async throws {
        let seen = try await withCheckedThrowingContinuation {
            (continuation: CheckedContinuation<[[String]], any Error>) in
            Thread.detachNewThread {
                continuation.resume(with: Result { try Self.sendAndReceive() })
            }
        }
        #expect(seen == [[], ["hangUp"], ["hangUp", "interrupt", "terminate"], ["terminate"], []])
    }

    private static func sendAndReceive() throws -> [[String]] {
        let source = try SignalSource(SignalSource.Signal.allCases)
        func received() -> [String] {
            var signals: [String] = []
            while let signal = source.next() { signals.append("\(signal)") }
            return signals.sorted()
        }
        var set = PollSet()
        set.add(source.descriptor, .readable)
        var seen = [received()]
        for signals in [[SIGHUP], [SIGTERM, SIGHUP, SIGHUP, SIGINT], [SIGTERM, SIGTERM]] {
            for signal in signals { raise(signal) }
            guard set.wait(milliseconds: 0) == 1 else { return seen }
            seen.append(received())
        }
        return seen + [received()]
    }
}

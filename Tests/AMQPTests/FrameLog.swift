import BrokerSupport
import Poll

/// The frames that a fake broker read, for the test's thread to look at.
final class FrameLog: Sendable {
    /// One frame.
    struct Frame: Equatable, Sendable {
        let type: UInt8
        let channel: UInt16
        let payload: [UInt8]

        /// A method frame from its method and the bytes of its arguments.
        static func method(_ group: UInt16, _ number: UInt16, _ arguments: [UInt8], channel: UInt16 = 1) -> Frame {
            let head = [group, number].flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
            return Frame(type: 1, channel: channel, payload: head + arguments)
        }
    }

    private let wakeup: Wakeup
    private let frames: Mailbox<Frame>

    init() throws {
        wakeup = try Wakeup()
        frames = Mailbox(capacity: 100_000, wakeup: wakeup)
    }

    /// Notes every frame until the peer goes away.
    func record(_ connection: FakeConnection) {
        while let frame = connection.readFrame() {
            _ = frames.post(Frame(type: frame.type, channel: frame.channel, payload: frame.payload))
        }
    }

    /// The first so many frames, heartbeats left out; fewer when they do not come within ten seconds.
    func first(_ count: Int) -> [Frame] {
        var seen: [Frame] = []
        let deadline = MonotonicTime.now().advanced(by: .seconds(10))
        while seen.count < count, MonotonicTime.now() < deadline {
            var set = PollSet()
            set.add(wakeup.descriptor, .readable)
            _ = set.wait(milliseconds: 50)
            wakeup.clear()
            seen += frames.drain().filter { $0.type != 8 }
        }
        return seen
    }
}

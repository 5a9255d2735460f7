import AMQP
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ConsumerChannelTests {
    typealias Command = ConsumerChannel.Command
    typealias Input = ConsumerChannel.Input
    typealias Change = ConsumerChannel.Change

    /// A step of a script: what is asked for or comes in, and what must follow.
    enum Step: Sendable {
        case resume
        case release(Bool)
        case sends(Command?)
        case holdsBack
        case gets(Input, Change)
        case at(ConsumerChannel.Phase)
    }

    static let opening: [Step] = [
        .resume, .sends(.open), .sends(nil), .gets(.opened, .none), .sends(.setPrefetch), .sends(nil),
        .gets(.prefetchSet, .none), .sends(.consume), .sends(nil), .gets(.consuming, .consuming), .sends(nil),
    ]

    static let scripts: [String: [Step]] = [
        "subscribes": opening + [.at(.consuming)],
        "does nothing unasked": [.sends(nil), .at(.closed)],
        "gives back": opening + [
            .release(true), .holdsBack, .sends(.close), .sends(nil), .gets(.closed, .released), .sends(nil),
            .at(.closed),
        ],
        "gives back and goes on": opening + [
            .release(true), .resume, .sends(.close), .gets(.closed, .released), .sends(.open), .gets(.opened, .none),
            .sends(.setPrefetch),
        ],
        "gives back while subscribing": [
            .resume, .sends(.open), .gets(.opened, .none), .sends(.setPrefetch), .gets(.prefetchSet, .none),
            .sends(.consume), .release(true), .sends(.close), .gets(.consuming, .none), .gets(.closed, .released),
        ],
        "waits for the channel before it closes it": [
            .resume, .sends(.open), .release(true), .sends(nil), .gets(.opened, .none), .sends(.close),
            .gets(.closed, .released),
        ],
        "has nothing to give back": [.release(false), .sends(nil)],
        "gives back once": opening + [.release(true), .sends(.close), .release(false), .gets(.closed, .released)],
        "is cancelled": opening + [
            .gets(.cancelledByBroker, .cancelled), .at(.idle), .sends(nil), .resume, .sends(.consume),
        ],
        "is cancelled while it gives back": opening + [
            .release(true), .sends(.close), .gets(.cancelledByBroker, .none), .gets(.closed, .released),
        ],
        "is cancelled twice": opening + [
            .gets(.cancelledByBroker, .cancelled), .gets(.cancelledByBroker, .nonsense),
        ],
        "is closed": opening + [
            .gets(.closedByBroker, .lost), .sends(.confirmClose), .sends(nil), .at(.closed), .resume, .sends(.open),
        ],
        "is refused the queue": [
            .resume, .sends(.open), .gets(.opened, .none), .sends(.setPrefetch), .gets(.prefetchSet, .none),
            .sends(.consume), .gets(.closedByBroker, .lost), .sends(.confirmClose), .at(.closed), .sends(nil),
        ],
        "both close": opening + [
            .release(true), .sends(.close), .gets(.closedByBroker, .none), .sends(.confirmClose), .at(.closing),
            .gets(.closed, .released),
        ],
        "is told nonsense": opening + [
            .gets(.opened, .nonsense), .gets(.prefetchSet, .nonsense), .gets(.consuming, .nonsense),
            .gets(.closed, .nonsense), .at(.consuming),
        ],
        "is told nonsense when closed": [
            .gets(.closedByBroker, .nonsense), .gets(.opened, .nonsense), .gets(.cancelledByBroker, .nonsense),
        ],
    ]

    @Test(arguments: scripts.keys.sorted())
    func follows(script name: String) {
        var channel = ConsumerChannel()
        for (place, step) in (Self.scripts[name] ?? []).enumerated() {
            let spot: Comment = "step \(place) of \(name)"
            switch step {
            case .resume: channel.resume()
            case .release(let expected): #expect(channel.release() == expected, spot)
            case .sends(let command): #expect(channel.nextCommand(isSettled: true) == command, spot)
            case .holdsBack: #expect(channel.nextCommand(isSettled: false) == nil, spot)
            case .gets(let input, let change): #expect(channel.received(input) == change, spot)
            case .at(let phase): #expect(channel.phase == phase, spot)
            }
        }
    }

    /// A broker that answers every request in order never sees one out of place, whatever the owner wants meanwhile.
    @Test(arguments: 0..<60 as Range<UInt64>)
    func randomWishesEndWhereTheLastOneWanted(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var channel = ConsumerChannel()
        var pending: [Input] = []
        func turn() {
            if let command = channel.nextCommand(isSettled: true) {
                switch command {
                case .open: pending.append(.opened)
                case .setPrefetch: pending.append(.prefetchSet)
                case .consume: pending.append(.consuming)
                case .close: pending.append(.closed)
                case .confirmClose: break
                }
            } else if !pending.isEmpty {
                #expect(channel.received(pending.removeFirst()) != .nonsense)
            }
        }
        for _ in 0..<400 {
            switch Int.random(in: 0..<8, using: &generator) {
            case 0: channel.resume()
            case 1: _ = channel.release()
            case 2 where channel.phase == .consuming && pending.isEmpty:
                #expect(channel.received(.cancelledByBroker) == .cancelled)
            default: turn()
            }
            #expect(!(channel.keepsDeliveries && channel.wantsRelease))
        }
        channel.resume()
        for _ in 0..<20 { turn() }
        #expect(channel.phase == .consuming)
    }
}

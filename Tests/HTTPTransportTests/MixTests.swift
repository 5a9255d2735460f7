import HTTPSupport
import HTTPTransport
import Poll
import TestSupport
import Testing

/// Random servers and deadlines; a seed repeats the plan, the threads' timing differs.
///
/// What must hold in every run: each token comes back exactly once, no launch is read twice by the server, an answer
/// comes only for what was read, and what is said to be never written was never read.
@Suite("Random mixes", .timeLimit(.minutes(2)))
struct MixTests {
    @Test("Every token ends once, and no launch is read twice", arguments: UInt64(1)...12)
    func mix(seed: UInt64) throws {
        let server = try ScriptedServer { connection, request in
            Self.exchange(seed &* 1_000_003 &+ UInt64(connection) &* 1009 &+ UInt64(request))
        }
        var plan = Plan(seed: seed, url: server.url())
        let driver = try TransportDriver { settings in
            settings.inFlightLimit = plan.limit
            settings.answerLimit = 2000
        }
        while plan.next < plan.total || driver.transport.inFlight > 0 {
            plan.submitSome(driver.transport)
            #expect(driver.transport.inFlight <= plan.limit)
            driver.turn(atMost: .milliseconds(20))
        }
        server.stop()
        check(plan.total, driver.results, server.log)
    }

    private func check(_ total: Int, _ results: [UInt64: [HTTPResult]], _ log: ScriptedServer.Log) {
        let read = Dictionary(grouping: log.requests.compactMap(Self.token)) { $0 }
        for token in UInt64(0)..<UInt64(total) {
            let ends = results[token] ?? []
            #expect(ends.count == 1, "token \(token) came back \(ends.count) times: \(ends)")
            let times = read[token]?.count ?? 0
            #expect(times <= 1, "launch \(token) was read \(times) times")
            switch ends.first {
            case .response: #expect(times == 1, "an answer for \(token), which was not read")
            case .neverWritten: #expect(times == 0, "\(token) was read: \(ends)")
            case .maybeWritten, nil: break
            }
        }
    }

    /// The launch that a whole request carries; nil for a part of one.
    private static func token(_ request: SeenRequest) -> UInt64? {
        guard request.header("Content-Length") == "\(request.body.count)" else { return nil }
        return request.header("X-Token").flatMap { UInt64($0) }
    }

    /// Mostly answers, and of every fault some.
    private static func exchange(_ seed: UInt64) -> Exchange {
        var generator = SeededGenerator(seed: seed)
        let long = String(repeating: "x", count: 3000)
        let faults: [Exchange] = [
            .cut, .cutAfterHead, .cutUnread, .cutAtOnce, .hang, .answerAndClose(announced: true),
            .answerAndClose(announced: false), .answer(503), .answer(200, long), .chunked(["a", "bc", long]),
            .rawAndClose("garbage\r\n\r\n"), .rawAndClose("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"),
            Exchange(.whole, [.reset]), Exchange(.arrival, [.reset]), Exchange(.nothing, [.reset]),
            Exchange(.whole, [.drip(Exchange.response(200, [], "slow"))]),
        ]
        return generator.chance(60) ? .answer() : generator.pick(faults, or: .hang)
    }
}

/// What one seed submits, and when.
private struct Plan {
    let total = 300
    let limit: Int
    private let url: String
    private(set) var next = 0
    private var generator: SeededGenerator

    init(seed: UInt64, url: String) {
        generator = SeededGenerator(seed: seed)
        limit = Int.random(in: 1...32, using: &generator)
        self.url = url
    }

    /// Submits a random number of launches, at most what there is room for.
    mutating func submitSome(_ transport: HTTPTransport) {
        for _ in 0..<Int.random(in: 0...limit, using: &generator) where next < total {
            guard let request = launch(next), transport.submit(request, token: UInt64(next)) else { return }
            next += 1
        }
        if generator.chance(50) { transport.start() }
    }

    private mutating func launch(_ token: Int) -> HTTPRequest? {
        let size = generator.chance(5) ? 200_000 : Int.random(in: 0...600, using: &generator)
        guard let headers = try? HTTPHeaders([("X-Token", "\(token)")]) else { return nil }
        let timeout = Duration.milliseconds(Int.random(in: 5...150, using: &generator))
        return HTTPRequest(.post, url: url, headers: headers, body: .init(repeating: 65, count: size), timeout: timeout)
    }
}

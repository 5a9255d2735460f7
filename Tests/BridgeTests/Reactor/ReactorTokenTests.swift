import Altcraft
import BrokerSupport
import HTTPSupport
import Poll
import Synchronization
import Testing

@testable import Bridge

/// How the reactor comes to another token.
@Suite("The reactor's token", .timeLimit(.minutes(2)))
struct ReactorTokenTests {
    private final class Source: Sendable {
        let text = Mutex("secret")
        let looks = Mutex(0)

        var current: APIToken? { APIToken(text.withLock { $0 }) }
    }

    private static let unauthorized = Exchange.answer(401, #"{"error":401,"error_text":"token"}"#)

    /// A peer with one event.
    private static func broker() throws -> FakeBroker {
        try FakeBroker { connection in
            guard connection.login() else { return }
            connection.subscribe()
            connection.deliver(1, body: ReactorBench.event(1))
            connection.awaitClose()
        }
    }

    @Test("Each probe asks for a look at the file, and waits for none; a token that is told later is tried at once")
    func probes() async throws {
        try await onOwnThread {
            let source = Source()
            let platform = try ScriptedServer(always: Self.unauthorized)
            defer { platform.stop() }
            let bench = try ReactorBench(Self.broker(), platform) { parts in
                parts.currentToken = { source.current }
                parts.lookForToken = { source.looks.withLock { $0 += 1 } }
            }
            // The launch, and two probes.
            #expect(platform.waitUntil { $0.requests.count >= 3 })
            #expect(source.looks.withLock { $0 } >= 2)
            source.text.withLock { $0 = "new" }
            let before = platform.log.requests.count
            #expect(platform.waitUntil { $0.requests.count >= before + 2 })
            #expect(platform.log.requests.allSatisfy { Self.isWith("secret", $0) }, "nobody has told of another one")
            _ = bench.commands.post(.tokenRenewed)
            #expect(platform.waitUntil { $0.requests.last.map { Self.isWith("new", $0) } == true })
            #expect(bench.says("token read again"))
            #expect(bench.stop() == .stopped)
        }
    }

    @Test("A token that is renewed while a probe is out is tried as soon as that one is answered, whatever the wait")
    func renewedWhileProbing() async throws {
        try await onOwnThread {
            let source = Source()
            let counter = Atomic(0)
            let platform = try ScriptedServer { _, _ in
                switch counter.wrappingAdd(1, ordering: .relaxed).newValue {
                case 1: Self.unauthorized
                // Slowly; not to be asked again for ten minutes, says the platform, of the old token.
                case 2: Exchange(.whole, [.drip(Exchange.response(401, ["Retry-After: 600"], #"{"error":401}"#))])
                default: .answer()
                }
            }
            defer { platform.stop() }
            let bench = try ReactorBench(Self.broker(), platform) { parts in
                parts.currentToken = { source.current }
            }
            #expect(platform.waitUntil { $0.requests.count == 2 })
            source.text.withLock { $0 = "new" }
            _ = bench.commands.post(.tokenRenewed)
            #expect(bench.says("token read again"))
            #expect(bench.says("launched"))
            #expect(platform.log.requests.last.map { Self.isWith("new", $0) } == true)
            #expect(bench.stop() == .stopped)
        }
    }

    private static func isWith(_ token: String, _ request: SeenRequest) -> Bool {
        String(decoding: request.body, as: UTF8.self).contains("\"\(token)\"")
    }
}

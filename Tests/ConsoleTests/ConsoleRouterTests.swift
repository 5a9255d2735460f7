import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JSON
import Outcome
import Synchronization
import Telemetry
import Testing

@testable import Console

@Suite("The console's paths", .timeLimit(.minutes(1)))
struct ConsoleRouterTests {
    /// Asks the router for a path.
    private func ask(
        _ path: String,
        method: HTTPRequest.Method = .get,
        headers: HTTPFields = [:],
        shown: Shown = Shown(),
        token: String? = nil
    ) async throws -> TestResponse {
        let application = Application(router: ConsoleRouter.make(shown.sources, token: token), logger: .silent)
        return try await application.test(.router) { client in
            try await client.execute(uri: path, method: method, headers: headers) { $0 }
        }
    }

    private func json(_ response: TestResponse) throws -> JSONNode {
        #expect(response.headers[.contentType] == "application/json")
        return try JSONDocument.parse(String(buffer: response.body)).root
    }

    @Test("Metrics are the exposition, as its content type")
    func metrics() async throws {
        let shown = Shown()
        for text in ["trigger_bridge_x 1\n", "trigger_bridge_x 2\n"] {
            shown.text.withLock { $0 = text }
            let response = try await ask("/metrics", shown: shown)
            #expect(response.status == .ok)
            #expect(response.headers[.contentType]?.hasPrefix("text/plain; version=0.0.4") == true)
            #expect(response.headers[.cacheControl] == "no-store")
            #expect(String(buffer: response.body) == text)
        }
    }

    @Test("Live is 200 whatever the bridge is doing")
    func live() async throws {
        let response = try await ask("/health/live")
        #expect(response.status == .ok)
        #expect(String(buffer: response.body) == "{\"status\":\"live\"}\n")
    }

    @Test("Ready is 503 with the reasons until the bridge consumes, and 200 then")
    func ready() async throws {
        let shown = Shown()
        let before = try await ask("/health/ready", shown: shown)
        #expect(before.status == .serviceUnavailable)
        #expect(try json(before)["ready"]?.bool == false)
        #expect(try json(before)["reasons"]?.element(0)?.string == "not connected to the broker")
        shown.ready()
        let after = try await ask("/health/ready", shown: shown)
        #expect(after.status == .ok)
        #expect(
            String(buffer: after.body)
                == "{\"ready\":true,\"connected\":true,\"consuming\":true,\"circuit\":\"closed\",\"reasons\":[],"
                + "\"open_targets\":[],\"alarms\":{},\"mappings\":{\"version\":null,\"live\":0,\"refused\":{}}}\n")
    }

    @Test("Ready tells everything: the circuit, targets, alarms and mappings, escaped")
    func details() async throws {
        let shown = Shown()
        shown.ready()
        shown.health.update { health in
            health.apply(.circuitOpened(.target("campaign 2"), .forbidden, advice: nil))
            health.apply(.circuitOpened(.target("campaign 1"), .forbidden, advice: nil))
            health.apply(.circuitOpened(.platform, .unauthorized, advice: "renew the \"token\""))
            health.apply(.alarmRaised(.ledger, reason: "disk full\n", advice: nil))
            health.apply(.mappingsLive(version: "aa11", mappings: [MappingVersion(mapping: "welcome", version: "bb")]))
            health.apply(.mappingRefused(file: "cart.json", line: 4, column: 7, reason: "unknown key"))
        }
        let response = try await ask("/health/ready", shown: shown)
        let body = try json(response)
        #expect(response.status == .serviceUnavailable)
        #expect(body["circuit"]?.string == "open")
        #expect(
            body["reasons"]?.elements.map(\.string) == [
                "the platform's circuit is open: unauthorized; renew the \"token\"", "disk full\n",
            ])
        #expect(body["open_targets"]?.elements.map(\.string) == ["campaign 1", "campaign 2"])
        #expect(body["alarms"]?["ledger"]?.string == "disk full\n")
        #expect(body["mappings"]?["version"]?.string == "aa11")
        #expect(body["mappings"]?["live"]?.number?.int64 == 1)
        #expect(body["mappings"]?["refused"]?["cart.json"]?.string == "4:7: unknown key")
    }

    @Test("A refused mapping and an open target leave the bridge ready")
    func readyWithFacts() async throws {
        let shown = Shown()
        shown.ready()
        shown.health.update { health in
            health.apply(.mappingRefused(file: "cart.json", line: nil, column: nil, reason: "unreadable"))
            health.apply(.circuitOpened(.target("campaign 2"), nil, advice: nil))
        }
        #expect(try await ask("/health/ready", shown: shown).status == .ok)
    }

    @Test(
        "Everything else is 404 in JSON, and nothing of the request comes back",
        arguments: ["/", "/health", "/metrics/x", "/health/live/", "/..%2f", "/%00", "/evil%22%0a"])
    func notFound(path: String) async throws {
        let response = try await ask(path)
        if path == "/health/live/" {
            #expect(response.status == .ok)
        } else {
            #expect(response.status == .notFound)
            #expect(String(buffer: response.body) == "{\"error\":\"Not Found\"}\n")
        }
    }

    @Test("Only reading is possible", arguments: [HTTPRequest.Method.post, .put, .delete, .patch])
    func methods(method: HTTPRequest.Method) async throws {
        let response = try await ask("/metrics", method: method)
        #expect(response.status == .notFound)
    }

    @Test("HEAD is answered as GET is, without the body")
    func head() async throws {
        let response = try await ask("/health/live", method: .head)
        #expect(response.status == .ok)
        #expect(response.body.readableBytes == 0)
    }

    @Test(
        "With a token metrics ask for it, and health does not",
        arguments: [
            (nil, HTTPResponse.Status.unauthorized), ("Bearer wrong", .unauthorized), ("Bearer secre", .unauthorized),
            ("Bearer secret2", .unauthorized), ("secret", .unauthorized), ("Bearer secret", .ok),
        ] as [(String?, HTTPResponse.Status)])
    func token(authorization: String?, status: HTTPResponse.Status) async throws {
        var headers: HTTPFields = [:]
        headers[.authorization] = authorization
        #expect(try await ask("/metrics", headers: headers, token: "secret").status == status)
        #expect(try await ask("/health/live", headers: headers, token: "secret").status == .ok)
        #expect(try await ask("/nothing", headers: headers, token: "secret").status == .notFound)
    }
}

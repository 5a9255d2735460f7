import AMQP
import BrokerSupport
import Mapping
import Synchronization
import Testing

@testable import Bridge

/// What a reactor's counterparts saw, in one order, and a source of events that notes its acknowledgements there.
final class ReactorScript: Sendable {
    private let seen = Mutex<[String]>([])

    var steps: [String] { seen.withLock { $0 } }

    func add(_ step: String) { seen.withLock { $0.append(step) } }

    /// Delivers an event for each address, and reads until it is told to close.
    func source(_ addresses: [String]) throws -> FakeBroker {
        try FakeBroker { connection in
            guard connection.login() else { return }
            connection.subscribe()
            for (place, address) in addresses.enumerated() {
                connection.deliver(UInt64(place + 1), body: Array(#"{"email":"\#(address)"}"#.utf8))
            }
            while let frame = connection.readFrame() {
                if frame.payload.starts(with: [0, 60, 0, 80]) { self.add("acknowledged \(frame.payload[11])") }
                guard frame.payload.starts(with: [0, 10, 0, 50]) else { continue }
                connection.send(.init(10, 51), [], channel: 0)
            }
        }
    }

    /// Every event with an `email` launches campaign 7, with this `delivery`.
    static func mappings(delivery: String) throws -> LiveMappings {
        let text = """
            {"name": "paid", "when": {"body": {"email": [{"exists": true}]}}, "launch": {"campaign": 7},
             "recipient": [{"matching": "email", "email": "$.email"}], "delivery": \(delivery)}
            """
        let (set, diagnostics) = MappingSet.compile(files: [SourceFile(name: "paid.json", text: text)])
        try #require(!diagnostics.contains { $0.severity == .error }, "\(diagnostics)")
        return LiveMappings(set)
    }
}

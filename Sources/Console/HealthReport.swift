import JSON
import Telemetry

/// The answers of the health paths, as JSON.
enum HealthReport {
    /// `/health/live`: the process runs, or nobody would answer.
    static let live = JSONValue.object([("status", .string("live"))])

    /// `/health/ready`: whether the bridge does its work, and if not, why.
    static func ready(_ health: HealthSnapshot) -> JSONValue {
        .object([
            ("ready", .bool(health.isReady)),
            ("connected", .bool(health.isConnected)),
            ("consuming", .bool(health.isConsuming)),
            ("circuit", .string(health.circuit.rawValue)),
            ("reasons", .array(health.reasons.map { .string($0) })),
            ("open_targets", .array(health.openTargets.sorted().map { .string($0) })),
            ("alarms", texts(health.alarms.map { ($0.key.rawValue, $0.value) })),
            ("mappings", mappings(health)),
        ])
    }

    private static func mappings(_ health: HealthSnapshot) -> JSONValue {
        .object([
            ("version", health.mappingsVersion.map { .string($0) } ?? .null),
            ("live", .number(JSONNumber(health.mappingsLive))),
            ("refused", texts(health.mappingsRefused.map { ($0.key, $0.value) })),
        ])
    }

    private static func texts(_ pairs: [(String, String)]) -> JSONValue {
        .object(pairs.sorted { $0.0 < $1.0 }.map { (name: $0.0, value: .string($0.1)) })
    }
}

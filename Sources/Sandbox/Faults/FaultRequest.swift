import Foundation
import JSON

/// The body of `POST /sandbox/faults`.
///
/// One rule (`{"kind": "status", "status": 503, "share": 0.1}`), several (`{"faults": […]}` or a list), or the short
/// form of rates that add up (`{"rates": {"5xx": 0.1, "429": 0.05, "timeout": 0.01}, "latency_ms": 20}`).
struct FaultRequest: Sendable {
    var rules: [FaultRule] = []
    var seed: UInt64?
    /// Whether the faults so far end.
    var replaces = false

    /// Why a body is none.
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    /// Reads a body.
    init(_ bytes: [UInt8], now: Date) throws(Fault) {
        let root: JSONNode
        do {
            root = try JSONDocument.parse(bytes, limits: JSONLimits(bytes: 1 << 20, depth: 16)).root
        } catch {
            throw Fault(description: "the body is not JSON: \(error)")
        }
        if root.kind == .array {
            try addRules(root, now)
            return
        }
        guard root.kind == .object else { throw Fault(description: "the body must be an object or a list of rules") }
        let reader = FaultReader(root)
        seed = try reader.integer("seed", 0...Int.max).map { UInt64($0) }
        replaces = try reader.bool("replace") ?? false
        let isEnvelope = root["faults"] != nil || root["rates"] != nil
        guard isEnvelope else {
            rules.append(try FaultRule(reader, now: now, besides: ["seed", "replace"]))
            return
        }
        try reader.refuseOthers(["seed", "replace", "faults", "rates", "latency_ms"])
        if let list = root["faults"] { try addRules(list, now) }
        if let range = try reader.range("latency_ms") { rules.append(FaultRule(kind: .latency(range))) }
        if let rates = root["rates"] { try addRates(rates) }
    }

    private mutating func addRules(_ list: JSONNode, _ now: Date) throws(Fault) {
        guard list.kind == .array else { throw Fault(description: "\"faults\" must be a list of rules") }
        for node in list.elements {
            guard node.kind == .object else { throw Fault(description: "a rule must be an object") }
            rules.append(try FaultRule(FaultReader(node), now: now))
        }
    }

    /// Rates of one request: rules are asked one after the other, so each later share is of what the earlier ones left.
    private mutating func addRates(_ rates: JSONNode) throws(Fault) {
        guard rates.kind == .object else { throw Fault(description: "\"rates\" must be an object of kinds and shares") }
        let reader = FaultReader(rates)
        var left = 1.0
        for member in rates.members {
            let share = try reader.share(member.name) ?? 0
            guard share <= left + 1e-9 else { throw Fault(description: "the rates add up to more than 1") }
            var rule = FaultRule(kind: try FaultReader.kind(named: member.name))
            rule.share = left > 0 ? min(share / left, 1) : 0
            left -= share
            rules.append(rule)
        }
    }
}

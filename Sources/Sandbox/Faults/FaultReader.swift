import Foundation
import JSON

/// Reads the members of one fault rule.
struct FaultReader {
    typealias Fault = FaultRequest.Fault

    let node: JSONNode

    init(_ node: JSONNode) {
        self.node = node
    }

    func text(_ name: String) throws(Fault) -> String? {
        guard let value = node[name], !value.isNull else { return nil }
        guard let text = value.string ?? value.number?.text else {
            throw Fault(description: "\"\(name)\" must be a text")
        }
        return text
    }

    func bool(_ name: String) throws(Fault) -> Bool? {
        guard let value = node[name], !value.isNull else { return nil }
        guard let bool = value.bool else { throw Fault(description: "\"\(name)\" must be true or false") }
        return bool
    }

    func integer(_ name: String, _ range: ClosedRange<Int>) throws(Fault) -> Int? {
        guard let value = node[name], !value.isNull else { return nil }
        guard let number = value.number?.int64.map({ Int($0) }), range.contains(number) else {
            let end = range.upperBound == Int.max ? "up" : "to \(range.upperBound)"
            throw Fault(description: "\"\(name)\" must be a whole number from \(range.lowerBound) \(end)")
        }
        return number
    }

    func seconds(_ name: String) throws(Fault) -> Double? {
        guard let value = node[name], !value.isNull else { return nil }
        guard let number = value.number.flatMap({ Double($0.text) }), (0...1e9).contains(number) else {
            throw Fault(description: "\"\(name)\" must be a number of seconds")
        }
        return number
    }

    func share(_ name: String) throws(Fault) -> Double? {
        guard let value = node[name], !value.isNull else { return nil }
        guard let share = value.number.flatMap({ Double($0.text) }), (0...1).contains(share) else {
            throw Fault(description: "\"\(name)\" must be a share from 0 to 1")
        }
        return share
    }

    /// Milliseconds: a number, or `{"min", "max"}` to draw from.
    func range(_ name: String) throws(Fault) -> ClosedRange<Int>? {
        guard let value = node[name], !value.isNull else { return nil }
        let most = 3_600_000
        if value.kind == .object {
            let reader = FaultReader(value)
            try reader.refuseOthers(["min", "max"])
            let least = try reader.integer("min", 0...most) ?? 0
            guard let greatest = try reader.integer("max", least...most) else {
                throw Fault(description: "\"\(name)\" needs \"max\"")
            }
            return least...greatest
        }
        return try integer(name, 0...most).map { $0...$0 }
    }

    /// Refuses members that are none of these: a misspelled scope would hit every request.
    func refuseOthers(_ known: [String]) throws(Fault) {
        for member in node.members where !known.contains(member.name) {
            throw Fault(
                description: "there is no \"\(member.name.prefix(64))\"; known are " + known.joined(separator: ", "))
        }
    }

    /// Statuses that end a request; the ones below 200 do not.
    static let statuses = 200...599

    /// The kind of a rate: a name, or an HTTP status.
    static func kind(named name: String) throws(Fault) -> FaultKind {
        if let status = Int(name), statuses.contains(status) { return .status(status, nil) }
        switch name {
        case "5xx", "server_error": return .serverError(nil)
        case "hang", "timeout": return .hang
        case "cut": return .cut
        case "cut_before": return .cutBefore
        case "reset": return .reset
        case "truncate": return .truncate
        case "garbage": return .garbage
        case "redirect": return .redirect("/elsewhere")
        case "wrong_envelope": return .wrongEnvelope
        default:
            throw Fault(
                description: "there is no fault \"\(name.prefix(64))\"; known are an HTTP status and "
                    + FaultKind.names.joined(separator: ", "))
        }
    }
}

extension FaultRule {
    private static let members = [
        "kind", "status", "retry_after", "retry_after_form", "latency_ms", "error", "error_text", "location", "share",
        "rate", "after", "count", "start_seconds", "seconds", "recipient", "campaign", "scenario", "endpoint",
        "carried_out",
    ]

    /// Reads a rule.
    init(_ reader: FaultReader, now: Date, besides: [String] = []) throws(FaultRequest.Fault) {
        try reader.refuseOthers(Self.members + besides)
        self.init(kind: try Self.kind(reader))
        let (told, rate) = (try reader.share("share"), try reader.share("rate"))
        share = told ?? rate ?? 1
        after = try reader.integer("after", 0...Int.max) ?? 0
        count = try reader.integer("count", 0...Int.max)
        let start = try reader.seconds("start_seconds")
        from = start.map { now.addingTimeInterval($0) }
        until = try reader.seconds("seconds").map { now.addingTimeInterval((start ?? 0) + $0) }
        recipient = try reader.text("recipient")
        campaign = try reader.integer("campaign", 0...Int.max)
        scenario = try reader.integer("scenario", 0...Int.max)
        endpoint = try reader.text("endpoint")
        isCarriedOut = try reader.bool("carried_out") ?? false
    }

    private static func kind(_ reader: FaultReader) throws(FaultRequest.Fault) -> FaultKind {
        let retry = try reader.integer("retry_after", 0...1_000_000).map { seconds in
            RetryAfter(seconds: seconds, asDate: reader.node["retry_after_form"]?.string == "date")
        }
        let status = try reader.integer("status", FaultReader.statuses)
        guard let name = try reader.text("kind") else {
            if let status { return .status(status, retry) }
            if let range = try reader.range("latency_ms") { return .latency(range) }
            throw FaultRequest.Fault(
                description: "\"kind\" is missing; known are " + FaultKind.names.joined(separator: ", "))
        }
        switch name {
        case "status":
            guard let status else { throw FaultRequest.Fault(description: "a fault of kind status needs \"status\"") }
            return .status(status, retry)
        case "5xx": return .serverError(retry)
        case "latency", "slow":
            guard let range = try reader.range("latency_ms") else {
                throw FaultRequest.Fault(description: "a fault of kind \(name) needs \"latency_ms\"")
            }
            return name == "slow" ? .slow(range.upperBound) : .latency(range)
        case "error":
            guard let code = try reader.integer("error", 1...Int.max) else {
                throw FaultRequest.Fault(description: "a fault of kind error needs \"error\", the envelope's code")
            }
            return .error(code, try reader.text("error_text"))
        case "redirect": return .redirect(try reader.text("location") ?? "/elsewhere")
        default:
            let kind = try FaultReader.kind(named: name)
            if case .status(let code, _) = kind { return .status(code, retry) }
            return kind
        }
    }
}

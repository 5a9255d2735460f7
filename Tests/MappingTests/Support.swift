import Altcraft
import EventPattern
import Functions
import JSON
import Mapping
import Outcome
import Testing

/// A mapping and what it makes of events, for tests.
enum Sample {
    /// A file of this text.
    static func compile(_ text: String, name: String = "a.json") -> (mapping: Mapping?, diagnostics: [Diagnostic]) {
        MappingSet.compile(SourceFile(name: name, text: text))
    }

    /// A whole mapping around some of its keys: what is not given is the smallest that passes the checks.
    static func mapping(_ keys: String, recipient: String = #"[{"email": "a@example.com"}]"#) -> String {
        var text = "{\n"
        if !keys.hasPrefix(#""name":"#) { text += "\"name\": \"sample\",\n" }
        if !keys.contains(#""when":"#) { text += "\"when\": {},\n" }
        if !keys.contains(#""launch":"#) { text += "\"launch\": {\"campaign\": 1},\n" }
        if !keys.contains(#""recipient":"#) { text += "\"recipient\": \(recipient),\n" }
        return text + keys + "\n}"
    }

    /// The plan of a mapping that has no errors.
    static func plan(
        _ mapping: String, body: String, exchange: String = "", routingKey: String = "", headers: String = "{}",
        properties: String = "{}", now: String = "2026-03-01T09:06:00Z", limits: EvaluationLimits = EvaluationLimits()
    ) throws -> EventPlan {
        let (compiled, diagnostics) = compile(mapping)
        let set = MappingSet([try #require(compiled, "\(diagnostics.map(\.description).joined(separator: "\n"))")])
        let view = EventView(
            exchange: exchange, routingKey: routingKey, headers: try JSONDocument.parse(headers).root,
            properties: try JSONDocument.parse(properties).root, body: try JSONDocument.parse(body).root)
        return set.evaluate(Event(view: view, now: try #require(Instant(rfc3339: now))), limits: limits)
    }

    /// The content of the only launch as compact JSON, or `reason pointer` of the only stop.
    static func content(_ content: String, body: String, keys: String = "") throws -> String {
        let plan = try plan(
            mapping((keys.isEmpty ? "" : keys + ",\n") + "\"content\": {\"x\": \(content)}"), body: body)
        if let stop = plan.stops.first { return "\(stop.reason.rawValue) \(stop.pointer)" }
        return plan.launches.first?.launch.content?.text() ?? "nothing"
    }
}

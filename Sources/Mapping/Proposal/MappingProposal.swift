import Functions
import JSON
import Outcome

/// A first mapping with its test, made from one event: what `init` writes.
///
/// It proposes what it finds: who the event is about, what identifies it, and what a message could show. The author
/// changes the campaign's number and takes out what the message does not need.
package struct MappingProposal: Sendable {
    /// The mapping file.
    package let mapping: String
    /// The file of tests.
    package let tests: String
    /// The event as an event file, for the folder of events.
    package let event: String

    /// Proposes a mapping of this name for an event that will stand in `events/<name>.json`.
    package static func make(name: String, from event: EventFile) -> MappingProposal {
        let finder = EventFinder(body: event.body.root)
        let members = mapping(name, event, finder)
        let mapping = JSONValue.object(members).text(pretty: true) + "\n"
        return MappingProposal(
            mapping: mapping, tests: tests(name, mapping, event), event: event.json.text(pretty: true) + "\n")
    }

    private static func mapping(
        _ name: String, _ event: EventFile, _ finder: EventFinder
    ) -> [(name: String, value: JSONValue)] {
        var members: [(name: String, value: JSONValue)] = [
            ("$schema", .string("./mapping.schema.json")),
            ("name", .string(name)),
            ("description", .string("Say here what this mapping is for, and put the number of your campaign below.")),
            ("when", .object(when(event, finder))),
        ]
        if let id = finder.identifier { members.append(("event", .object([("id", .string(id))]))) }
        members.append(("launch", .object([("campaign", .number(JSONNumber(1)))])))
        members.append(("recipient", .array(recipients(finder))))
        members.append(("content", .object(finder.content)))
        return members
    }

    private static func when(_ event: EventFile, _ finder: EventFinder) -> [(name: String, value: JSONValue)] {
        var when: [(name: String, value: JSONValue)] = []
        if !event.exchange.isEmpty { when.append(("exchange", .array([.string(event.exchange)]))) }
        if !event.routingKey.isEmpty { when.append(("routing_key", .array([.string(event.routingKey)]))) }
        if let (name, value) = finder.kind { when.append(("body", .object([(name, .array([value]))]))) }
        return when
    }

    /// The alternatives in the order in which people are best found; one to fill in where nobody is found.
    private static func recipients(_ finder: EventFinder) -> [JSONValue] {
        var recipients: [JSONValue] = []
        if !finder.emails.isEmpty {
            let pipe = ["trim", "nonblank", "lowercase", "email"].filter { FunctionCatalogue.spec(named: $0) != nil }
            recipients.append(
                .object([("matching", .string("email")), ("email", value(finder.emails, pipe.map(JSONValue.string)))]))
        }
        if !finder.phones.isEmpty {
            let region = JSONValue.object([("phone", .object([("region", .string("RU"))]))])
            let pipe = FunctionCatalogue.spec(named: "phone") == nil ? [JSONValue.string("nonblank")] : [region]
            recipients.append(.object([("matching", .string("phone")), ("phone", value(finder.phones, pipe))]))
        }
        guard recipients.isEmpty else { return recipients }
        let field = finder.customer ?? "$.customer_id"
        return [
            .object([
                ("matching", .string("custom")), ("field_name", .string("CRM_ID")), ("field_value", .string(field)),
            ])
        ]
    }

    private static func value(_ paths: [String], _ pipe: [JSONValue]) -> JSONValue {
        let source: (name: String, value: JSONValue) =
            paths.count == 1 ? ("$path", .string(paths[0])) : ("$coalesce", .array(paths.map(JSONValue.string)))
        return .object([source, ("pipe", .array(pipe))])
    }

    /// A test that says what the mapping makes of the event today.
    private static func tests(_ name: String, _ mapping: String, _ event: EventFile) -> String {
        var expect: [(name: String, value: JSONValue)] = [("outcome", .string("launch"))]
        let compiled = MappingSet.compile(SourceFile(name: "\(name).json", text: mapping)).mapping
        if let compiled {
            let plan = MappingSet([compiled]).evaluate(event.event(now: event.time))
            if let launch = plan.launches.first {
                expect.append(("request", launch.launch.form))
            } else if let stop = plan.stops.first {
                expect = [
                    ("outcome", .string(stop.launchClass == .skipped ? "skip" : "park")),
                    ("reason", .string(stop.reason.rawValue)),
                ]
            }
        }
        let test = JSONValue.object([
            ("name", .string("the sample event")), ("event", .string("events/\(name).json")),
            ("now", .string(event.time.rfc3339)), ("expect", .object(expect)),
        ])
        return JSONValue.object([("$schema", .string("./tests.schema.json")), ("tests", .array([test]))]).text(
            pretty: true)
            + "\n"
    }
}

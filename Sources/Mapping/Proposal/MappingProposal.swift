import JSON
import Outcome

/// A first mapping with its tests, made from one event: what `init` writes.
///
/// It proposes what it finds: who the event is about, what identifies it, and what a message could show. The author
/// changes the campaign's number and takes out what the message does not need. What is proposed has been tried: it
/// passes the checks, and its tests pass.
package struct MappingProposal: Sendable {
    /// The mapping file.
    package let mapping: String
    /// The file of tests.
    package let tests: String
    /// The event as an event file, for the folder of events.
    package let event: String
    /// Whether the event tells whom it is about; else the author must say it.
    package let findsRecipient: Bool
    /// What was guessed and should be looked at, a sentence each.
    package let guesses: [String]

    /// Proposes a mapping of this name for an event that will stand in `events/<name>.json`.
    package static func make(
        name: String, from event: EventFile, target: ProposedTarget = .unknown
    ) -> MappingProposal {
        let scan = EventScan(event.body.root)
        let origin = EventOrigin(scan)
        var finder = RecipientFinder(scan)
        var proposed = ProposedMapping(
            name: name, event: event, scan: scan, finder: finder, origin: origin, target: target)
        let findsRecipient = !finder.alternatives.isEmpty || !proposed.forEach.isEmpty
        settle(&proposed, event)
        let file = "events/\(name).json"
        var tests = write(proposed, event, finder, file)
        // An alternative that no test can reach (a number that is no phone, say) is no proposal.
        let unreached = unreached(proposed, event, tests: tests, file: file)
        if !unreached.isEmpty, unreached.count < proposed.recipients.count, !finder.alternatives.isEmpty {
            let kept = proposed.recipients.indices.filter { !unreached.contains($0) }
            proposed.recipients = kept.map { proposed.recipients[$0] }
            finder = RecipientFinder(alternatives: kept.map { finder.alternatives[$0] })
            tests = write(proposed, event, finder, file)
        }
        let text = ReadableJSON.file(proposed.json)
        return MappingProposal(
            mapping: text, tests: tests, event: ReadableJSON.file(event.json), findsRecipient: findsRecipient,
            guesses: guesses(event, scan, origin, proposed, text))
    }

    /// The tests for a mapping that is there already: what it makes of the event today.
    package static func tests(of mapping: Mapping, from event: EventFile, file: String) -> String {
        let proposal = TestProposal(
            mapping: mapping, event: event, finder: RecipientFinder(alternatives: []), file: file)
        return ReadableJSON.file(proposal.json)
    }

    private static func guesses(
        _ event: EventFile, _ scan: EventScan, _ origin: EventOrigin, _ proposed: ProposedMapping, _ text: String
    ) -> [String] {
        var guesses: [String] = []
        let key = ProposedConditions.routingKey(event.routingKey, scan)
        if key != event.routingKey { guesses.append("the routing key \(event.routingKey) became \(key): check it") }
        if proposed.when.isEmpty {
            guesses.append(
                "nothing in the event tells of what kind it is, so the mapping wants every event: name a routing_key or a "
                    + "condition on the body in \"when\"")
        }
        let isUsed = [origin.locale, origin.zone, "\"region\": \"\(origin.region)\""].contains(where: text.contains)
        if !origin.isTold, isUsed {
            guesses.append(
                "nothing in the event tells its country: dates, money and phone numbers are written for \(origin.region) "
                    + "(\(origin.locale), \(origin.zone)): check them")
        }
        return guesses
    }

    /// Takes functions away, and then whole members, from content that cannot be made of the event.
    private static func settle(_ proposed: inout ProposedMapping, _ event: EventFile) {
        var simplified = Set<String>()
        while let name = fault(proposed, event), let place = proposed.content.firstIndex(where: { $0.name == name }) {
            if simplified.insert(name).inserted {
                proposed.content[place].value = withoutPipes(proposed.content[place].value)
            } else {
                proposed.content.remove(at: place)
            }
        }
    }

    /// The member of the content that is at fault, by what the checker says or what stops the launch.
    private static func fault(_ proposed: ProposedMapping, _ event: EventFile) -> String? {
        let (mapping, diagnostics) = compile(proposed)
        for diagnostic in diagnostics where diagnostic.pointer.tokens.first == "content" {
            if let name = diagnostic.pointer.tokens.dropFirst().first { return name }
        }
        guard let mapping else { return nil }
        let stops = MappingSet([mapping]).evaluate(event.event(now: event.time)).stops
        let pointer = stops.lazy.map(\.pointer.tokens).first { $0.first == "content" && $0.count > 1 }
        return pointer?[1]
    }

    private static func compile(_ proposed: ProposedMapping) -> (mapping: Mapping?, diagnostics: [Diagnostic]) {
        MappingSet.compile(SourceFile(name: "\(proposed.name).json", text: ReadableJSON.file(proposed.json)))
    }

    private static func withoutPipes(_ value: JSONValue) -> JSONValue {
        if let elements = value.elements { return .array(elements.map(withoutPipes)) }
        guard let members = value.members else { return value }
        let kept = members.filter { $0.name != "pipe" }.map { ($0.name, withoutPipes($0.value)) }
        return .object(kept)
    }

    private static func write(
        _ proposed: ProposedMapping, _ event: EventFile, _ finder: RecipientFinder, _ file: String
    ) -> String {
        guard let mapping = compile(proposed).mapping else {
            return ReadableJSON.file(.object([("tests", .array([]))]))
        }
        return ReadableJSON.file(TestProposal(mapping: mapping, event: event, finder: finder, file: file).json)
    }

    /// The numbers of alternatives that no test reaches.
    private static func unreached(
        _ proposed: ProposedMapping, _ event: EventFile, tests: String, file: String
    ) -> Set<Int> {
        guard let mapping = compile(proposed).mapping else { return [] }
        let copy = SourceFile(name: file, text: ReadableJSON.file(event.json))
        let report = MappingTester { $0 == file ? copy : nil }
            .run(mapping, tests: SourceFile(name: "\(proposed.name).tests.json", text: tests))
        let pointers = report.branches.filter { !$0.isReached }.map(\.pointer.tokens)
        return Set(pointers.filter { $0.count == 2 && $0[0] == "recipient" }.compactMap { Int($0[1]) })
    }
}

package import Altcraft
import EventPattern
import Functions
import JSON
import Outcome

/// Runs the tests beside a mapping, on the evaluator that makes launches.
package struct MappingTester {
    private let options: RequestOptions
    private let limits: EvaluationLimits
    private let event: (String) -> SourceFile?
    private let events: () -> [String]

    /// Makes a tester; `event` reads an event file that a test names, and answers nil when there is none, and `events`
    /// lists those that there are.
    package init(
        options: RequestOptions = RequestOptions(), limits: EvaluationLimits = EvaluationLimits(),
        events: @escaping () -> [String] = { [] }, event: @escaping (String) -> SourceFile?
    ) {
        self.options = options
        self.limits = limits
        self.events = events
        self.event = event
    }

    /// Runs the tests of a mapping; without a file of tests there is only the warning that says so.
    package func run(_ mapping: Mapping, tests file: SourceFile?) -> MappingTestReport {
        guard let file else {
            return MappingTestReport(
                results: [], branches: branches(mapping, reached: []), diagnostics: [noTests(mapping)], lists: [])
        }
        let findings = Findings(file: file.name)
        let tests = MappingTest.read(file, findings)
        var reached = Set<PlaceID>()
        var events: [EventFile] = []
        var isLost = false
        var results: [MappingTestResult] = []
        for test in tests {
            results.append(run(test, mapping, findings, &reached, &events, &isLost))
        }
        let branches = branches(mapping, reached: reached)
        var diagnostics = findings.diagnostics
        if tests.isEmpty, !findings.hasErrors { diagnostics.append(noTests(mapping)) }
        if !tests.isEmpty {
            let isWhole = !findings.contains(MappingTest.obstacles)
            // What an event does not reach that the mapping should want and does not, it will once the mapping does.
            if !isLost, isWhole { diagnostics += unreached(mapping, reached) }
            let remarks = EventRemarks(mapping: mapping, events: events)
            diagnostics += remarks.seen + (isWhole ? remarks.unseen : [])
        }
        return MappingTestReport(
            results: results, branches: branches, diagnostics: diagnostics.sorted(),
            lists: mapping.condition.body?.lists(in: events.map(\.body.root)) ?? [])
    }

    private func run(
        _ test: MappingTest, _ mapping: Mapping, _ findings: Findings, _ reached: inout Set<PlaceID>,
        _ events: inout [EventFile], _ isLost: inout Bool
    ) -> MappingTestResult {
        let differences: [TestDifference]
        var advice: String?
        switch prepare(test, mapping, findings) {
        case .obstacle(let why):
            return MappingTestResult(
                name: test.name, position: test.place.node.position, differences: [], obstacle: why)
        case .event(let file):
            events.append(file)
            let trace = TraceRecorder()
            let event = file.event(now: test.now ?? file.time)
            var plan = plan(mapping, event, trace)
            // Without a time of its own or its event's, nobody knows how old the event is.
            if test.now != nil || file.publishedAt != nil { plan = plan?.expired(at: event.now) }
            for case .reached(let place) in trace.notes { reached.insert(place) }
            remarkOnPhones(plan, test, findings)
            let misses = plan == nil ? mapping.condition.explain(event.view) : nil
            if let misses, test.expectation.outcome != .noMatch {
                isLost = true
                advice = ConditionAdvice.text(misses)
            }
            differences =
                TestVerdict(expectation: test.expectation, plan: plan, misses: misses?.description).differences
        }
        if !differences.isEmpty {
            findings.add(
                .failingTest, at: test.place, "the test \"\(test.name)\" fails: \(differences[0])",
                hint: differences.count > 1
                    ? "and \((differences.count - 1).counted("more difference")); `trigger-bridge test` shows all of them"
                    : advice ?? "mend the mapping, or what the test expects")
        }
        return MappingTestResult(
            name: test.name, position: test.place.node.position, differences: differences, obstacle: nil, advice: advice
        )
    }

    /// The platform finds numbers in the one form in which it keeps them.
    private func remarkOnPhones(_ plan: MappingPlan?, _ test: MappingTest, _ findings: Findings) {
        let phones = plan?.launches.lazy.compactMap { planned -> String? in
            guard case .profile(let recipient) = planned.launch.audience else { return nil }
            return recipient.phone.flatMap { MappingTester.isE164($0) ? nil : $0 }
        }
        guard let phone = phones?.first else { return }
        findings.add(
            .phoneForm, at: test.place, "the phone number \"\(phone.prefix(40))\" is not in E.164 form",
            hint: MappingTester.phoneHint(phone))
    }

    /// The region matters for numbers without a plus sign, of which nobody knows the country but the author.
    private static func phoneHint(_ phone: String) -> String {
        if let region = EventOrigin.region(ofPhone: phone) {
            return "give \"phone\" the pipe [{\"phone\": {\"region\": \"\(region)\"}}]"
        }
        return "give \"phone\" the pipe [{\"phone\": {\"region\": …}}] with the country of numbers without \"+\", for "
            + "example \"RU\""
    }

    private static func isE164(_ text: String) -> Bool {
        let digits = text.dropFirst()
        return text.first == "+" && (7...15).contains(digits.count) && digits.allSatisfy { $0.isASCII && $0.isNumber }
    }

    private func plan(_ mapping: Mapping, _ event: Event, _ trace: TraceRecorder) -> MappingPlan? {
        guard let body = event.view.body, mapping.condition.matches(event.view) else { return nil }
        return MappingEvaluator(
            MappingEvaluator.Parts(mapping: mapping, event: event, body: body, options: options, limits: limits),
            trace: trace
        ).plan(elements: nil)
    }

    private enum Prepared {
        case event(EventFile)
        case obstacle(String)
    }

    /// The event of a test, with its edits made.
    private func prepare(_ test: MappingTest, _ mapping: Mapping, _ findings: Findings) -> Prepared {
        let name = test.event.text ?? ""
        func obstacle(_ message: String, hint: String) -> Prepared {
            findings.add(.eventFile, at: test.event, message, hint: hint)
            return .obstacle(message)
        }
        guard let file = event(name) else {
            return obstacle(
                "there is no event file \"\(name)\"",
                hint: meant(by: name) ?? "paths begin at the folder of the mappings")
        }
        guard !EventFile.isMapping(file) else {
            return obstacle(
                "\"\(name)\" is a mapping, and no event",
                hint: meant(by: name) ?? "name a file of an event, for example \"events/order-paid.json\"")
        }
        guard !test.edits.isEmpty, var value = EventFile.envelope(file) else {
            let (event, found) = EventFile.read(file)
            return event.map(Prepared.event)
                ?? obstacle("\"\(name)\": \(found.first?.message ?? "")", hint: found.first?.hint ?? EventFile.form)
        }
        for edit in test.edits {
            do throws(EventEdits.Fault) {
                value = try edited(value, edit, mapping, findings)
            } catch {
                findings.add(
                    .eventFile, name: edit, error.message,
                    hint: error.hint ?? "look into \"\(name)\" for what there is")
                return .obstacle(error.message)
            }
        }
        guard value["body"] != nil, value["amqp"].map({ $0.kind == .object }) ?? true else {
            return obstacle(
                "the edited event is none: it must have a \"body\", and \"amqp\" must be an object",
                hint: "edit members of them, for example \"/body/total_price\"")
        }
        let (event, found) = EventFile.read(SourceFile(name: file.name, text: value.text()))
        return event.map(Prepared.event)
            ?? obstacle(
                "the edited event is none: \(found.first?.message ?? "")", hint: found.first?.hint ?? EventFile.form)
    }

    /// The event file that was meant by a name: one that is called so, or nearly so.
    private func meant(by name: String) -> String? {
        let known = events().filter { $0 != name }
        let same = known.first { $0.split(separator: "/").last == name.split(separator: "/").last }
        return same.map { "did you mean \"\($0)\"?" } ?? ClosestName.hint(name, among: known)
    }

    /// The event with one edit made; an edit that was hardly meant so is remarked on.
    private func edited(
        _ value: JSONValue, _ edit: NamedPlace, _ mapping: Mapping, _ findings: Findings
    ) throws(EventEdits.Fault) -> JSONValue {
        guard let pointer = JSONPointer(parsing: edit.name) else {
            throw EventEdits.Fault(
                message: "\"\(edit.name)\" is no JSON Pointer", hint: EventEdits.pointerHint(edit.name))
        }
        if let first = pointer.tokens.first, first != "body", first != "amqp" {
            throw EventEdits.Fault(
                message: "\"\(edit.name)\" is outside of the event",
                hint: "begin with /body or /amqp: \"/body\(edit.name)\"")
        }
        if let stray = EventEdits.stray(value, pointer, edit.place.node, isRead: mapping.mayRead) {
            findings.add(.strayEdit, name: edit, stray.message, hint: stray.hint)
        }
        if let doubt = EventEdits.doubtfulRemoval(edit.place.node) {
            findings.add(.doubtfulEdit, at: edit.place, doubt.message, hint: doubt.hint)
        }
        let removes = edit.place.node["$remove"]?.bool == true
        do throws(EventEdits.Fault) {
            return try EventEdits.set(value, at: pointer.tokens[...], to: removes ? nil : .node(edit.place.node))
        } catch {
            throw EventEdits.Fault(message: "the event cannot be edited: \(error.message)", hint: error.hint)
        }
    }

    private func noTests(_ mapping: Mapping) -> Diagnostic {
        Diagnostic(
            file: mapping.file, position: mapping.marks.name.position, code: .noTests,
            pointer: mapping.marks.name.pointer,
            message: "\"\(mapping.name)\" has no tests",
            hint: "write them into \(MappingFolder.testsName(of: mapping.file)), or begin with `trigger-bridge init`")
    }

    private func branches(_ mapping: Mapping, reached: Set<PlaceID>) -> [MappingTestReport.Branch] {
        mapping.branches.map { .init(pointer: mapping.places[$0.place], isReached: reached.contains($0.place)) }
    }

    private func unreached(_ mapping: Mapping, _ reached: Set<PlaceID>) -> [Diagnostic] {
        mapping.branches.filter { !reached.contains($0.place) }.map { branch in
            Diagnostic(
                file: mapping.file, position: branch.position, code: .unreachedBranch,
                pointer: mapping.places[branch.place], message: "no test reaches this",
                hint: "add a test whose event comes here")
        }
    }
}

import Functions
import JSON

/// One test beside a mapping, as the file gives it.
struct MappingTest {
    let name: String
    let place: Place
    let event: Place
    let now: Instant?
    let edits: [NamedPlace]
    let expectation: Expectation

    /// What must come out.
    struct Expectation {
        enum Outcome: String {
            case launch
            case skip
            case park
            case noMatch = "no_match"
        }

        let outcome: Outcome
        let reason: String?
        let pointer: String?
        let request: JSONNode?
        let partOfRequest: JSONNode?
    }

    /// What is wrong where a test was not run; one that fails was run, and a doubt hides nothing.
    static let obstacles = Set(DiagnosticCode.allCases.filter { $0.severity == .error }).subtracting([.failingTest])

    /// Reads the file; faulty tests are reported and left out.
    static func read(_ file: SourceFile, _ findings: Findings) -> [MappingTest] {
        guard let document = MappingText.read(file, findings) else { return [] }
        let root = Place(root: document.root)
        guard ShapeChecker(findings: findings).check(root, .object(Specification.tests)) else { return [] }
        let tests = root.member("tests")?.elements.compactMap { read($0, findings) } ?? []
        var names = Set<JSONName>()
        for test in tests where !names.insert(JSONName(test.name)).inserted {
            findings.add(
                .repeatedTest, at: test.place, "another test is called \"\(test.name)\" too",
                hint: "give each its own name: a report tells which fails by its name")
        }
        return tests
    }

    private static func read(_ place: Place, _ findings: Findings) -> MappingTest? {
        guard let name = place.member("name")?.text, let event = place.member("event"), event.text != nil,
            let expect = place.member("expect"),
            let outcome = expect.member("outcome")?.text.flatMap(Expectation.Outcome.init)
        else { return nil }
        refuseStops(expect, outcome, findings)
        if let part = expect.member("request_contains"), part.node.kind == .object, part.node.count == 0 {
            findings.add(
                .emptyComparison, at: part, "\"request_contains\" names nothing, so nothing is compared",
                hint: "name what the launch must have: {\"content\": {\"order\": \"1042\"}}; or take it out")
        }
        let now = place.member("now")
        let instant = now?.text.flatMap(Instant.init(rfc3339:))
        if let now, now.node.kind == .string, instant == nil {
            findings.add(
                .wrongShape, at: now, "this is no time of RFC 3339", hint: "for example \"2026-03-01T09:06:00Z\"")
        }
        let expectation = Expectation(
            outcome: outcome, reason: expect.member("reason")?.text, pointer: expect.member("at")?.text,
            request: expect.member("request")?.node, partOfRequest: expect.member("request_contains")?.node)
        return MappingTest(
            name: name, place: place.member("name") ?? place, event: event, now: instant,
            edits: place.member("set")?.members ?? [], expectation: expectation)
    }

    /// Only what stops has a reason and a place; beside another outcome they would be expected in vain.
    private static func refuseStops(_ expect: Place, _ outcome: Expectation.Outcome, _ findings: Findings) {
        guard outcome == .launch || outcome == .noMatch else { return }
        for member in expect.members where ["reason", "at"].contains(member.name) {
            findings.add(
                .foreignCompanion, name: member,
                "\"\(member.name)\" does not belong to the outcome \"\(outcome.rawValue)\"",
                hint: "take it out, or expect \"skip\" or \"park\"")
        }
    }
}

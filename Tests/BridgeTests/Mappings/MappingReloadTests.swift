import JSON
import Mapping
import Telemetry
import Testing

@testable import Bridge

/// What is decided about a set of files, case by case; nothing here reads a folder.
@Suite("Deciding a reload", .timeLimit(.minutes(1)))
struct MappingReloadTests {
    private typealias Fixture = MappingFixture

    private static let before = [("a.json", Fixture.text("A")), ("b.json", Fixture.text("B", keys: ["order.sent"]))]

    /// One change and what is live after it.
    struct Case: Sendable, CustomTestStringConvertible {
        let title: String
        let files: [(String, String)]
        let live: [String: String]
        var refused: [String: String] = [:]
        var testDescription: String { title }
    }

    static let cases = [
        Case(title: "nothing changes", files: before, live: ["a.json": "campaign 7", "b.json": "campaign 7"]),
        Case(
            title: "a new version goes live, alone", files: [("a.json", Fixture.text("A", campaign: 8)), before[1]],
            live: ["a.json": "campaign 8", "b.json": "campaign 7"]),
        Case(
            title: "a new file joins", files: before + [("c.json", Fixture.text("C", campaign: 9))],
            live: ["a.json": "campaign 7", "b.json": "campaign 7", "c.json": "campaign 9"]),
        Case(title: "a file that is gone leaves", files: [before[1]], live: ["b.json": "campaign 7"]),
        Case(
            title: "a file with an error keeps its last good version, and the others go live",
            files: [("a.json", "{"), ("b.json", Fixture.text("B", campaign: 8))],
            live: ["a.json": "campaign 7", "b.json": "campaign 8"], refused: ["a.json": "E101"]),
        Case(
            title: "a new file with an error has nothing to keep", files: before + [("c.json", "[]")],
            live: ["a.json": "campaign 7", "b.json": "campaign 7"], refused: ["c.json": "E105"]),
        Case(
            title: "a new file may not have the name of a live mapping, wherever it stands in the order",
            files: before + [("0.json", Fixture.text("A", campaign: 9))],
            live: ["a.json": "campaign 7", "b.json": "campaign 7"], refused: ["0.json": "E230"]),
        Case(
            title: "a file that takes another's name keeps its own version",
            files: [before[0], ("b.json", Fixture.text("A", campaign: 8))],
            live: ["a.json": "campaign 7", "b.json": "campaign 7"], refused: ["b.json": "E230"]),
        Case(
            title: "two files may swap their names",
            files: [("a.json", Fixture.text("B", campaign: 8)), ("b.json", Fixture.text("A", campaign: 9))],
            live: ["a.json": "campaign 8", "b.json": "campaign 9"]),
        Case(
            title: "a renamed file keeps its mapping", files: [("z.json", before[0].1), before[1]],
            live: ["z.json": "campaign 7", "b.json": "campaign 7"]),
        Case(
            title: "of two new files with one name the first goes live",
            files: before + [("c.json", Fixture.text("C", campaign: 1)), ("d.json", Fixture.text("C", campaign: 2))],
            live: ["a.json": "campaign 7", "b.json": "campaign 7", "c.json": "campaign 1"], refused: ["d.json": "E230"]),
        Case(
            title: "who falls back takes his name back from a newcomer",
            files: [
                ("a.json", Fixture.text("B", campaign: 8)), before[1], ("c.json", Fixture.text("A", campaign: 9)),
            ],
            live: ["a.json": "campaign 7", "b.json": "campaign 7"], refused: ["a.json": "E230", "c.json": "E230"]),
        Case(
            title: "the name of a mapping with an error is still its own",
            files: [("a.json", "{"), before[1], ("c.json", Fixture.text("A", campaign: 9))],
            live: ["a.json": "campaign 7", "b.json": "campaign 7"], refused: ["a.json": "E101", "c.json": "E230"]),
        Case(
            title: "the whole folder is wrong, and all goes on", files: [("a.json", "x"), ("b.json", "y")],
            live: ["a.json": "campaign 7", "b.json": "campaign 7"], refused: ["a.json": "E101", "b.json": "E101"]),
    ]

    @Test("each change puts into force what it should", arguments: cases)
    func changes(_ example: Case) {
        let previous = Fixture.state(Self.before)
        let decision = MappingReload.decide(
            previous: previous, files: example.files.map { Fixture.check($0.0, $0.1) })
        #expect(decision.next.campaigns == example.live)
        #expect(decision.next.refused.mapValues { String($0.reason.prefix(4)) } == example.refused)
        #expect(decision.isChanged == (decision.next.live.mapValues(\.file) != previous.live.mapValues(\.file)))
        #expect(decision.observations.count == example.refused.count)
    }

    @Test("a refusal names the place, how much more there is, and what stays live")
    func names() throws {
        let previous = Fixture.state(Self.before)
        let broken = #"{"name":"A","when":{},"launch":{"campaign":0},"nonsense":1}"#
        let decision = MappingReload.decide(
            previous: previous, files: [Fixture.check("a.json", broken), Fixture.check("n.json", "{")])
        let version = try #require(previous.live["a.json"]?.mapping.version)
        guard case .mappingRefused(let file, let line?, let column?, let reason) = decision.observations[0] else {
            Issue.record("\(decision.observations)")
            return
        }
        #expect(file == "a.json" && line == 1 && column >= 1)
        #expect(reason.contains("more; `trigger-bridge check` prints all"))
        #expect(reason.hasSuffix("its last good version \(version) stays live"))
        guard case .mappingRefused("n.json", _, _, let other) = decision.observations[1] else {
            Issue.record("\(decision.observations)")
            return
        }
        #expect(other.hasSuffix("nothing of it is live"))
    }

    @Test("a duplicate name is told at the name, with the file that has it")
    func duplicatePlace() throws {
        let decision = MappingReload.decide(
            previous: Fixture.state(Self.before),
            files: Self.before.map { Fixture.check($0.0, $0.1) } + [Fixture.check("c.json", Fixture.text("A"))])
        let refusal = try #require(decision.next.refused["c.json"])
        #expect(refusal.line == 1 && refusal.column == 9)
        #expect(refusal.reason == "E230: a.json has the name \"A\" already")
    }

    @Test("a refusal is told once, again when its content or fault changes, and its end is told")
    func tellsOnce() {
        var state = Fixture.state(Self.before)
        func observations(_ text: String) -> [String] {
            let decision = MappingReload.decide(
                previous: state, files: [Fixture.check("a.json", text), Fixture.check("b.json", Self.before[1].1)])
            state = decision.next
            return decision.observations.map(\.message)
        }
        #expect(observations("{") == ["mapping refused"])
        #expect(observations("{") == [])
        #expect(observations("{ ") == ["mapping refused"])
        #expect(observations("[") == ["mapping refused"])
        #expect(observations("[") == [])
        #expect(observations(Fixture.text("A", campaign: 8)) == ["mapping mended"])
        #expect(observations(Fixture.text("A", campaign: 8)) == [])
        #expect(observations("{") == ["mapping refused"])
        #expect(state.campaigns["a.json"] == "campaign 8", "the last good version is the latest")
        let gone = MappingReload.decide(previous: state, files: [Fixture.check("b.json", Self.before[1].1)])
        #expect(gone.observations == [.mappingMended(file: "a.json", isGone: true)])
    }

    @Test("a fault that goes from the tests to the mapping moves with it")
    func faultMoves() {
        let good = Fixture.check("a.json", Fixture.text("A"))
        let failing = Diagnostic(
            file: "a.tests.json", position: .init(offset: 0, line: 2, column: 3), code: .failingTest,
            pointer: .init(), message: "the test \"x\" fails")
        let untested = MappingCheck(file: good.file, mapping: good.mapping, diagnostics: [failing])
        let first = MappingReload.decide(previous: Fixture.state(Self.before), files: [untested])
        #expect(first.next.campaigns == ["a.json": "campaign 7"])
        guard case .mappingRefused("a.tests.json", 2, 3, _) = first.observations[0] else {
            Issue.record("\(first.observations)")
            return
        }
        let second = MappingReload.decide(previous: first.next, files: [Fixture.check("a.json", "{")])
        #expect(second.observations.first == .mappingMended(file: "a.tests.json"))
        #expect(second.observations.count == 2)
    }
}

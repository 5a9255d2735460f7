import JSON
import Synchronization
import Testing

@testable import EventPattern

/// `when` as a whole, and its index in the hands of several threads.
@Suite(.timeLimit(.minutes(1)))
struct EventConditionTests {
    @Test func anAbsentOrEmptyWhenWantsEverything() throws {
        for node in [nil, try json("{}")] {
            let (condition, diagnostics) = EventCondition.compile(when: node)
            #expect(diagnostics.isEmpty)
            let wants: EventCondition = try #require(condition)
            #expect(wants.matches(EventView(body: nil)))
            #expect(wants.matches(EventView(exchange: "x", routingKey: "a.b", body: try json("[1]"))))
            #expect(wants.paths.isEmpty)
        }
    }

    @Test func partsAreKeptAsWritten() throws {
        let text = ##"""
            {
              "exchange": ["shop", "crm"],
              "routing_key": ["a.*", "b.#"],
              "headers": {"h": [1]},
              "properties": {"p": [1]},
              "body": {"b": [1]}
            }
            """##
        let condition = try #require(EventCondition.compile(when: try json(text)).condition)
        #expect(condition.exchanges?.names == ["shop", "crm"])
        #expect(condition.routingKeys?.map(\.text) == ["a.*", "b.#"])
        #expect(condition.headers?.node.text() == #"{"h":[1]}"#)
        #expect(condition.properties?.node.text() == #"{"p":[1]}"#)
        #expect(condition.body?.node.text() == #"{"b":[1]}"#)
        for part in EventPart.allCases { #expect(condition.pattern(part) != nil) }
    }

    @Test func faultsOfAllPartsComeTogether() throws {
        let text = ##"""
            {
              "exchange": "shop",
              "routing_key": ["a*", "b.#c"],
              "headers": {"h": 1},
              "properties": {"p": [{"exist": true}]},
              "body": {"b": []}
            }
            """##
        let (condition, diagnostics) = EventCondition.compile(when: try json(text))
        #expect(condition == nil)
        #expect(diagnostics.map(\.code.rawValue) == ["E130", "E190", "E190", "E130", "E131", "E130"])
        #expect(
            diagnostics.map(\.pointer.description) == [
                "/exchange", "/routing_key/0", "/routing_key/1", "/headers/h", "/properties/p/0/exist", "/body/b",
            ])
        #expect(diagnostics.allSatisfy { $0.severity == .error })
    }

    @Test func warningsAndNotesDoNotRefuse() throws {
        let text = ##"""
            {
              "routing_key": ["a.b", "a.*", "a.*"],
              "body": {"b": [{"anything-but": "x"}], "c": [{"exists": true}, {"exists": false}]}
            }
            """##
        let (condition, diagnostics) = EventCondition.compile(when: try json(text))
        #expect(condition != nil)
        #expect(diagnostics.map(\.code.rawValue) == ["W192", "W191", "N139", "W136"])
        #expect(diagnostics.map(\.severity) == [.warning, .warning, .note, .warning])
        #expect(diagnostics[0].description.hasPrefix("2:19: warning W192: every key of \"a.b\" is one of \"a.*\" too"))
    }

    @Test(arguments: PatternDiagnostic.Code.allCases)
    func codesTellTheirSeverity(code: PatternDiagnostic.Code) throws {
        let node = try json("[]")
        let severity = PatternDiagnostic(code: code, node: node, offset: 0, message: "m", hint: nil).severity
        let expected: [Character: PatternDiagnostic.Severity] = ["E": .error, "W": .warning, "N": .note]
        #expect(severity == expected[code.rawValue.first ?? " "])
    }

    @Test func longListsOfKeysAreNotComparedForEver() throws {
        let keys = (0..<3_000).map { "\"a.*.k\($0)\"" }.joined(separator: ", ")
        let (condition, diagnostics) = EventCondition.compile(when: try json("{\"routing_key\": [\(keys)]}"))
        #expect(condition?.routingKeys?.count == 3_000 && diagnostics.isEmpty)
    }

    private final class Live: Sendable {
        let index: Mutex<EventIndex>

        init(_ index: EventIndex) {
            self.index = Mutex(index)
        }
    }

    /// One index is asked by several tasks while another takes its place: both are values, and only the swap is locked.
    @Test func anIndexIsSharedAndSwapped() async throws {
        func index(_ base: Int) throws -> EventIndex {
            EventIndex(
                try (0..<200).map { id in
                    let when = "{\"routing_key\": [\"order.#\"], \"body\": {\"store\": [\"s\(id)\"]}}"
                    return (base + id, try #require(EventCondition.compile(when: try json(when)).condition))
                })
        }
        let live = Live(try index(0))
        let next = try index(1_000)
        let body = try json(#"{"store": ["s5", "s7"]}"#)
        let answers = await withTaskGroup(of: Set<[Int]>.self) { group in
            for task in 0..<4 {
                group.addTask {
                    var seen: Set<[Int]> = []
                    for round in 0..<500 {
                        if task == 0, round == 250 { live.index.withLock { $0 = next } }
                        let index = live.index.withLock { $0 }
                        seen.insert(index.match(EventView(exchange: "x", routingKey: "order.paid", body: body)))
                    }
                    return seen
                }
            }
            return await group.reduce(into: Set()) { $0.formUnion($1) }
        }
        #expect(answers.isSubset(of: [[5, 7], [1_005, 1_007]]))
        #expect(answers.contains([1_005, 1_007]))
    }
}

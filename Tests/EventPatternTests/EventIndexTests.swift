import JSON
import TestSupport
import Testing

@testable import EventPattern

/// The index proposes what could match and little else, whatever the shape of the mappings (section 7).
@Suite(.timeLimit(.minutes(2)))
struct EventIndexTests {
    private func condition(_ when: String) throws -> EventCondition {
        try #require(EventCondition.compile(when: try json(when)).condition)
    }

    private func event(_ body: String, key: String = "order.web.paid") throws -> EventView {
        EventView(exchange: "shop", routingKey: key, body: try json(body))
    }

    @Test func selectiveEqualityProposesOne() throws {
        let index = EventIndex(
            try (0..<5_000).map { id in
                (id, try condition(#"{"routing_key": ["order.*.paid"], "body": {"store": ["s\#(id)"]}}"#))
            })
        #expect(index.candidates(try event(#"{"store": "s77"}"#)) == [77])
        #expect(index.candidates(try event(#"{"store": ["s1", "s4999", "none"]}"#)) == [1, 4_999])
        #expect(index.candidates(try event(#"{"store": "none"}"#)).isEmpty)
        #expect(index.match(try event(#"{"store": "s77"}"#, key: "order.paid")).isEmpty)
        #expect(index.residual.isEmpty && index.always.count == 0)
    }

    @Test func twoValuedEarlyFieldsHaveNoCliff() throws {
        let index = EventIndex(
            try (0..<5_000).map { id in
                let type = id.isMultiple(of: 2) ? "web" : "pos"
                return (id, try condition(#"{"body": {"a_type": ["\#(type)"], "paid": [true], "store": [\#(id)]}}"#))
            })
        let found = try event(#"{"a_type": "web", "paid": true, "store": 1024}"#)
        #expect(index.candidates(found) == [1_024] && index.match(found) == [1_024])
        #expect(index.candidates(try event(#"{"a_type": "web", "paid": true, "store": -1}"#)).isEmpty)
    }

    @Test func routingKeysAreAnAccessPredicateToo() throws {
        let index = EventIndex(
            try (0..<2_000).map { id in
                (
                    id,
                    try condition(
                        #"{"exchange": ["shop"], "routing_key": ["store.\#(id).#", "k.\#(id)"], "body": {"type": ["paid"]}}"#
                    )
                )
            })
        #expect(index.candidates(try event(#"{"type": "paid"}"#, key: "store.7.order")) == [7])
        #expect(index.candidates(try event(#"{"type": "paid"}"#, key: "k.1999")) == [1_999])
        #expect(index.candidates(try event(#"{"type": "paid"}"#, key: "store.x")).isEmpty)
        #expect(index.candidates(EventView(exchange: "crm", routingKey: "k.1", body: nil)).isEmpty)
    }

    @Test(arguments: [
        (#"[{"prefix": "s#-"}]"#, #""s12-x""#, 12), (#"[{"suffix": "-s#"}]"#, #""x-s12""#, 12),
        (#"[{"wildcard": "s#-*z"}]"#, #""s12-xz""#, 12), (#"[{"wildcard": "*-s#"}]"#, #""x-s12""#, 12),
        (#"[{"equals-ignore-case": "Ж#"}]"#, #""ж12""#, 12), (#"[{"numeric": [">=", #, "<", #.5]}]"#, "12.25", 12),
        (#"[{"numeric": ["=", #], "text": true}]"#, #""12.0""#, 12), (#"["s#", {"prefix": "t#-"}]"#, #""t12-""#, 12),
        ("[#]", "12.00", 12),
    ])
    func otherPredicatesProposeOne(list: String, value: String, id: Int) throws {
        let index = EventIndex(
            try (0..<500).map { id in
                (id, try condition("{\"body\": {\"f\": \(list.replacing("#", with: "\(id)"))}}"))
            })
        #expect(index.candidates(try event("{\"f\": \(value)}")) == [id])
        #expect(index.match(try event("{\"f\": \(value)}")) == [id])
        #expect(index.candidates(try event("{\"f\": null, \"g\": \(value)}")).isEmpty)
        #expect(index.residual.isEmpty)
    }

    @Test func whatNoPredicateFindsIsNamed() throws {
        let lists = [
            #"[{"anything-but": "x"}]"#, #"[{"exists": false}, "x"]"#, #"[{"cidr": "10.0.0.0/8"}]"#,
            #"[{"wildcard": "*x*"}]"#,
            #"["a", {"anything-but": 1}]"#, #"[{"prefix": {"equals-ignore-case": "x"}}]"#,
        ]
        var conditions = try lists.enumerated().map { id, list in
            (id: id, condition: try condition("{\"body\": {\"f\": \(list)}}"))
        }
        conditions.append((100, try condition(#"{"body": {"f": [{"anything-but": "x"}], "g": [1]}}"#)))
        conditions.append((101, try condition("{}")))
        conditions.append((102, try condition(##"{"routing_key": ["#"]}"##)))
        conditions.append((103, try condition(#"{"body": {"$or": [{"a": [1]}, {"f": [{"exists": false}]}]}}"#)))
        conditions.append((104, try condition(#"{"routing_key": ["a.b"], "body": {"f": [{"exists": false}]}}"#)))
        let index = EventIndex(conditions)
        #expect(index.residual == Array(lists.indices) + [103, 104])
        #expect(index.always.count == lists.count + 3)
        #expect(index.candidates(try event("{}", key: "a.b")).contains(104))
        #expect(!index.candidates(try event("{}", key: "a.c")).contains(104))
    }

    @Test func severalConditionsUnderOneIdAreAlternatives() throws {
        let index = EventIndex([
            (5, try condition(#"{"body": {"a": [1]}}"#)), (5, try condition(#"{"body": {"b": [1]}}"#)),
            (3, try condition(#"{"body": {"b": [1]}}"#)),
        ])
        #expect(index.match(try event(#"{"a": 1, "b": 1}"#)) == [3, 5])
        #expect(index.match(try event(#"{"a": 1}"#)) == [5])
    }

    @Test func manyPathsAreLookedUpByTheMembersOfTheEvent() throws {
        let index = EventIndex(
            try (0..<300).map { id in (id, try condition("{\"body\": {\"o\": {\"m\(id)\": [1]}}}")) })
        #expect(index.candidates(try event(#"{"o": [{"m5": 1, "m6": 2}, {"x": 1, "m299": 1}]}"#)) == [5, 299])
    }

    @Test func anIndexOfNothingFindsNothing() throws {
        #expect(EventIndex([]).match(try event("{}")).isEmpty)
    }

    @Test func rangesAreFoundWhereverTheyOverlap() throws {
        var random = Seeded(77)
        let ranges = (0..<300).map { _ in
            let low = random.below(100)
            return (low, low + random.below(40), random.below(4))
        }
        let index = EventIndex(
            try ranges.enumerated().map { id, range in
                let (low, high, shape) = range
                let list = [
                    "[\">=\", \(low), \"<=\", \(high)]", "[\">\", \(low)]", "[\"<\", \(high)]", "[\"=\", \(low)]",
                ][shape]
                return (id, try condition("{\"body\": {\"n\": [{\"numeric\": \(list)}]}}"))
            })
        for number in stride(from: -5, to: 150, by: 1) {
            for text in ["\(number)", "\(number).5"] {
                let view = try event("{\"n\": \(text)}")
                #expect(index.match(view) == index.matchWithoutIndex(view))
                #expect(
                    index.candidates(view).count <= index.match(view).count + 10, "only bounds are taken too widely")
            }
        }
    }
}

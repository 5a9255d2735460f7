import JSON
import Mapping
import Testing

/// What test events tell about paths and conditions inside of loops, where `@` is an element.
@Suite(.timeLimit(.minutes(1)))
struct LoopRemarkTests {
    private static let event = #"""
        {"body": {"s": "x", "o": {"p": 1}, "total": "12.50", "empty": [],
          "items": [{"sku": "A", "price": "5", "size": {"w": 1}, "tags": [{"t": 1}]}, {"sku": "B", "n": 2}]}}
        """#

    /// The codes of what the tests' events tell, each with its pointer.
    private func remarks(_ keys: String) throws -> [String] {
        let (mapping, diagnostics) = Sample.compile(Sample.mapping(keys))
        let tester = MappingTester { SourceFile(name: $0, text: Self.event) }
        let test = #"{"tests": [{"name": "t", "event": "e.json", "expect": {"outcome": "launch"}}]}"#
        let file = SourceFile(name: "a.tests.json", text: test)
        let report = tester.run(try #require(mapping, "\(diagnostics)"), tests: file)
        let codes = ["W126", "W137", "W138", "W221", "W222"]
        return report.diagnostics.filter { codes.contains($0.code.rawValue) }
            .map { "\($0.code.rawValue) \($0.pointer)" }
    }

    @Test func `The list's own name is no part of an element's path`() throws {
        let keys = #""content": {"x": {"$each": "$.items[*]", "item": {"$path": "$.items.sku", "optional": true}}}"#
        let (mapping, _) = Sample.compile(Sample.mapping(keys))
        let test = #"{"tests": [{"name": "t", "event": "e.json", "expect": {"outcome": "launch"}}]}"#
        let report = MappingTester { SourceFile(name: $0, text: Self.event) }
            .run(try #require(mapping), tests: SourceFile(name: "a.tests.json", text: test))
        let found = report.diagnostics.first { $0.code == .pathNeverPresent }
        #expect(found?.hint?.hasPrefix(#"an element's own value is "@.sku""#) == true)
    }

    @Test(arguments: [
        // Outside of loops `@` is the event.
        (#""content": {"x": {"$if": {"o": [{"exists": true}]}, "then": 1}}"#, ["W137 /content/x/$if/o"]),
        (#""content": {"x": {"$if": {"o": {"p": [{"exists": true}]}}, "then": 1}}"#, []),
        (#""content": {"x": {"$if": {"total": [{"numeric": [">", 0]}]}, "then": 1}}"#, ["W138 /content/x/$if/total"]),
        (#""content": {"x": {"$if": {"total": [{"numeric": [">", 0], "text": true}]}, "then": 1}}"#, []),
        // Inside it is an element.
        (
            #""content": {"x": {"$each": "$.items[*]", "where": {"price": [{"numeric": [">", 0]}]}, "item": "@.sku"}}"#,
            ["W138 /content/x/where/price"]
        ),
        (
            #""content": {"x": {"$each": "$.items[*]", "where": {"n": [{"numeric": [">", 0]}]}, "item": "@.sku"}}"#, []
        ),
        (
            #""content": {"x": {"$each": "$.items[*]", "item": {"$if": {"size": [{"exists": true}]}, "then": "@.sku"}}}"#,
            ["W137 /content/x/item/$if/size"]
        ),
        (
            #""content": {"x": {"$each": "$.items[*]", "item": {"$path": "@.colour", "optional": true}}}"#,
            ["W221 /content/x/item/$path"]
        ),
        (#""content": {"x": {"$each": "$.items[*]", "item": {"$path": "@.price", "optional": true}}}"#, []),
        (
            #""content": {"x": {"$each": "$.items[*]", "item": {"$each": "@.tags[*]", "item": ["@.t", {"$path": "@.u", "optional": true}]}}}"#,
            ["W221 /content/x/item/item/1/$path"]
        ),
        (
            #""for_each": {"path": "$.items[*]", "where": {"price": [{"numeric": [">", 0]}, {"exists": false}]}}"#,
            ["W138 /for_each/where/price"]
        ),
        (
            #""for_each": {"path": "$.items[*]", "unique_by": "@.sku"}, "content": {"x": {"$path": "@.weight", "default": 1}}"#,
            ["W221 /content/x/$path"]
        ),
        // Members that no element has.
        (
            #""content": {"x": {"$each": "$.items[*]", "where": {"quantity": [1]}, "item": "@.sku"}}"#,
            ["W222 /content/x/where/quantity"]
        ),
        (#""for_each": {"path": "$.items[*]", "where": {"size": {"h": [1]}}}"#, ["W222 /for_each/where/size/h"]),
        (#""for_each": {"path": "$.items[*]", "where": {"h": [1, {"exists": false}]}}"#, []),
        (#""content": {"x": {"$if": {"staus": ["a"]}, "then": 1}}"#, ["W222 /content/x/$if/staus"]),
        (#""content": {"x": {"$each": "$.empty[*]", "where": {"a": [1]}, "item": 1}}"#, ["W221 /content/x/$each"]),
        // Texts that would be paths with a dollar.
        (
            #""content": {"x": "o.p", "y": ["items[0].sku", "items[*].sku"]}"#,
            ["W126 /content/x", "W126 /content/y/0", "W126 /content/y/1"]
        ),
        (#""content": {"x": {"$each": "$.items[*]", "item": "size.w"}}"#, ["W126 /content/x/item"]),
        (#""content": {"x": "size.w", "y": "shop.example", "z": "s", "w": {"$literal": "o.p"}}"#, []),
        (#""content": {"x": {"$path": "$.s", "pipe": [{"replace": {"find": "o.p", "with": "x"}}]}}"#, []),
        // A variable that an inner loop asks for is outside of it.
        (
            #""let": {"v": {"$path": "@.sku", "default": 1}}, "for_each": {"path": "$.items[*]"}, "content": {"x": {"$each": "@.tags[*]", "item": {"$var": "v"}}}"#,
            []
        ),
        // Of elements that no event has nothing is known; that the list is not there is told by itself.
        (
            #""content": {"x": {"$each": "$.empty[*]", "item": {"$path": "@.a", "optional": true}}}"#,
            ["W221 /content/x/$each"]
        ),
    ])
    func areMade(keys: String, expected: [String]) throws {
        #expect(try remarks(keys) == expected)
    }
}

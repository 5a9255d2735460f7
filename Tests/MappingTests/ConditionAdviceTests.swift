import JSON
import Mapping
import Testing

/// What a failing test says to write, where one condition keeps its event away and nearly accepts it.
@Suite(.timeLimit(.minutes(1)))
struct ConditionAdviceTests {
    private static let event = #"""
        {"amqp": {"exchange": "Shop", "routing_key": "order.Paid", "headers": {"h": "1"}},
         "body": {"id": 55012, "vip": true, "none": null, "status": "paid", "name": " Anna", "total": "1500.00",
           "sum": 1500, "lines": [{"qty": 1}, {"qty": 2}]}}
        """#

    private func advice(_ when: String, expecting outcome: String = "launch") throws -> String? {
        let (mapping, diagnostics) = Sample.compile(Sample.mapping(#""when": \#(when)"#))
        let tester = MappingTester { SourceFile(name: $0, text: Self.event) }
        let tests = #"{"tests": [{"name": "t", "event": "e.json", "expect": {"outcome": "\#(outcome)"}}]}"#
        let report = tester.run(
            try #require(mapping, "\(diagnostics)"), tests: SourceFile(name: "a.tests.json", text: tests))
        let hint = report.diagnostics.first { $0.code == .failingTest }?.hint
        let advice = report.results.first?.advice
        #expect(report.isPassed || hint == (advice ?? "mend the mapping, or what the test expects"))
        return advice
    }

    @Test(arguments: [
        (#"{"id": ["55012"]}"#, "it is no text in the event: write 55012 without quotes"),
        (#"{"id": ["1", "55012"]}"#, "it is no text in the event: write 55012 without quotes"),
        (#"{"vip": ["true"]}"#, "it is no text in the event: write true without quotes"),
        (#"{"none": ["null"]}"#, "it is no text in the event: write null without quotes"),
        (#"{"total": [1500.00]}"#, #"it is a text in the event: write "1500.00" with quotes"#),
        (#"{"status": ["pa*"]}"#, #"a star counts in a wildcard only: write {"wildcard": "pa*"}"#),
        (#"{"sum": [">= 1000"]}"#, #"a comparison is an operator: write {"numeric": [">=", 1000]}"#),
        (#"{"total": ["> 1000"]}"#, #"a comparison is an operator: write {"numeric": [">", 1000], "text": true}"#),
        (#"{"status": ["paid "]}"#, #"spaces at the ends count: write "paid""#),
        (#"{"name": ["Anna"]}"#, #"spaces at the ends count: write " Anna""#),
        (#"{"status": ["Paid"]}"#, #"capital and small letters differ: write {"equals-ignore-case": "Paid"}"#),
        (#"{"lines": {"qty": ["2"]}}"#, "it is no text in the event: write 2 without quotes"),
    ])
    func isTried(body: String, expected: String) throws {
        #expect(try advice(#"{"body": \#(body)}"#) == expected)
    }

    @Test(arguments: [
        (#"{"routing_key": [" order.Paid"]}"#, #"spaces at the ends count: write "order.Paid""#),
        (#"{"routing_key": ["order.paid"]}"#, #"capital and small letters differ: write "order.Paid""#),
        (#"{"routing_key": ["*.Paid "]}"#, #"spaces at the ends count: write "*.Paid""#),
        (#"{"exchange": ["Shop "]}"#, #"spaces at the ends count: write "Shop""#),
        (#"{"exchange": ["shop"]}"#, #"capital and small letters differ: write "Shop""#),
        (#"{"headers": {"h": [1]}}"#, #"it is a text in the event: write "1" with quotes"#),
    ])
    func speaksOfEveryPart(when: String, expected: String) throws {
        #expect(try advice(when) == expected)
    }

    @Test(arguments: [
        // What would not help, what nobody can know, and more than one condition.
        #"{"body": {"id": ["55013"]}}"#, #"{"body": {"status": ["re*"]}}"#, #"{"body": {"sum": ["> 2000"]}}"#,
        #"{"body": {"status": ["new"]}}"#, #"{"body": {"city": ["1"]}}"#, #"{"routing_key": ["order.*.paid"]}"#,
        #"{"body": {"id": ["55012"], "status": ["new"]}}"#, #"{"body": {"vip": [{"exists": false}]}}"#,
    ])
    func isSilentWhereNothingIsCertain(when: String) throws {
        #expect(try advice(when) == nil)
    }

    @Test func isForTestsThatWantTheEvent() throws {
        #expect(try advice(#"{"body": {"id": [55012]}}"#, expecting: "no_match") == nil)
        #expect(try advice(#"{"body": {"id": ["55012"]}}"#, expecting: "no_match") == nil)
        #expect(try advice(#"{"body": {"id": ["55012"]}}"#, expecting: "park") != nil)
    }
}

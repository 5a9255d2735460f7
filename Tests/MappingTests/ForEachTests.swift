import Altcraft
import Functions
import JSON
import Mapping
import Outcome
import Testing

/// One launch for each element.
@Suite(.timeLimit(.minutes(1)))
struct ForEachTests {
    private static let body = #"""
        {"sku": "S", "subscribers": [{"id": "a", "lang": "ru"}, {"id": "b", "lang": "en"}, {"id": "a", "lang": "ru"},
          {"id": null, "lang": "ru"}, {"id": "c"}]}
        """#

    private func mapping(_ forEach: String, _ keys: String = "") -> String {
        Sample.mapping(
            #""for_each": \#(forEach), \#(keys) "content": {"sku": "$.sku", "n": {"$meta": "/index"}}"#,
            recipient: #"[{"matching": "custom", "field_name": "loyalty", "field_value": "@.id"}]"#)
    }

    /// Each outcome in one word: the recipient's value, or the reason.
    private func outcomes(_ plan: EventPlan) -> [String] {
        plan.mappings.flatMap(\.outcomes).map { outcome in
            switch outcome {
            case .launch(let launch): "\(launch.element.name)=\(launch.launch.content?.text() ?? "")"
            case .stop(let stop): "\(stop.element?.name ?? "all")!\(stop.reason.rawValue)"
            }
        }
    }

    @Test(arguments: [
        (
            #"{"path": "$.subscribers[*]"}"#,
            [
                #"$['subscribers'][0]={"sku":"S","n":0}"#, #"$['subscribers'][1]={"sku":"S","n":1}"#,
                #"$['subscribers'][2]={"sku":"S","n":2}"#, "$['subscribers'][3]!no_recipient",
                #"$['subscribers'][4]={"sku":"S","n":4}"#,
            ]
        ),
        (
            #"{"path": "$.subscribers[*]", "unique_by": "@.id"}"#,
            [
                #"a={"sku":"S","n":0}"#, #"b={"sku":"S","n":1}"#, "a!duplicate", "$['subscribers'][3]!missing",
                #"c={"sku":"S","n":4}"#,
            ]
        ),
        (
            #"{"path": "$.subscribers[*]", "where": {"lang": ["ru"]}, "unique_by": "@.id"}"#,
            [#"a={"sku":"S","n":0}"#, "a!duplicate", "$['subscribers'][3]!missing"]
        ),
        (#"{"path": "$.subscribers[*]", "limit": 4}"#, ["all!limit"]),
        (#"{"path": "$.nobody[*]"}"#, ["all!unmatched"]),
    ])
    func elements(forEach: String, expected: [String]) throws {
        #expect(outcomes(try Sample.plan(mapping(forEach), body: Self.body)) == expected)
    }

    @Test func theBridgeBoundsTheElements() throws {
        let plan = try Sample.plan(
            mapping(#"{"path": "$.subscribers[*]"}"#), body: Self.body, limits: EvaluationLimits(elements: 4))
        #expect(outcomes(plan) == ["all!limit"])
        #expect(plan.stops.first?.launchClass == .unmappable)
    }

    @Test func onlyWhatIsStillOwedIsEvaluated() throws {
        let set = MappingSet([try #require(Sample.compile(mapping(#"{"path": "$.subscribers[*]"}"#)).mapping)])
        let file = EventFile.read(SourceFile(name: "e", text: Self.body)).0
        let event = try #require(file).event(now: .init(seconds: 0))
        let plan = try #require(set.evaluate(event, mapping: "sample", elements: ElementRanges([1..<2, 4..<9])))
        #expect(plan.elementCount == 5)
        #expect(plan.launches.map(\.element.number) == [1, 4])
        #expect(set.evaluate(event, mapping: "gone") == nil)
    }

    @Test func variablesThatReadTheElementAreWorkedOutForEach() throws {
        let text = Sample.mapping(
            #""for_each": {"path": "$.a[*]"}, "let": {"v": "@.v", "w": {"$template": "{{v}}-{{$.b}}"}},"#
                + #""content": {"x": {"$var": "w"}, "y": {"$each": "@.l[*]", "item": {"$template": "{{w}}/{{@}}"}}}"#)
        let body = #"{"b": 0, "a": [{"v": 1, "l": [5, 6]}, {"v": 2, "l": [7]}]}"#
        let contents = try Sample.plan(text, body: body).launches.compactMap { $0.launch.content?.text() }
        #expect(contents == [#"{"x":"1-0","y":["1-0/5","1-0/6"]}"#, #"{"x":"2-0","y":["2-0/7"]}"#])
    }

    @Test func aBodyThatIsAListIsLoopedOver() throws {
        let text = Sample.mapping(#""for_each": {"path": "$[*]"}"#, recipient: #"[{"email": "@.e"}]"#)
        let plan = try Sample.plan(text, body: #"[{"e": "a@b.c"}, {"e": "d@e.f"}]"#)
        #expect(plan.launches.map(\.recipient) == ["email a@b.c", "email d@e.f"])
        // A pattern on the body is not for a body that is no object.
        let picky = Sample.mapping(#""when": {"body": {"a": [{"exists": false}]}}"#)
        #expect(try Sample.plan(picky, body: "[]").isUnmatched)
    }
}

import Altcraft
import Functions
import JSON
import Mapping
import Outcome
import Testing

/// What the platform's calls take: every mode and every part, for every way to launch.
@Suite(.timeLimit(.minutes(1)))
struct CallTests {
    /// A way to launch: keys of the mapping, and the call that they come to.
    struct Way: Sendable, CustomTestStringConvertible {
        let keys: String
        let call: Call

        var testDescription: String { "\(call)" }
    }

    private static let profile = #""profile": {"fields": {"_fname": "$.n"}}"#
    private static let batch = #""delivery": {"batch": {"max_items": 10}}"#
    private static let task = #""delivery": {"batch": {"task": true}}"#

    static let ways: [Way] = [
        Way(keys: #""launch": {"campaign": 1}"#, call: .triggerStart),
        Way(keys: #""launch": {"campaign": 1}, \#(batch)"#, call: .triggerStartBatch),
        Way(keys: #""launch": {"campaign": 1}, \#(task)"#, call: .triggerStartBatchTask),
        Way(keys: #""launch": {"campaign": 1}, \#(profile)"#, call: .triggerImportAndStart),
        Way(keys: #""launch": {"campaign": 1}, \#(profile), \#(batch)"#, call: .triggerImportAndStartBatch),
        Way(keys: #""launch": {"campaign": 1}, \#(profile), \#(task)"#, call: .triggerImportAndStartBatchTask),
        Way(keys: #""launch": {"scenario": 1}"#, call: .workflowStart),
        Way(keys: #""launch": {"scenario": 1}, \#(profile)"#, call: .workflowImportAndStart),
        Way(keys: #""launch": {"scenario": 1}, \#(profile), \#(batch)"#, call: .workflowImportAndStartBatch),
        Way(keys: #""launch": {"scenario": 1}, \#(profile), \#(task)"#, call: .workflowImportAndStartBatchTask),
        Way(keys: #""launch": {"link": "welcome"}"#, call: .linkGet),
        Way(
            keys:
                #""launch": {"link": "welcome", "by": "xxh64"}, "fields": [{"name": "A", "value": "$.n", "option": 1}]"#,
            call: .linkPost),
    ]

    @Test(arguments: ways)
    func everyModeIsTakenWhereItsPageListsIt(_ way: Way) throws {
        for mode in Matching.allCases {
            let text = Sample.mapping(way.keys, recipient: "[\(mode.facts.example)]")
            let (mapping, diagnostics) = Sample.compile(text)
            let codes = Set(diagnostics.filter { $0.severity == .error }.map(\.code))
            #expect(codes == (way.call.modes.contains(mode) ? [] : [.modeNotTaken]), "\(mode): \(diagnostics)")
            guard let mapping else { continue }
            let plan = MappingSet([mapping]).evaluate(try event())
            #expect(plan.launches.first?.request.call == way.call, "\(mode): \(plan.stops)")
            #expect(plan.launches.first?.launch.audience == .profile(try recipient(mode)))
        }
    }

    /// The recipient that the example of a mode comes to.
    private func recipient(_ mode: Matching) throws -> Recipient {
        let example = try JSONDocument.parse(mode.facts.example).root
        func text(_ name: String) -> String? { example[name]?.string }
        return Recipient(
            matching: mode, email: text("email"), phone: text("phone"), profileID: text("profile_id"),
            fieldName: text("field_name"),
            fieldValue: example["field_value"].map(JSONValue.node), provider: text("provider"),
            subscriptionID: text("subscription_id"))
    }

    private func event() throws -> Event {
        let file = EventFile.read(SourceFile(name: "e.json", text: #"{"n": "Anna", "e": "a@example.com"}"#)).0
        return try #require(file).event(now: .init(seconds: 0))
    }

    static let parts: [(LaunchPart, String)] = [
        (.content, #""content": {"a": 1}"#), (.customData, #""custom_data": {"a": 1}"#),
        (.attachments, #""attach": [{"name": "a", "data": "data:text/csv;base64,SEVMTE8K"}]"#),
        (.subscriptionFilter, #""subscription_filter": {"email": "$.e"}"#),
    ]

    @Test(arguments: ways)
    func everyPartIsTakenWhereItsPageListsIt(_ way: Way) {
        for (part, keys) in Self.parts {
            let recipient = #"[{"matching": "email", "email": "$.e"}]"#
            let diagnostics = Sample.compile(Sample.mapping("\(way.keys), \(keys)", recipient: recipient)).diagnostics
            let errors = diagnostics.filter { $0.severity == .error }
            if way.call.parts.contains(part) {
                #expect(errors == [], "\(part)")
            } else {
                #expect(
                    errors.map(\.code) == [.foreignCompanion] && errors.first?.pointer.tokens == [part.rawValue],
                    "\(part)")
            }
        }
    }

    @Test func aScenarioTakesNoBatchOfProfilesThatExist() {
        let diagnostics = Sample.compile(Sample.mapping(#""launch": {"scenario": 1}, \#(Self.batch)"#)).diagnostics
        #expect(diagnostics.map(\.code) == [.batchForScenario])
        #expect(
            Sample.compile(Sample.mapping(#""launch": {"link": "a"}, \#(Self.batch)"#)).diagnostics.map(\.code) == [
                .batchForScenario
            ])
    }

    @Test func theSettingsMayTakeAllModes() {
        let text = Sample.mapping(#""owner": "a""#, recipient: #"[{"matching": "email_sub", "email": "$.e"}]"#)
        let file = SourceFile(name: "a.json", text: text)
        let options = CompileOptions(request: RequestOptions(singleModes: .all))
        #expect(MappingSet.compile(file, options: options).diagnostics == [])
        #expect(MappingSet.compile(file).diagnostics.map(\.code) == [.modeNotTaken])
    }

    @Test func linksAreThoseOfTheSettings() {
        let file = SourceFile(name: "a.json", text: Sample.mapping(#""launch": {"link": "welcom"}"#))
        let found = MappingSet.compile(file, options: CompileOptions(links: ["welcome"])).diagnostics
        #expect(found.map(\.code) == [.launchTarget] && found.first?.hint == #"did you mean "welcome"?"#)
        #expect(MappingSet.compile(file).diagnostics == [])
    }

    @Test(arguments: [
        (#"{"email": "$.e", "phone": "$.p"}"#, #"{"e": "a@b.c"}"#, "email_phone a@b.c"),
        (#"{"email": "$.e", "phone": "$.p"}"#, #"{"p": "+7"}"#, "email_phone +7"),
        (#"{"email": "$.e", "phone": "$.p"}"#, #"{"e": "a@b.c", "p": "+7"}"#, "email_phone a@b.c +7"),
        (#"{"email": "$.e", "phone": "$.p"}"#, "{}", "no_recipient"),
        (
            #"{"email": {"$path": "$.e", "optional": true}, "phone": {"$path": "$.p", "optional": true}}"#,
            #"{"p": "+7"}"#, "email_phone +7"
        ),
    ])
    func ofEmailAndPhoneOneIsEnough(values: String, body: String, expected: String) throws {
        let recipient = #"[{"matching": "email_phone", \#(values.dropFirst())]"#
        let plan = try Sample.plan(Sample.mapping(Self.batch, recipient: recipient), body: body)
        #expect((plan.launches.first?.recipient ?? plan.stops.first?.reason.rawValue) == expected)
    }

    @Test func aBatchCarriesItsElementApart() throws {
        let text = Sample.mapping(#""content": {"a": 1}, \#(Self.batch)"#, recipient: #"[{"email": "$.e"}]"#)
        let request = try #require(try Sample.plan(text, body: #"{"e": "a@b.c"}"#).launches.first?.request)
        #expect(
            String(decoding: request.body, as: UTF8.self) == #"{"trigger_id":1,"matching":"email","content":{"a":1}}"#)
        #expect(request.element.map { String(decoding: $0, as: UTF8.self) } == #"{"email":"a@b.c"}"#)
    }
}

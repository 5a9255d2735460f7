import JSON
import Testing
import XML

@testable import Altcraft

/// What each call says when a launch has everything that the call takes.
@Suite(.timeLimit(.minutes(1)))
struct CallBodyTests {
    private static let form: [Call: CallForm] = [
        .triggerStartBatch: .batch, .triggerImportAndStartBatch: .batch, .workflowImportAndStartBatch: .batch,
        .triggerStartBatchTask: .task, .triggerImportAndStartBatchTask: .task, .workflowImportAndStartBatchTask: .task,
    ]

    /// A launch with every part that the call takes.
    private func fullLaunch(_ call: Call) throws -> Launch {
        let isScenario = call.path.contains("workflows")
        var recipient = Recipient.email("john@example.com")
        if call.parts.contains(.resourceID) { recipient.resourceID = 24 }
        var launch = Launch(target: isScenario ? .scenario(12) : .campaign(12), audience: .profile(recipient))
        launch.content = try json(#"{"H1": "Weather alert", "lines": ["a", "b"]}"#)
        launch.customData = try json(#"{"field": "value"}"#)
        launch.attachments = [Attachment(name: "US.txt", mediaType: "text/csv", base64: "SEVMTE8K")]
        if call.parts.contains(.subscriptionFilter) {
            launch.subscriptionFilter = SubscriptionFilter(.phone("+79106135133"), notStrict: false)
        }
        if call.imports {
            launch.profile = ProfileImport(
                fields: try json(#"{"_fname": "John"}"#), skipTriggers: true, skipInvalidSubscriptions: false,
                detectGeo: true, timeout: call.parts.contains(.timeout) ? StartDelay(days: 1, minutes: 5) : nil)
        }
        return launch
    }

    private static let shared =
        #""content": {"H1": "Weather alert", "lines": ["a", "b"]}, "attach": [{"data": "data:text/csv;base64,SEVMTE8K", "name": "US.txt"}]"#
    private static let filter = #""subscription_filter": {"phone": "+79106135133", "not_strict": false}"#
    private static let data = #""custom_data": {"field": "value"}"#
    private static let flags = #""skip_triggers": true, "skip_invalid_subscriptions": false, "detect_geo": true"#
    private static let delay = #""timeout": {"days": 1, "hours": 0, "minutes": 5}"#
    private static let mail = #""email": "john@example.com""#
    private static let fields = #""data": {"_fname": "John"}"#

    private static let bodies: [(Call, String)] = [
        (
            .triggerStart,
            #"{"id": 12, "matching": "email", \#(mail), "resource_id": 24, \#(shared), \#(data), \#(filter)}"#
        ),
        (.triggerStartBatch, #"{"trigger_id": 12, "matching": "email", \#(shared), "data": [{\#(mail), \#(data)}]}"#),
        (.triggerStartBatchTask, #"{"id": 12, "matching": "email", \#(shared), "data": [{\#(mail), \#(data)}]}"#),
        (
            .triggerImportAndStart,
            #"{"trigger_id": 12, "matching": "email", \#(mail), "resource_id": 24, \#(shared), \#(data), \#(fields), \#(flags), \#(delay)}"#
        ),
        (
            .triggerImportAndStartBatch,
            #"{"trigger_id": 12, "matching": "email", "resource_id": 24, \#(shared), \#(flags), \#(delay), "data": [{\#(mail), \#(fields), \#(data)}]}"#
        ),
        (
            .triggerImportAndStartBatchTask,
            #"{"trigger_id": 12, "matching": "email", "resource_id": 24, \#(shared), \#(flags), "data": [{\#(mail), \#(fields), \#(data)}]}"#
        ),
        (
            .workflowStart,
            #"{"id": 12, "matching": "email", \#(mail), "resource_id": 24, \#(shared), \#(data), \#(filter)}"#
        ),
        (
            .workflowImportAndStart,
            #"{"workflow_id": 12, "matching": "email", \#(mail), "resource_id": 24, \#(shared), \#(data), \#(fields), \#(flags)}"#
        ),
        (
            .workflowImportAndStartBatch,
            #"{"workflow_id": 12, "matching": "email", \#(shared), \#(data), \#(flags), "data": [{\#(mail), \#(fields)}]}"#
        ),
        (
            .workflowImportAndStartBatchTask,
            #"{"workflow_id": 12, "matching": "email", \#(shared), \#(data), \#(flags), "data": [{\#(mail), \#(fields)}]}"#
        ),
    ]

    @Test func everyCallThatLaunchesByTheAPIIsHere() {
        #expect(Self.bodies.map(\.0) == Call.allCases.filter { $0.isLaunch && !$0.isLink })
    }

    @Test(arguments: bodies)
    func body(call: Call, expected: String) throws {
        let request = try LaunchRequest(fullLaunch(call), as: Self.form[call] ?? .single)
        #expect(request.call == call)
        let options = RequestOptions(tokenPlace: .header)
        let encoded = try RequestEncoder(baseURL: "http://h", options: options).encode(request, token: token("t"))
        #expect(encoded.url == "http://h\(call.path)")
        #expect(try json(encoded.body) == json(expected))
    }

    /// The same in XML holds the same values in the same places.
    @Test(arguments: bodies)
    func bodyInXML(call: Call, expected: String) throws {
        let options = RequestOptions(tokenPlace: .header, encoding: .xml)
        let request = try LaunchRequest(fullLaunch(call), as: Self.form[call] ?? .single, options: options)
        let encoded = try RequestEncoder(baseURL: "http://h", options: options).encode(request, token: token("t"))
        let written = try xml(encoded.body)
        #expect(try written == xml(XMLBody.bytes(Array(expected.utf8))))
        #expect(written["email"]?.text ?? written["data"]?["email"]?.text == "john@example.com")
    }

    @Test(arguments: [CallForm.batch, .task])
    func singleElementIsABatchOfOne(form: CallForm) throws {
        let request = try LaunchRequest(.campaign(1, .email("a@example.com")), as: form)
        let encoder = RequestEncoder(baseURL: "http://h")
        let batch = try #require(BatchRequest(request))
        #expect(try encoder.encode(request, token: token("t")) == encoder.encode(batch, token: token("t")))
    }

    @Test func databaseIsNamedInImportsOnly() throws {
        let options = RequestOptions(databaseID: 7)
        let plain = try LaunchRequest(.campaign(1, .email("a@example.com")), options: options)
        #expect(try json(plain.body)["db_id"] == nil)
        let importing = try LaunchRequest(fullLaunch(.workflowImportAndStart), options: options)
        #expect(try json(importing.body)["db_id"]?.number?.int64 == 7)
    }

    @Test(arguments: [
        (Recipient.email("a@example.com"), #"{"_fname": "A", "email": "a@example.com"}"#),
        (.custom("CRM_ID", "7"), #"{"_fname": "A", "CRM_ID": "7"}"#),
        (Recipient(matching: .phone, phone: "+7900"), #"{"_fname": "A", "phone": "+7900"}"#),
        (.custom("_fname", "B"), #"{"_fname": "A"}"#),
    ])
    func searchInsideTheProfile(recipient: Recipient, data: String) throws {
        let launch = Launch.campaign(1, recipient).with {
            $0.profile = ProfileImport(fields: .object([("_fname", .string("A"))]))
        }
        let request = try LaunchRequest(launch, as: .batch, options: RequestOptions(importSearch: .inside))
        #expect(try json(try #require(request.element)) == json(#"{"data": \#(data)}"#))
    }
}

import JSON
import Testing
import XML

@testable import Altcraft

/// Batches as the documents print them.
@Suite(.timeLimit(.minutes(1)))
struct DocumentedBatchTests {
    /// The examples name the format of the answer.
    private let named = RequestOptions(sendsFormat: true)

    private func body(_ launches: [Launch], as form: CallForm, _ options: RequestOptions) throws -> EncodedRequest {
        let requests = try launches.map { try LaunchRequest($0, as: form, options: options) }
        var batch = try #require(BatchRequest(requests[0]))
        for request in requests.dropFirst() {
            let joined = batch.append(request, limits: BatchLimits(items: 500))
            #expect(joined)
        }
        let encoder = RequestEncoder(baseURL: "http://example.com/", options: options)
        return try encoder.encode(batch, token: token("abcdefghijklmnqrstuvwxyz"))
    }

    @Test func byEmail() throws {
        let launches = ["example1@example.com", "example2@example.com"].map { Launch.campaign(8, .email($0)) }
        let encoded = try body(launches, as: .batch, named)
        #expect(encoded.url == "http://example.com/api/v1.1/campaigns/triggers/start_batch")
        let printed = #"""
            {
            "token": "abcdefghijklmnqrstuvwxyz",
            "trigger_id": 8,
            "format": "json",
            "matching": "email",
            "data": [
            {
            "email": "example1@example.com"
            },
            {
            "email": "example2@example.com"
            }
            ]
            }
            """#
        #expect(try json(encoded.body) == json(printed))
    }

    /// The example also prints `"skip_triggers": false`, which its table does not know and which is the default: the
    /// bridge leaves it out, and that is the whole difference.
    @Test func byCustomField() throws {
        let launches = ["003", "002"].map { Launch.campaign(96, .custom("Custom_ID", $0)) }
        let printed = #"""
            {
            "token": "abcdefghijklmnqrstuvwxyz",
            "trigger_id": 96,
            "format": "json",
            "skip_triggers": false,
            "matching": "custom",
            "field_name": "Custom_ID",
            "data": [
            {
            "field_value": "003"
            },
            {
            "field_value": "002"
            }
            ]
            }
            """#
        let whole = try #require(json(printed).members)
        let written = try json(body(launches, as: .batch, named).body)
        #expect(written == .object(whole.filter { $0.name != "skip_triggers" }.map { ($0.name, $0.value) }))
    }

    @Test func byEmailInXML() throws {
        let launches = ["example3@example.com", "example4@example.com"].map { Launch.campaign(85, .email($0)) }
        let options = RequestOptions(encoding: .xml, sendsFormat: true)
        let printed = """
            <xml>
            <token>abcdefghijklmnqrstuvwxyz</token>
            <trigger_id>85</trigger_id>
            <format>xml</format>
            <matching>email</matching>
            <data>
            <email>example3@example.com</email>
            </data>
            <data>
            <email>example4@example.com</email>
            </data>
            </xml>
            """
        #expect(try xml(body(launches, as: .batch, options).body) == xml(printed))
    }

    @Test func byCustomFieldInXML() throws {
        let launches = ["YY", "AA"].map { Launch.campaign(85, .custom("Custom_ID", $0)) }
        let options = RequestOptions(encoding: .xml, sendsFormat: true)
        let printed = """
            <xml>
            <token>abcdefghijklmnqrstuvwxyz</token>
            <trigger_id>85</trigger_id>
            <format>xml</format>
            <skip_triggers>false</skip_triggers>
            <matching>custom</matching>
            <field_name>Custom_ID</field_name>
            <data>
            <field_value>YY</field_value>
            </data>
            <data>
            <field_value>AA</field_value>
            </data>
            </xml>
            """
        var whole = try xml(printed)
        whole.children.removeAll { $0.name == "skip_triggers" }
        #expect(try xml(body(launches, as: .batch, options).body) == whole)
    }

    @Test(arguments: [
        (Matching.phone, #"[{"phone": "+79000000000"}, {"phone": "+79000000001"}]"#),
        (.profileID, #"[{"profile_id": "60ae529b3f62fcdebdb159bb"}, {"profile_id": "843vfdkisfh934hfe834rhkk"}]"#),
        (.email, #"[{"email": "profile1@example.com"}, {"email": "profile2@example.com"}]"#),
        (.custom, #"[{"field_value": "001"}, {"field_value": "002"}]"#),
    ])
    func dataArray(matching: Matching, data: String) throws {
        let launches = try #require(json(data).elements).map { element in
            Launch.campaign(
                1,
                Recipient(
                    matching: matching, email: element["email"]?.string, phone: element["phone"]?.string,
                    profileID: element["profile_id"]?.string, fieldName: matching == .custom ? "CRM_ID" : nil,
                    fieldValue: element["field_value"]))
        }
        let written = try json(body(launches, as: .batch, RequestOptions()).body)
        #expect(try written["data"] == json(data))
    }

    /// The task of the same names the campaign by `id`, not `trigger_id`.
    @Test func taskNamesTheCampaignByID() throws {
        let encoded = try body([.campaign(8, .email("a@example.com"))], as: .task, RequestOptions())
        #expect(encoded.url == "http://example.com/api/v1.1/campaigns/triggers/start_batch_task")
        let expected = #"""
            {"token": "abcdefghijklmnqrstuvwxyz", "id": 8, "matching": "email", "data": [{"email": "a@example.com"}]}
            """#
        #expect(try json(encoded.body) == json(expected))
    }

    /// The one printed element of an import batch holds its email inside `data` and nothing beside it.
    @Test func importBatch() throws {
        let people = [
            ("John", "Lambert", "profile4@example.com", "+790000000000"),
            ("Tom", "Hard", "profile3@example.com", "+790000000001"),
        ]
        let launches = people.map { first, last, email, phone in
            Launch.campaign(1, .email(email)).with {
                $0.profile = ProfileImport(
                    fields: .object([
                        ("_fname", .string(first)), ("_lname", .string(last)), ("email", .string(email)),
                        ("phones", .string(phone)),
                    ]))
            }
        }
        let printed = #"""
            [ { "data": { "_fname": "John", "_lname": "Lambert", "email": "profile4@example.com", "phones": "+790000000000" } },
              { "data": { "_fname": "Tom",  "_lname": "Hard",    "email": "profile3@example.com", "phones": "+790000000001" } } ]
            """#
        let inside = try json(body(launches, as: .batch, RequestOptions(importSearch: .inside)).body)
        #expect(try inside["data"] == json(printed))
        let beside = try json(body(launches, as: .batch, RequestOptions()).body)
        #expect(beside["data"]?.elements?.map { $0["email"]?.string } == people.map(\.2))
        #expect(beside["trigger_id"]?.number?.int64 == 1)
    }

    @Test(arguments: [CallForm.batch, .task])
    func scenarioImportBatch(form: CallForm) throws {
        let launch = Launch(
            target: .scenario(4), audience: .profile(.custom("CRM_ID", "7")),
            content: .object([("a", .number(JSONNumber(1)))]), customData: .object([("b", .bool(true))]),
            profile: ProfileImport(fields: .object([("_fname", .string("Анна"))]), skipTriggers: true, detectGeo: false)
        )
        let encoded = try body([launch], as: form, RequestOptions())
        let task = form == .task ? "_task" : ""
        #expect(encoded.url == "http://example.com/api/v1.1/workflows/import_and_start_batch\(task)")
        let expected = #"""
            {"token": "abcdefghijklmnqrstuvwxyz", "workflow_id": 4, "matching": "custom", "field_name": "CRM_ID",
             "skip_triggers": true, "detect_geo": false, "content": {"a": 1}, "custom_data": {"b": true},
             "data": [{"field_value": "7", "data": {"_fname": "Анна"}}]}
            """#
        #expect(try json(encoded.body) == json(expected))
    }
}

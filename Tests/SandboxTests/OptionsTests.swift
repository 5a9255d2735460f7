import HTTPTypes
import JSON
import Testing

@testable import Sandbox

@Suite("What the documentation leaves open", .timeLimit(.minutes(1)))
struct OptionsTests {
    private func answer(
        _ body: String, _ path: String = "campaigns/triggers/start", _ change: (inout SandboxOptions) -> Void
    ) async throws -> (Answer, Playground) {
        let playground = try Playground(Account.text, change)
        return (try await playground.call(path, body), playground)
    }

    @Test(
        "The HTTP status of an error is 200 or its code",
        arguments: [
            (400, #"{"id": 99, "email": "a@b"}"#, 400), (404, #"{"id": 99, "email": "a@b"}"#, 404),
            (7_777, #"{"id": 99, "email": "a@b"}"#, 400), (401, #"{"token": "x", "id": 1, "email": "a@b"}"#, 401),
        ])
    func mirrors(code: Int, body: String, status: Int) async throws {
        let (mirrored, _) = try await answer(body) {
            $0.statusOnError = .mirrored
            $0.refusalCode = code
        }
        #expect(mirrored.status == status)
        #expect(mirrored.error == code)
        let (plain, _) = try await answer(body) { $0.refusalCode = code }
        #expect(plain.status == 200)
        #expect(plain.error == code)
    }

    @Test("The code of a wrong token is an option, that of a missing one is documented")
    func wrongToken() async throws {
        let (wrong, playground) = try await answer(#"{"token": "x", "id": 1}"#) { $0.wrongTokenCode = 403 }
        #expect(wrong.error == 403)
        let missing = try await playground.call("campaigns/triggers/start", #"{"token": null, "id": 1}"#)
        #expect(missing.error == 401)
    }

    @Test("A profile that does not exist can count as success, and is seen not to be sent to")
    func unmatched() async throws {
        for path in ["campaigns/triggers/start", "workflows/start"] {
            let id = path.hasPrefix("c") ? 1 : 3
            let (answer, playground) = try await answer(#"{"id": \#(id), "email": "nobody@example.com"}"#, path) {
                $0.unmatched = .success
            }
            #expect(answer.text == #"{"data":null,"error":0,"error_text":"Successful operation"}"#)
            let launch = try #require(try await playground.launches().first)
            #expect(launch["sent"]?.bool == false)
            #expect(launch["unsent"]?.string == "no profile matches")
            #expect(launch["recipient"]?["profile_id"]?.isNull == true)
        }
    }

    @Test("A value that is not unique is refused whatever the options say")
    func notUnique() async throws {
        let (answer, _) = try await answer(#"{"id": 1, "email": "twin@example.com"}"#) { $0.unmatched = .success }
        #expect(answer.error == 400)
    }

    @Test("A target that is off can count as success, and launches nothing")
    func inactive() async throws {
        let (campaign, playground) = try await answer(#"{"id": 7, "email": "john@example.com"}"#) {
            $0.inactive = .success
        }
        #expect(campaign.error == 0)
        let scenario = try await playground.call("workflows/start", #"{"id": 4, "email": "john@example.com"}"#)
        #expect(scenario.error == 0)
        let launches = try await playground.launches()
        #expect(launches.map { $0["unsent"]?.string } == ["not active", "not active"])
    }

    @Test("A profile without a fitting subscription is accepted and not sent to, or refused")
    func unsubscribed() async throws {
        // Campaign 84 writes to resource 1, of which the profile has no subscription.
        let body = #"{"id": 84, "matching": "profile_id", "profile_id": "sub"}"#
        let (accepted, playground) = try await answer(body) { _ in }
        #expect(accepted.error == 0)
        #expect(try await playground.launches().first?["unsent"]?.string == "the profile has no fitting subscription")
        let (refused, other) = try await answer(body) { $0.unsubscribed = .error }
        #expect(refused.error == 400)
        #expect(refused.debug == "the profile has no fitting subscription")
        #expect(try await other.launches().isEmpty)
    }

    @Test("Sending regardless of subscriptions is a property of the campaign")
    func unconditional() async throws {
        let (answer, playground) = try await answer(#"{"id": 11, "email": "john@example.com"}"#) {
            $0.unsubscribed = .error
        }
        #expect(answer.error == 0)
        #expect(try await playground.launches().first?["sent"]?.bool == true)
    }

    @Test("A scenario without re-entry takes a profile once")
    func reentry() async throws {
        let body = #"{"id": 6, "email": "john@example.com"}"#
        let (first, playground) = try await answer(body, "workflows/start") { _ in }
        let second = try await playground.call("workflows/start", body)
        #expect([first.error, second.error] == [0, 0])
        let launches = try await playground.launches()
        #expect(launches.map { $0["sent"]?.bool } == [true, false])
        #expect(launches.last?["unsent"]?.string == "the profile is in the scenario already")

        let (_, strict) = try await answer(body, "workflows/start") { $0.reentry = .error }
        #expect(try await strict.call("workflows/start", body).debug == "the profile is in the scenario already")
        let cleared = try await strict.call("workflows/activate", #"{"id": 6, "skip_profiles": true}"#)
        #expect(cleared.text == #"{"data":null,"error":0,"error_text":"Successful operation"}"#)
        #expect(try await strict.call("workflows/start", body).error == 0)
    }

    @Test("A missing Content-Type can be taken for JSON")
    func missingContentType() async throws {
        let playground = try Playground { $0.missingContentType = .success }
        let body = #"{"token": "abcdefghijklmnqrstuvwxyz", "id": 1, "email": "john@example.com"}"#
        let answer = try await playground.send(.post, "/api/v1.1/campaigns/triggers/start", Array(body.utf8))
        #expect(answer.error == 0)
    }

    @Test("Case of addresses can be taken no notice of")
    func emailCase() async throws {
        let (answer, _) = try await answer(#"{"id": 1, "email": "JOHN@example.com"}"#) { $0.emailCase = .folded }
        #expect(answer.error == 0)
    }

    @Test("The starts can take all eleven modes")
    func singleModes() async throws {
        let (answer, playground) = try await answer(
            #"{"id": 1, "matching": "push_sub", "provider": "Chrome", "subscription_id": "CAREFULWITHTHATAXE"}"#
        ) { $0.singleModes = .all }
        #expect(answer.error == 0)
        #expect(try await playground.launchedProfiles() == ["sub"])
    }

    @Test("Batches tell of elements without a profile in one of three ways")
    func batchUnmatched() async throws {
        let body = #"{"trigger_id": 1, "data": [{"email": "nobody@x"}, {"email": "john@example.com"}]}"#
        let path = "campaigns/triggers/start_batch"
        let (absent, _) = try await answer(body, path) { _ in }
        #expect(JSONText(try absent.json["result"]) == #"[{"profile_id":"abcdefghijklmnqrstuvwxyz"}]"#)
        let (null, _) = try await answer(body, path) { $0.batchUnmatched = .null }
        #expect(JSONText(try null.json["result"]) == #"[null,{"profile_id":"abcdefghijklmnqrstuvwxyz"}]"#)
        let (error, playground) = try await answer(body, path) { $0.batchUnmatched = .error }
        #expect(error.error == 400)
        #expect(error.debug == "data[0]: no profile matches \"email\"")
        #expect(try await playground.launches().isEmpty)
    }

    @Test("Results can be shuffled, the same way for each run of a seed")
    func resultOrder() async throws {
        let ids = (0..<20).map { "p\($0)" }
        let profiles = ids.map { #"{"id": "\#($0)"}"# }.joined(separator: ",")
        let account = #"{"campaigns": [{"id": 1}], "profiles": [\#(profiles)]}"#
        let data = ids.map { #"{"profile_id": "\#($0)"}"# }.joined(separator: ",")
        var results: [[String?]] = []
        for seed: UInt64 in [1, 1, 2] {
            let playground = try Playground(account) {
                $0.resultOrder = .shuffled
                $0.seed = seed
            }
            let answer = try await playground.call(
                "campaigns/triggers/start_batch", #"{"trigger_id": 1, "matching": "profile_id", "data": [\#(data)]}"#)
            results.append(try answer.json["result"]?.elements.map { $0["profile_id"]?.string } ?? [])
        }
        #expect(results[0] == results[1])
        #expect(results[0] != results[2])
        #expect(results.allSatisfy { $0 != ids && Set($0) == Set(ids) })
    }

    @Test("XML without a format can be answered in JSON; a format that is asked for wins")
    func xmlAnswer() async throws {
        let body = "<xml><token>\(Playground.token)</token><id>1</id><email>john@example.com</email>"
        let json = try Playground { $0.xmlAnswer = .json }
        #expect(try await json.callXML("campaigns/triggers/start", body + "</xml>").error == 0)
        let asked = try await json.callXML("campaigns/triggers/start", body + "<format>xml</format></xml>")
        #expect(asked.text.hasPrefix("<xml>"))
        let xml = try Playground()
        #expect(try await xml.callXML("campaigns/triggers/start", body + "</xml>").text.hasPrefix("<xml>"))
        #expect(try await xml.callXML("campaigns/triggers/start", body + "<format>json</format></xml>").error == 0)
        let accept = try await xml.call(
            "campaigns/triggers/start", #"{"id": 1, "email": "john@example.com"}"#,
            headers: [.accept: "application/xml"])
        #expect(accept.text.hasPrefix("<xml>"))
    }
}

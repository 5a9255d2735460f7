import Outcome
import Testing

@testable import Altcraft

/// The answers to questions: tasks and campaigns.
@Suite(.timeLimit(.minutes(1)))
struct TaskAndCampaignTests {
    private func status(_ body: String, _ code: Int = 200) -> TaskStatus {
        TaskStatus.read(answer(code, body), now: 0)
    }

    @Test func printedTask() {
        let made =
            #"{ "data": { "task_id": "task_b2f9fd6a-2499-4a63-b592-f15d4e3b69c5" }, "error": 0, "error_text": "Successful operation" }"#
        #expect(
            LaunchOutcome.classify(answer(200, made), now: 0)
                == .accepted(Acceptance(taskID: "task_b2f9fd6a-2499-4a63-b592-f15d4e3b69c5")))
        let done = #"""
            { "data": { "status": "completed", "progress": 100,
                        "result": { "errors": [], "source_id": 1, "total": 1343, "type": "database",
                                    "urls": ["/api/download/data/x"] } },
              "error": 0, "error_text": "Successful operation" }
            """#
        #expect(status(done) == .finished(TaskResult(total: 1_343)))
    }

    @Test(arguments: [
        ("success", TaskStatus.finished(TaskResult())), ("completed", .finished(TaskResult())),
        ("failed", .failed("failed")), ("error", .failed("error")), ("canceled", .failed("canceled")),
        ("running", .running(progress: nil)), ("queued", .running(progress: nil)),
    ])
    func words(word: String, expected: TaskStatus) {
        #expect(status(#"{"data": {"status": "\#(word)"}, "error": 0}"#) == expected)
        #expect(
            status("<xml><data><status>\(word)</status><x>1</x></data><error>0</error></xml>") == expected)
    }

    @Test func progressAndErrors() {
        #expect(status(#"{"data": {"status": "running", "progress": 42}, "error": 0}"#) == .running(progress: 42))
        #expect(
            status("<xml><data><status>running</status><progress>42</progress></data><error>0</error></xml>")
                == .running(progress: 42))
        let errors =
            #"{"data": {"status": "success", "result": {"errors": ["a\nb", {"line": 3}], "total": "x"}}, "error": 0}"#
        #expect(status(errors) == .finished(TaskResult(errors: ["a b", #"{"line":3}"#])))
        let many = (0..<500).map { _ in #""e""# }.joined(separator: ",")
        guard
            case .finished(let result) = status(
                #"{"data": {"status": "success", "result": {"errors": [\#(many)]}}, "error": 0}"#)
        else {
            Issue.record("not finished")
            return
        }
        #expect(result.errors.count == 100)
    }

    @Test func noStatusIsNoAnswer() {
        let none = TaskStatus.unanswered(.unknown(.notAnEnvelope))
        #expect(status(#"{"data": null, "error": 0}"#) == none)
        #expect(status(#"{"data": {"status": 5}, "error": 0}"#) == none)
        #expect(status("<html/>") == none)
        #expect(
            status(#"{"error": 404, "error_text": "no task"}"#)
                == .unanswered(.refused(Refusal(code: 404, text: "no task"))))
        #expect(status("", 503) == .unanswered(.busy(Busy(.http503))))
    }

    @Test func campaign() throws {
        let body = #"""
            {"data": {"id": 84, "name": "Order\nconfirmation", "is_active": true, "trigger_type": "api_call", "list_id": 1,
                      "resource_id": 24, "send_channel": "email", "skip_minutes": 0,
                      "call_url": "http://trk.example.org/trg/465ea6"}, "error": 0, "error_text": ""}
            """#
        let info = try CampaignInfo.read(answer(200, body), now: 0)
        #expect(info.id == 84 && info.name == "Order confirmation" && info.databaseID == 1 && info.resourceID == 24)
        #expect(info.channel == "email" && info.skipMinutes == 0 && info.obstacles.isEmpty)
        #expect(!"\(info)".contains("465ea6"))
    }

    @Test func campaignInXMLThatCannotBeLaunched() throws {
        let body = """
            <xml><data><id>84</id><is_active>false</is_active><trigger_type>import</trigger_type></data>
            <error>0</error></xml>
            """
        let info = try CampaignInfo.read(answer(200, body), now: 0)
        #expect(info.id == 84 && info.isActive == false)
        #expect(info.obstacles.count == 2)
    }

    @Test(arguments: [
        #"{"data": null, "error": 0}"#, #"{"error": 404, "error_text": "x"}"#, "", #"{"data": 5, "error": 0}"#,
    ])
    func noCampaign(body: String) {
        #expect(throws: CampaignQuestionError.self) { try CampaignInfo.read(answer(200, body), now: 0) }
    }
}

import JSON
import Testing

@testable import Altcraft

/// The two tables that requests, checks and the reference are made from.
@Suite(.timeLimit(.minutes(1)))
struct FactsTests {
    @Test func tableHoldsEveryMode() {
        #expect(MatchingFacts.all.map(\.matching) == Matching.allCases)
        for mode in Matching.allCases { #expect(mode.facts.matching == mode) }
    }

    @Test func modesAreTheDocumentedEleven() {
        #expect(
            Matching.allCases.map(\.rawValue) == [
                "email", "email_profile", "email_sub", "phone", "phone_sub", "profile_id", "push_sub", "custom",
                "custom_sub", "email_phone", "email_phone_sub",
            ])
    }

    @Test(arguments: Matching.allCases)
    func exampleHasTheMembersOfTheMode(mode: Matching) throws {
        let names = mode.facts.exampleValue.members?.map(\.name) ?? []
        #expect(try json(mode.facts.example) == mode.facts.exampleValue)
        #expect(names == ["matching"] + (mode.facts.required + mode.facts.anyOf).map(\.rawValue))
        #expect(mode.facts.sentence.hasSuffix("."))
    }

    @Test(arguments: Companion.allCases)
    func companionDescribesItself(companion: Companion) {
        #expect(companion.kinds.contains(companion.example.kind))
        #expect(companion.sentence.hasSuffix("."))
        #expect(Matching.allCases.contains { $0.uses(companion) })
    }

    /// The overview of the documents, row by row.
    @Test(arguments: [
        (Call.triggerStart, "/api/v1.1/campaigns/triggers/start/", "id", 4),
        (.triggerStartBatch, "/api/v1.1/campaigns/triggers/start_batch", "trigger_id", 11),
        (.triggerStartBatchTask, "/api/v1.1/campaigns/triggers/start_batch_task", "id", 11),
        (.triggerImportAndStart, "/api/v1.1/campaigns/triggers/import_and_start", "trigger_id", 5),
        (.triggerImportAndStartBatch, "/api/v1.1/campaigns/triggers/import_and_start_batch", "trigger_id", 5),
        (.triggerImportAndStartBatchTask, "/api/v1.1/campaigns/triggers/import_and_start_batch_task", "trigger_id", 5),
        (.workflowStart, "/api/v1.1/workflows/start", "id", 4),
        (.workflowImportAndStart, "/api/v1.1/workflows/import_and_start", "workflow_id", 5),
        (.workflowImportAndStartBatch, "/api/v1.1/workflows/import_and_start_batch", "workflow_id", 5),
        (.workflowImportAndStartBatchTask, "/api/v1.1/workflows/import_and_start_batch_task", "workflow_id", 5),
        (.taskStatus, "/api/v1.1/tasks/status", "task_id", 0),
        (.triggerGet, "/api/v1.1/campaigns/triggers/get", "id", 0),
    ])
    func overview(call: Call, path: String, id: String, modes: Int) {
        #expect(call.path == path)
        #expect(call.idName == id)
        #expect(call.modes.count == modes)
        #expect(CallFacts.all[call.rawValue].call == call)
        #expect(call.isBatch == path.contains("_batch"))
        #expect(call.isTask == path.hasSuffix("_task"))
        #expect(call.imports == path.contains("import"))
        #expect(path == "/api/v1.1/" + call.name)
    }

    @Test(arguments: [
        (RequestOptions.TrailingSlash.documented, "start/", "start"), (.always, "start/", "start/"),
        (.never, "start", "start"),
    ])
    func trailingSlash(option: RequestOptions.TrailingSlash, trigger: String, workflow: String) throws {
        let encoder = RequestEncoder(
            baseURL: "https://ru.altkraft.com//", options: RequestOptions(trailingSlash: option))
        let launches = [LaunchTarget.campaign(1), .scenario(1)].map {
            Launch(target: $0, audience: .profile(.email("a@example.com")))
        }
        let urls = try launches.map { try encoder.encode(LaunchRequest($0), token: token("t")).url }
        #expect(
            urls == [
                "https://ru.altkraft.com/api/v1.1/campaigns/triggers/\(trigger)",
                "https://ru.altkraft.com/api/v1.1/workflows/\(workflow)",
            ])
    }
}

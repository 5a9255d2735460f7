import JSON
import Outcome
import Testing

@testable import Altcraft

/// One answer, many fates.
@Suite(.timeLimit(.minutes(1)))
struct BatchSettlementTests {
    private func batch(_ recipients: [Recipient], as form: CallForm = .batch, imports: Bool = false) throws
        -> BatchRequest
    {
        let requests = try recipients.map { recipient in
            let profile = imports ? ProfileImport(fields: .object([])) : nil
            return try LaunchRequest(Launch.campaign(1, recipient).with { $0.profile = profile }, as: form)
        }
        var batch = try #require(BatchRequest(requests[0]))
        for request in requests.dropFirst() { _ = batch.append(request, limits: BatchLimits(items: 100)) }
        return batch
    }

    private let ids = [Recipient.profile("a"), .profile("b"), .profile("c"), .profile("b")]
    private let mails = [Recipient.email("a@example.com"), .email("b@example.com")]

    private func named(_ ids: [String]?) -> LaunchOutcome { .accepted(Acceptance(profileIDs: ids)) }

    @Test func idsSettleBySet() throws {
        let batch = try batch(ids)
        #expect(batch.settle(named(["c", "a", "b"])) == .launched)
        #expect(batch.settle(named(["c", "a", "x"])) == .unreported([1, 3]))
        #expect(batch.settle(named([])) == .unreported([0, 1, 2, 3]))
        #expect(batch.settle(named(nil)) == .unreported([0, 1, 2, 3]))
    }

    @Test func otherModesSettleByCount() throws {
        let batch = try batch(mails)
        #expect(batch.settle(named(["x", "y"])) == .launched)
        #expect(batch.settle(named(["x", "y", "z"])) == .launched)
        #expect(batch.settle(named(["x"])) == .short(1))
        #expect(batch.settle(named([])) == .short(2))
        #expect(batch.settle(named(nil)) == .short(2))
    }

    /// Their answers are not documented: success is success, but a report that is there is read.
    @Test func importsSettleByTheEnvelope() throws {
        let batch = try batch(mails, imports: true)
        #expect(batch.settle(named(nil)) == .launched)
        #expect(batch.settle(named(["x"])) == .short(1))
    }

    @Test func queriesSettleByTheEnvelope() throws {
        let launch = Launch(target: .campaign(1), audience: .query(.object([("a", .string("b"))])))
        let batch = try #require(BatchRequest(LaunchRequest(launch, as: .batch)))
        #expect(batch.settle(named([])) == .launched)
    }

    @Test func tasksAreFollowed() throws {
        let batch = try batch(mails, as: .task)
        #expect(batch.settle(.accepted(Acceptance(taskID: "task_1"))) == .task("task_1"))
        #expect(batch.settle(named(nil)) == .task(nil))
    }

    @Test func refusedBatchIsHalvedUntilOneStandsAlone() throws {
        let refusal = Refusal(code: 400, text: "Invalid request", debug: "http: request body too large")
        #expect(refusal.isTooLarge)
        #expect(try batch(mails).settle(.refused(refusal)) == .halve(refusal))
        #expect(try batch([mails[0]]).settle(.refused(refusal)) == .refused(refusal))
        #expect(!Refusal(code: 400, text: "Invalid request").isTooLarge)
    }

    @Test func noAnswerIsNoAnswerForEach() throws {
        #expect(try batch(mails).settle(.unknown(.timeout)) == .unknown(.timeout))
        #expect(try batch(mails).settle(.busy(Busy(.http429))) == .busy(Busy(.http429)))
    }
}

import JSON
import Testing

@testable import Altcraft

/// What a fault advises: following it leads to a launch that a call takes.
@Suite(.timeLimit(.minutes(1)))
struct AdviceTests {
    private static let calls = Call.allCases.filter { $0.isLaunch && !$0.isLink }

    /// The call that the advice names, if any.
    private func advised(_ fault: LaunchFault) -> Call? {
        guard let name = fault.instead?.split(separator: " ").last else { return nil }
        return Self.calls.first { $0.name == name }
    }

    private func launch(_ call: Call, _ recipient: Recipient) -> Launch {
        var launch = Launch.campaign(1, recipient)
        if call.path.contains("workflows") { launch.target = .scenario(1) }
        if call.imports { launch.profile = ProfileImport(fields: .object([])) }
        return launch
    }

    private func form(_ call: Call) -> CallForm { call.facts.form }

    @Test(arguments: calls)
    func advisedCallTakesTheMode(call: Call) {
        for mode in Matching.allCases where !call.modes.contains(mode) {
            let faults = launch(call, .example(mode)).faults(as: form(call), options: RequestOptions())
            #expect(faults.map(\.kind) == [.modeNotTaken(mode, call)])
            guard let fault = faults.first, let advised = advised(fault) else {
                // No call of the kind takes the mode: the advice is another mode.
                #expect(faults.first?.instead?.hasPrefix("search by ") == true)
                #expect(!Self.calls.contains { $0.modes.contains(mode) && sameKind($0, call) })
                continue
            }
            #expect(advised.modes.contains(mode) && sameKind(advised, call))
        }
    }

    @Test(arguments: calls)
    func advisedCallTakesThePart(call: Call) {
        let parts: [(LaunchPart, (inout Launch) -> Void)] = [
            (.subscriptionFilter, { $0.subscriptionFilter = SubscriptionFilter(.email("a@example.com")) }),
            (
                .resourceID,
                { $0.audience = .profile(Recipient(matching: .email, email: "a@example.com", resourceID: 1)) }
            ),
            (.query, { $0.audience = .query(.object([("a", .string("b"))])) }),
            (.timeout, { $0.profile?.timeout = StartDelay(minutes: 1) }),
        ]
        for (part, add) in parts where !call.parts.contains(part) && (part != .timeout || call.imports) {
            let faults = launch(call, .email("a@example.com")).with(add).faults(
                as: form(call), options: RequestOptions())
            #expect(faults.map(\.kind) == [.partNotTaken(part, call)])
            guard let advised = faults.first.flatMap(advised) else {
                #expect(faults.first?.instead == "drop profile.timeout" && call.path.contains("workflows"))
                continue
            }
            #expect(advised.parts.contains(part) && sameKind(advised, call))
        }
    }

    @Test func adviceIsTheShortestWay() {
        let filter = SubscriptionFilter(.email("a@example.com"))
        let launch = launch(.triggerImportAndStartBatch, .email("a@example.com")).with {
            $0.subscriptionFilter = filter
        }
        let fault = launch.faults(as: .batch, options: RequestOptions()).first
        #expect(
            fault?.instead == "drop profile and drop delivery.batch, so that it goes by campaigns/triggers/start/")
        let single = self.launch(.triggerImportAndStart, .example(.emailSub))
        #expect(
            single.faults(as: .single, options: RequestOptions()).first?.instead
                == "drop profile and give the mapping delivery.batch, so that it goes by campaigns/triggers/start_batch"
        )
    }

    private func sameKind(_ one: Call, _ other: Call) -> Bool {
        one.path.contains("workflows") == other.path.contains("workflows")
    }
}

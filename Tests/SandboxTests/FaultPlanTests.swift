import Foundation
import Testing

@testable import Sandbox

@Suite("Which requests a fault hits", .timeLimit(.minutes(1)))
struct FaultPlanTests {
    private static let now = Date(timeIntervalSince1970: 1_000)

    private func plan(_ rules: [FaultRule], seed: UInt64 = 1) -> FaultPlan {
        var plan = FaultPlan(seed: seed)
        plan.add(rules, seed: nil)
        return plan
    }

    private func rule(_ kind: FaultKind, _ change: (inout FaultRule) -> Void = { _ in }) -> FaultRule {
        var rule = FaultRule(kind: kind)
        change(&rule)
        return rule
    }

    private func probe(
        _ endpoint: Endpoint = .triggerStart, _ kind: TargetKind = .campaign, _ target: Int? = 1,
        _ recipients: Set<String> = ["a@x"]
    ) -> FaultProbe {
        FaultProbe(endpoint: endpoint.rawValue, kind: kind, target: target, recipients: recipients)
    }

    @Test("A share of all requests is hit, and the same ones for the same seed", arguments: [0.0, 0.1, 0.5, 0.9, 1.0])
    func share(share: Double) {
        var patterns: [[Bool]] = []
        for seed: UInt64 in [1, 1, 2] {
            var plan = plan([rule(.cut) { $0.share = share }], seed: seed)
            patterns.append((0..<5_000).map { _ in plan.decide(probe(), now: Self.now).effect == .cut })
        }
        #expect(patterns[0] == patterns[1])
        #expect((patterns[0] != patterns[2]) == (0 < share && share < 1))
        let hits = Double(patterns[0].filter { $0 }.count) / 5_000
        #expect(abs(hits - share) < 0.03)
    }

    @Test("After so many requests it begins, and after so many hits it ends")
    func afterAndCount() {
        var plan = plan([
            rule(.hang) {
                $0.after = 3
                $0.count = 2
            }
        ])
        let hits = (0..<10).map { _ in plan.decide(probe(), now: Self.now).effect == .hang }
        #expect(hits == [false, false, false, true, true, false, false, false, false, false])
        #expect(plan.rules[0].seen == 5)
        #expect(plan.rules[0].hits == 2)
    }

    @Test("It holds from and until a time")
    func times() {
        var plan = plan([
            rule(.cut) {
                $0.from = Self.now + 10
                $0.until = Self.now + 20
            }
        ])
        let hits = [0.0, 9.9, 10, 19.9, 20, 30].map { plan.decide(probe(), now: Self.now + $0).effect == .cut }
        #expect(hits == [false, false, true, true, false, false])
    }

    @Test("It hits one recipient, one campaign, one scenario or one path, and counts only those")
    func scopes() {
        var plan = plan([
            rule(.status(500, nil)) { $0.recipient = "b@x" }, rule(.status(501, nil)) { $0.campaign = 2 },
            rule(.status(502, nil)) { $0.scenario = 2 },
            rule(.status(503, nil)) { $0.endpoint = "campaigns/triggers/get" },
        ])
        #expect(plan.decide(probe(), now: Self.now) == .none)
        #expect(
            plan.decide(probe(.triggerStart, .campaign, 1, ["a@x", "b@x"]), now: Self.now).effect == .status(500, nil))
        #expect(plan.decide(probe(.triggerStart, .campaign, 2), now: Self.now).effect == .status(501, nil))
        #expect(plan.decide(probe(.workflowStart, .scenario, 2), now: Self.now).effect == .status(502, nil))
        #expect(plan.decide(probe(.triggerGet, .campaign, 1), now: Self.now).effect == .status(503, nil))
        #expect(plan.decide(probe(.taskStatus, .campaign, nil), now: Self.now) == .none)
        #expect(plan.rules.map(\.seen) == [1, 1, 1, 1])
    }

    @Test("Waits add up, and the first other fault that hits is it")
    func combination() {
        var plan = plan([
            rule(.latency(10...10)), rule(.cut) { $0.count = 1 }, rule(.latency(5...5)), rule(.hang), rule(.slow(7)),
        ])
        let first = plan.decide(probe(), now: Self.now)
        #expect(first.delay == 15)
        #expect(first.trickle == 7)
        #expect(first.effect == .cut)
        #expect(!first.isCarriedOut)
        #expect(plan.decide(probe(), now: Self.now).effect == .hang)
    }

    @Test("Latency is drawn from its range, ends included")
    func latency() {
        var plan = plan([rule(.latency(3...6))])
        let delays = (0..<500).map { _ in plan.decide(probe(), now: Self.now).delay }
        #expect(Set(delays) == [3, 4, 5, 6])
    }

    @Test("A request is carried out when only its answer is lost")
    func carriedOut() {
        var plan = plan([rule(.cut) { $0.isCarriedOut = true }])
        #expect(plan.decide(probe(), now: Self.now).isCarriedOut)
        var other = self.plan([rule(.latency(1...1))])
        #expect(other.decide(probe(), now: Self.now).isCarriedOut)
    }

    @Test("Cutting before the body needs no body, unless the rule asks what stands in it")
    func cutBefore() {
        var plan = plan([rule(.cutBefore) { $0.count = 1 }])
        let cuts = (1...2).map { _ in plan.cutsBefore("workflows/start", now: Self.now) }
        #expect(cuts == [true, false])
        #expect(plan.decide(probe(), now: Self.now) == .none)

        var scoped = self.plan([rule(.cutBefore) { $0.recipient = "a@x" }])
        let isCut = scoped.cutsBefore("workflows/start", now: Self.now)
        #expect(!isCut)
        #expect(scoped.decide(probe(), now: Self.now).effect == .cutBefore)
    }

    @Test("Rules have numbers that are never used again")
    func numbers() {
        var plan = plan([rule(.cut), rule(.hang)])
        #expect(plan.rules.map(\.id) == [1, 2])
        let removed = (1...2).map { _ in plan.remove(1) }
        #expect(removed == [true, false])
        plan.add([rule(.garbage)], seed: 9)
        #expect(plan.rules.map(\.id) == [2, 3])
        #expect(plan.seed == 9)
        plan.clear()
        #expect(plan.isEmpty)
    }
}

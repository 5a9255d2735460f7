import JSON
import Outcome

/// Compares what came out with what a test expects.
struct TestVerdict {
    let expectation: MappingTest.Expectation
    /// Nil when the mapping does not want the event.
    let plan: MappingPlan?
    /// Which conditions do not hold, line by line, where the mapping does not want the event.
    let misses: String?

    /// What differs; none when the test passes.
    var differences: [TestDifference] {
        let outcome = self.outcome
        guard outcome == expectation.outcome else {
            return [difference("outcome", expectation.outcome.rawValue, found: described)]
        }
        return stopDifferences + requestDifferences
    }

    /// An event ends by the first of: parked, launched, skipped.
    private var outcome: MappingTest.Expectation.Outcome {
        guard let plan else { return .noMatch }
        if plan.stops.contains(where: { $0.launchClass != .skipped }) { return .park }
        return plan.launches.isEmpty ? .skip : .launch
    }

    private var described: String {
        guard let plan else { return "no_match" + (misses.map { " (\($0.replacing("\n", with: "; ")))" } ?? "") }
        guard let stop = plan.decidingStop else { return outcome.rawValue }
        return "\(outcome.rawValue) (\(stop.reason.rawValue) at \(stop.pointer): \(stop.detail))"
    }

    private var stopDifferences: [TestDifference] {
        guard let stop = plan?.decidingStop else { return [] }
        var differences: [TestDifference] = []
        if let reason = expectation.reason, reason != stop.reason.rawValue {
            differences.append(difference("reason", reason, found: "\(stop.reason.rawValue) (\(stop.detail))"))
        }
        if let pointer = expectation.pointer, pointer != stop.pointer.description {
            differences.append(difference("at", pointer, found: stop.pointer.description))
        }
        return differences
    }

    private var requestDifferences: [TestDifference] {
        let forms = plan?.launches.map(\.launch.form) ?? []
        return differences(expectation.request, forms, isPart: false)
            + differences(expectation.partOfRequest, forms, isPart: true)
    }

    private func differences(_ expected: JSONNode?, _ forms: [JSONValue], isPart: Bool) -> [TestDifference] {
        guard let expected else { return [] }
        guard expected.kind != .array else {
            return TestDifference.between(.node(expected), .array(forms), isPart: isPart)
        }
        guard forms.count == 1 else {
            return [difference("request", "one launch", found: "\(forms.count) launches; expect a list of them")]
        }
        return TestDifference.between(.node(expected), forms[0], isPart: isPart)
    }

    private func difference(_ place: String, _ expected: String, found: String) -> TestDifference {
        TestDifference(place: place, expected: .string(expected), found: .string(found))
    }
}

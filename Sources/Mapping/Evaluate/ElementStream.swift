import JSON
import Outcome

/// The elements of a `for_each` that are still to be evaluated: launches are made of them as they are wanted.
///
/// It holds the event and where its elements stand in it, and no launch. A value: taking launches out of it changes it.
package struct ElementStream {
    /// Most launches that are made of a list at once: more are held only where a batch takes them.
    static let usualWindow = 1_000

    private let evaluator: MappingEvaluator.Parts
    private let identity: EventIdentity
    private let elements: [Evaluation.FoundElement]
    private var next = 0
    private var bytesLeft: Int

    init(
        _ evaluator: MappingEvaluator.Parts, _ identity: EventIdentity, _ elements: [Evaluation.FoundElement]
    ) {
        self.evaluator = evaluator
        self.identity = identity
        self.elements = elements
        bytesLeft = evaluator.limits.eventBytes
    }

    /// The mapping.
    package var mapping: Mapping { evaluator.mapping }

    /// How many launches are made at once: twice what a call takes, so that one fills while another is out.
    package var window: Int { max(Self.usualWindow, 2 * (mapping.policy.batch?.maxItems ?? 0)) }

    /// How much memory the event takes that is held for the elements that are left, in bytes.
    package var footprint: Int {
        evaluator.body.document.footprint + elements.count * MemoryLayout<Evaluation.FoundElement>.stride
    }

    /// Whether nothing is left.
    package var isEmpty: Bool { next >= elements.count }

    /// The numbers of the elements that are left, as ranges in their order.
    package var left: [Range<Int>] {
        var ranges: [Range<Int>] = []
        for element in elements[next...] {
            if let last = ranges.last, last.upperBound == element.number {
                ranges[ranges.count - 1] = last.lowerBound..<(element.number + 1)
            } else {
                ranges.append(element.number..<(element.number + 1))
            }
        }
        return ranges
    }

    /// Makes launches of the next elements, at most so many.
    package mutating func take(_ count: Int) -> [LaunchPlan] {
        let evaluator = MappingEvaluator(evaluator, trace: nil)
        return take(count, evaluator)
    }

    mutating func take(_ count: Int, _ evaluator: MappingEvaluator) -> [LaunchPlan] {
        var evaluation = evaluator.begin()
        var outcomes: [LaunchPlan] = []
        outcomes.reserveCapacity(min(count, elements.count - next))
        while next < elements.count, outcomes.count < count {
            outcomes.append(evaluator.one(elements[next], &evaluation, identity, &bytesLeft))
            next += 1
        }
        return outcomes
    }
}

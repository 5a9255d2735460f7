package import Altcraft
import EventPattern
import JSON

/// All mappings that are in force at one time, compiled, checked against each other, and indexed.
///
/// Immutable; the bridge swaps one set for the next, and every event finishes on the set that was current when it came.
package struct MappingSet: Sendable {
    /// The mappings in the order of their names, those that are not enabled among them.
    package let mappings: [Mapping]
    /// A hash of the contents of all files, whatever their order.
    package let version: String
    /// What the mappings read of a message beside its body.
    package let reads: TransportParts
    /// What the settings decide about requests.
    package let options: RequestOptions
    private let enabled: [Mapping]
    private let index: EventIndex

    /// Makes a set of mappings whose names differ.
    package init(_ mappings: [Mapping], options: RequestOptions = RequestOptions()) {
        self.mappings = mappings.sorted { $0.name < $1.name }
        self.options = options
        enabled = self.mappings.filter(\.isEnabled)
        index = EventIndex(enabled.enumerated().map { (id: $0.offset, condition: $0.element.condition) })
        reads = enabled.reduce(into: []) { $0.formUnion($1.reads) }
        var hash = ContentHash()
        for mapping in self.mappings { hash.addDelimited("\(mapping.name) \(mapping.version)".utf8) }
        version = hash.hex(16)
    }

    /// The mapping with this name, or nil.
    package func mapping(named name: String) -> Mapping? {
        mappings.first { $0.name == name }
    }

    /// What becomes of an event.
    ///
    /// A pure function: the same event, time and set always give the same plan.
    ///
    /// - Parameter isWhole: Whether long lists are evaluated to their end now, rather than left as a stream.
    package func evaluate(
        _ event: Event, limits: EvaluationLimits = EvaluationLimits(), isWhole: Bool = true
    ) -> EventPlan {
        guard let body = event.view.body else { return EventPlan(mappings: []) }
        var plans: [MappingPlan] = []
        for number in index.match(event.view) {
            plans.append(evaluator(enabled[number], event, body, limits, nil).plan(elements: nil, isWhole: isWhole))
        }
        return EventPlan(mappings: plans)
    }

    /// What one mapping still owes of an event that has come back; nil when there is no such mapping any more.
    ///
    /// Whether the mapping wants the event is not asked again: it did when the event first came.
    package func evaluate(
        _ event: Event, mapping name: String, elements: ElementRanges? = nil,
        limits: EvaluationLimits = EvaluationLimits(), isWhole: Bool = true
    ) -> MappingPlan? {
        guard let body = event.view.body, let mapping = enabled.first(where: { $0.name == name }) else { return nil }
        return evaluator(mapping, event, body, limits, nil).plan(elements: elements, isWhole: isWhole)
    }

    /// The names of mappings that the index cannot look up.
    var residual: Set<String> { Set(index.residual.map { enabled[$0].name }) }

    func evaluator(
        _ mapping: Mapping, _ event: Event, _ body: JSONNode, _ limits: EvaluationLimits, _ trace: TraceRecorder?
    ) -> MappingEvaluator {
        MappingEvaluator(
            MappingEvaluator.Parts(mapping: mapping, event: event, body: body, options: options, limits: limits),
            trace: trace)
    }
}

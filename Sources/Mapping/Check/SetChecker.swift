import Altcraft
import EventPattern
import JSON

/// What is wrong between files that are each right by themselves.
struct SetChecker {
    /// Most overlaps that are listed for one target: who has more reads on after mending some.
    static let mostOverlaps = 200

    let mappings: [Mapping]
    /// By the file of a mapping: the paths of its conditions at which its test events hold lists.
    let lists: [String: Set<[String]>]

    /// Everything that can be said, warnings only; names that repeat are found before there is a set.
    func diagnostics(residual: Set<String>) -> [Diagnostic] {
        overlaps() + collisions() + mappings.filter { residual.contains($0.name) && !$0.isBound }.map(isResidual)
    }

    /// Two mappings that can want one event and launch the same target; each pair is said once, whatever they share.
    private func overlaps() -> [Diagnostic] {
        var byTarget: [LaunchTarget: [Mapping]] = [:]
        for mapping in mappings where mapping.isEnabled {
            for target in Set(mapping.possibleTargets.map(comparable)) { byTarget[target, default: []].append(mapping) }
        }
        var said = Set<String>()
        return byTarget.sorted { $0.key.description < $1.key.description }.flatMap { target, group in
            let arrays = Dictionary(uniqueKeysWithValues: group.enumerated().map { ($0, lists[$1.file] ?? []) })
            let pairs = EventOverlap.pairs(
                in: group.map(\.condition), arrays: arrays, limit: SetChecker.mostOverlaps)
            return pairs.map { (former: group[$0.first], later: group[$0.second], witness: $0.witness) }
                .filter { said.insert("\($0.former.name) \($0.later.name)").inserted }
                .map { overlap($0.former, $0.later, target, $0.witness) }
        }
    }

    /// The names of links are compared as the settings compare them.
    private func comparable(_ target: LaunchTarget) -> LaunchTarget {
        guard case .link(let name) = target else { return target }
        return .link(LaunchTarget.comparable(link: name))
    }

    private func overlap(
        _ former: Mapping, _ later: Mapping, _ target: LaunchTarget, _ witness: EventWitness?
    ) -> Diagnostic {
        let proof =
            witness.map { "this event would launch it twice: \($0.json.text())" }
            ?? "no event could be made that proves it; look at the two conditions"
        return diagnostic(
            .overlap, later, later.marks.when,
            "\"\(later.name)\" and \"\(former.name)\" (\(former.file)) can both want one event, and both launch \(target)",
            hint: proof)
    }

    /// Mappings that can want one event and make the same key of it; those that never meet have no key in common.
    private func collisions() -> [Diagnostic] {
        var byKey: [String: [Mapping]] = [:]
        for mapping in mappings where mapping.isEnabled {
            if let key = mapping.marks.dedupKey { byKey[key.text, default: []].append(mapping) }
        }
        var said = Set<String>()
        return byKey.sorted { $0.key < $1.key }.flatMap { _, group in
            EventOverlap.pairs(in: group.map(\.condition), limit: SetChecker.mostOverlaps)
                .map { (former: group[$0.first], later: group[$0.second]) }
                .filter { said.insert($0.later.name).inserted }
                .compactMap { collision($0.former, $0.later) }
        }
    }

    private func collision(_ former: Mapping, _ later: Mapping) -> Diagnostic? {
        guard let mark = later.marks.dedupKey?.mark else { return nil }
        return diagnostic(
            .collidingKeys, later, mark,
            "\"\(later.name)\" and \"\(former.name)\" (\(former.file)) make the same deduplication keys",
            hint:
                "repeats are counted for each mapping by itself; put its name into the key if they mean different things"
        )
    }

    private func isResidual(_ mapping: Mapping) -> Diagnostic {
        diagnostic(
            .residual, mapping, mapping.marks.when,
            "no condition of \"\(mapping.name)\" can be looked up, so every event that comes this way is compared with it",
            hint: "add a routing key, or one value that the event must have, for example \"type\": [\"order.paid\"]")
    }

    private func diagnostic(
        _ code: DiagnosticCode, _ mapping: Mapping, _ mark: MappingMarks.Mark, _ message: String, hint: String
    ) -> Diagnostic {
        Diagnostic(
            file: mapping.file, position: mark.position, code: code, pointer: mark.pointer, message: message, hint: hint
        )
    }
}

extension Mapping {
    /// Whether exchange or routing key narrow what the mapping is compared with.
    fileprivate var isBound: Bool { condition.exchanges != nil || condition.routingKeys != nil }

    /// Says that nothing is asked of an event; nil where something is.
    var wantsEverything: Diagnostic? {
        guard isEnabled, !isBound, condition.paths.isEmpty else { return nil }
        return Diagnostic(
            file: file, position: marks.when.position, code: .wantsEverything, pointer: marks.when.pointer,
            message: "\"\(name)\" wants every event",
            hint: "name a routing key or a condition on the body, for example \"body\": {\"type\": [\"order.paid\"]}")
    }

    /// Whether the file is called as the mapping is: of files with one name it is the one that has it by right.
    var hasNameOfFile: Bool { file.split(separator: "/").last.map(String.init) == "\(name).json" }

    /// Says that another file has the name.
    package func repeatsName(of holder: Mapping) -> Diagnostic {
        Diagnostic(
            file: file, position: marks.name.position, code: .duplicateName, pointer: marks.name.pointer,
            message: "\(holder.file) has the name \"\(name)\" already", hint: "names are unique; choose another one")
    }
}

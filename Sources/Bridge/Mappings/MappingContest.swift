import JSON
import Mapping

/// Settles which version of each file may be in force, when files want the same mapping or what cannot be bound.
///
/// Each file begins with its new version, if that is good, and falls back to its last good one, or to nothing, when
/// something stands against it. Falling back may make another file fall back; it ends, as no file falls more than twice.
struct MappingContest {
    private let previous: MappingState
    private let checks: [String: MappingCheck]
    private let names: [String]
    private var chosen: [String: MappingState.Live] = [:]
    private var refused: [String: MappingRefusal] = [:]

    init(previous: MappingState, files: [MappingCheck]) {
        self.previous = previous
        checks = Dictionary(files.map { ($0.file.name, $0) }, uniquingKeysWith: { first, _ in first })
        names = checks.keys.sorted()
        for (name, check) in checks {
            if let mapping = check.good {
                chosen[name] = MappingState.Live(file: check.file, mapping: mapping)
            } else {
                chosen[name] = previous.live[name]
                refused[name] = refusal(of: check)
            }
        }
    }

    /// What has been settled.
    var state: MappingState {
        var told = refused
        for name in told.keys { told[name]?.lastGood = chosen[name]?.mapping.version }
        return MappingState(live: Array(chosen.values), refused: told)
    }

    /// Lets files fall back until nothing stands against what is left.
    mutating func settle(unbindable: [TopologyPlan.Binding: String]) {
        // First, so that a mapping which nobody will have keeps its name from nobody. Once is enough: what files fall
        // back to is bound.
        fallBackOnBindings(unbindable)
        while fallBackOnNames() {}
    }

    /// Whether the file's choice is what was in force before.
    private func isSettled(_ name: String) -> Bool {
        chosen[name]?.file == previous.live[name]?.file
    }

    /// Of the files with the same mapping the one keeps it that had it before, else the first by name.
    private mutating func fallBackOnNames() -> Bool {
        var holders: [String: String] = [:]
        var hasFallen = false
        for name in names.filter(isSettled) + names.filter({ !isSettled($0) }) {
            guard let choice = chosen[name] else { continue }
            guard let holder = holders[choice.mapping.name] else {
                holders[choice.mapping.name] = name
                continue
            }
            fallBack(name, sameName(choice.mapping, as: holder))
            hasFallen = true
        }
        return hasFallen
    }

    private mutating func fallBackOnBindings(_ unbindable: [TopologyPlan.Binding: String]) {
        for name in names where !isSettled(name) {
            guard let choice = chosen[name],
                let binding = choice.mapping.bindings.first(where: { unbindable[$0] != nil })
            else { continue }
            let reason = "routing key \"\(binding.routingKey)\" of exchange \"\(binding.exchange)\" cannot be bound: "
            fallBack(name, refusal(choice.file, .binding, reason + (unbindable[binding] ?? "")))
        }
    }

    private mutating func fallBack(_ name: String, _ refusal: MappingRefusal) {
        chosen[name] = isSettled(name) ? nil : previous.live[name]
        // The first reason is the one to tell: what follows from it is none of the author's doing.
        if refused[name] == nil { refused[name] = refusal }
    }
}

// Reasons.
extension MappingContest {
    private func refusal(of check: MappingCheck) -> MappingRefusal {
        let errors = check.errors
        let more = errors.count > 1 ? " (and \(errors.count - 1) more; `trigger-bridge check` prints all)" : ""
        let reason = errors.first.map { "\($0.code.rawValue): \($0.message)" } ?? "the file has an error"
        return refusal(check.file, .fault, reason + more, at: errors.first)
    }

    private func sameName(_ mapping: Mapping, as holder: String) -> MappingRefusal {
        let file = checks[mapping.file]?.file ?? SourceFile(name: mapping.file, bytes: [])
        let said = chosen[holder].map { mapping.repeatsName(of: $0.mapping) }
        let reason = said?.message ?? "\(holder) has the mapping already"
        return refusal(file, .name, "\(DiagnosticCode.duplicateName.rawValue): \(reason)", at: said)
    }

    private func refusal(
        _ file: SourceFile, _ kind: MappingRefusal.Kind, _ reason: String, at place: Diagnostic? = nil
    ) -> MappingRefusal {
        var hash = ContentHash()
        hash.addDelimited(file.bytes)
        return MappingRefusal(
            file: place?.file ?? file.name, line: place?.position.line, column: place?.position.column, reason: reason,
            kind: kind, content: hash.hex(16))
    }
}

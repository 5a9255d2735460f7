package import JSON

/// What test events tell about conditions that can hardly be meant as they stand.
extension EventPattern {
    /// Warnings W137 and W138 for conditions that, by the samples, look at an object or for a number in a text.
    ///
    /// - Parameter samples: Values that the pattern is applied to in tests. A condition is only remarked on when no
    ///   sample shows what it looks for.
    package func remarks(on samples: [JSONNode]) -> [PatternDiagnostic] {
        locatedLists.compactMap { path, list in
            let names = paths.names(of: path)
            var seen = Seen()
            for sample in samples { seen.look(at: sample, names[...]) }
            return objectRemark(list, names, seen) ?? numberRemark(list, names, seen)
        }
    }

    /// W137: nothing but objects stands where a value is asked for.
    private func objectRemark(_ list: ValueList, _ names: [JSONName], _ seen: Seen) -> PatternDiagnostic? {
        guard seen.leaves.isEmpty, let object = seen.objects.first else { return nil }
        let name = names.last?.text ?? ""
        let inner = object.members.first { _ in true }?.name
        return PatternDiagnostic(
            code: .objectCondition, node: list.node, offset: list.node.offset,
            message: "\"\(clip(name))\" is an object in the test events, and conditions are about single values",
            hint: inner.map { "name a member of it: \"\(clip(name))\": {\"\(clip($0))\": \(clip(list.node.text()))}" })
    }

    /// W138: nothing but texts stands where a number is asked for.
    private func numberRemark(_ list: ValueList, _ names: [JSONName], _ seen: Seen) -> PatternDiagnostic? {
        let needsNumber = list.tests.contains { test in
            if case .numeric(let range) = test { !range.readsText } else { false }
        }
        guard needsNumber, let text = seen.leaves.first(where: { $0.kind == .string }),
            !seen.leaves.contains(where: { $0.kind == .number })
        else { return nil }
        let isNumber = ExactNumber(wholeText: text.utf8) != nil
        return PatternDiagnostic(
            code: .numericOnText, node: list.node, offset: list.node.offset,
            message: "\"\(clip(names.last?.text ?? ""))\" is the text \(clip(text.text())) in the test events, "
                + "and \"numeric\" looks at numbers only",
            hint: isNumber
                ? "add \"text\": true to read numbers in texts: {\"numeric\": […], \"text\": true}"
                : "compare texts with \"prefix\", \"suffix\" or \"wildcard\"")
    }
}

/// What stands at a path in samples.
private struct Seen {
    var leaves: [JSONNode] = []
    var objects: [JSONNode] = []

    /// Most values that are kept of each sort.
    private static let most = 1_000

    /// Collects what stands at a path, through lists on the way and at its end.
    mutating func look(at value: JSONNode, _ names: ArraySlice<JSONName>) {
        guard leaves.count < Self.most, objects.count < Self.most else { return }
        switch value.kind {
        case .array: for element in value.elements { look(at: element, names) }
        case .object:
            guard let name = names.first else {
                objects.append(value)
                return
            }
            if let member = value.member(name) { look(at: member, names.dropFirst()) }
        default: if names.isEmpty { leaves.append(value) }
        }
    }
}

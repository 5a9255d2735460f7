import JSON

/// `anything-but`.
extension PatternCompiler {
    /// Reads what must not be: a value, a list of values of one kind, or one operator on texts.
    mutating func anythingBut(_ value: JSONNode) -> AnythingBut? {
        switch value.kind {
        case .string, .number: return exceptions([value])
        case .array:
            if value.count == 0 { nothingLeftOut(value) }
            return exceptions(Array(value.elements))
        case .object: return forms(value)
        default:
            report(
                .mixedAnythingBut, value,
                "\"anything-but\" takes a text, a number, a list of either, or an operator, not \(value.kind.noun)",
                hint: value.isNull
                    ? "write [{\"exists\": true}] for any value; what is allowed instead of null is listed"
                    : "true and false are chosen by listing the other one: [false]")
            return nil
        }
    }

    private mutating func nothingLeftOut(_ value: JSONNode) {
        report(
            .mixedAnythingBut, value, "\"anything-but\" names nothing to leave out",
            hint: "for example {\"anything-but\": [\"cancelled\"]}, or {\"exists\": true} for any value")
    }

    /// Reads values that are named one by one, and reports each that does not belong.
    private mutating func exceptions(_ values: [JSONNode]) -> AnythingBut? {
        guard let first = values.first else { return nil }
        var isSound = true
        for value in values {
            if value.kind != .string, value.kind != .number {
                report(
                    .mixedAnythingBut, value, "\"anything-but\" lists texts or numbers, not \(value.kind.noun)",
                    hint: "true, false and null are chosen by listing what is allowed instead")
                isSound = false
            } else if first.kind == .string || first.kind == .number, value.kind != first.kind {
                report(
                    .mixedAnythingBut, value, "texts and numbers are mixed in one \"anything-but\"",
                    hint: "list values of one kind")
                isSound = false
            }
        }
        guard isSound else { return nil }
        if first.kind == .number { return .numbers(NumberLiterals(values.map { ExactNumber($0.rawBytes) })) }
        let names = values.map { JSONName($0.string ?? "") }
        return .texts(names, TextLiterals(names))
    }

    /// Reads the one operator inside, and reports all others.
    private mutating func forms(_ value: JSONNode) -> AnythingBut? {
        let allowed = Operator.insideAnythingBut
        var result: AnythingBut?
        if value.count == 0 { nothingLeftOut(value) }
        for member in value.members {
            guard let known = Operator(rawValue: member.name), allowed.contains(known) else {
                unknown(member, among: allowed.map(\.rawValue))
                continue
            }
            if value.count > 1 {
                report(
                    .unknownOperator, member, "\"anything-but\" takes one operator, not \(value.count)",
                    hint: "a list of texts may stand behind one operator: {\"prefix\": [\"a\", \"b\"]}")
            }
            result = forms(member.value, known)
        }
        return value.count == 1 ? result : nil
    }

    /// Reads the operand of that operator: a text or a list of texts.
    private mutating func forms(_ value: JSONNode, _ known: Operator) -> AnythingBut? {
        let values = value.kind == .array ? Array(value.elements) : [value]
        if values.isEmpty { nothingLeftOut(value) }
        var forms: [TextTest] = []
        for value in values {
            switch known {
            case .prefix, .suffix:
                guard value.kind != .object else {
                    report(
                        .unknownOperator, value, "\"\(known.rawValue)\" inside \"anything-but\" takes texts only",
                        hint: "write {\"anything-but\": {\"\(known.rawValue)\": \"text\"}}")
                    continue
                }
                if let form = affix(value, known) { forms.append(form) }
            case .wildcard: if let wildcard = wildcard(value) { forms.append(.wildcard(wildcard)) }
            default: if let text = text(value, known) { forms.append(.foldedEqual(FoldedText(text))) }
            }
        }
        return !values.isEmpty && forms.count == values.count ? .forms(forms, TextForms(forms)) : nil
    }
}

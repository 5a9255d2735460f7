import JSON

/// Value lists and their operators (section 4.2).
extension PatternCompiler {
    /// Reads a list; entries with faults are reported and left out.
    mutating func list(_ node: JSONNode) -> ValueList {
        if node.count == 0 {
            report(.notAList, node, "an empty list accepts nothing", hint: "write [{\"exists\": true}] for any value")
        }
        var tests: [ValueTest] = []
        for entry in node.elements {
            if let test = test(entry) { tests.append(test) }
        }
        return ValueList(node: node, tests: tests)
    }

    /// Reads one entry: a literal or an operator.
    private mutating func test(_ entry: JSONNode) -> ValueTest? {
        switch entry.kind {
        case .string: return .text(JSONName(entry.string ?? ""))
        case .number: return .number(ExactNumber(entry.rawBytes))
        case .bool: return .bool(entry.bool == true)
        case .null: return .null
        case .object: return operatorTest(entry)
        case .array:
            report(
                .notAList, entry, "a list inside a list of values is no value",
                hint: "events that hold lists are looked through: name the values themselves")
            return nil
        case .opaque:
            report(.notAList, entry, "bytes are no value of a pattern", hint: "write a text")
            return nil
        }
    }

    /// Reads an operator: one known name, and beside it at most the companion it takes.
    private mutating func operatorTest(_ entry: JSONNode) -> ValueTest? {
        let members = Array(entry.members)
        guard let first = members.first else {
            report(.unknownOperator, entry, "an empty object is no operator", hint: operatorChoice)
            return nil
        }
        guard let main = members.first(where: { Operator(rawValue: $0.name) != nil }),
            let known = Operator(rawValue: main.name)
        else {
            unknown(first, among: Operator.names)
            return nil
        }
        var isAlone = true
        for member in members where member.nameNode != main.nameNode {
            if known == .numeric, member.name == Operator.textCompanion { continue }
            isAlone = false
            companion(member, of: known)
        }
        let test = operand(main, known, entry)
        return isAlone ? test : nil
    }

    private var operatorChoice: String { "the operators are " + Operator.names.joined(separator: ", ") }

    /// Reports a name that is no operator here, with the nearest that is.
    mutating func unknown(_ member: JSONMember, among names: [String]) {
        let name = member.name
        report(
            .unknownOperator, member, "there is no operator \"\(clip(name))\" here",
            hint: Spelling.nearest(name, among: names).map { "did you mean \"\($0)\"?" }
                ?? "the operators here are " + names.joined(separator: ", "))
    }

    /// Reports a second name beside an operator.
    private mutating func companion(_ member: JSONMember, of known: Operator) {
        let name = member.name
        var hint = "one operator an object: [{\"\(known.rawValue)\": …}, {…}] means either"
        if known == .numeric, Spelling.nearest(name, among: [Operator.textCompanion]) != nil {
            hint = "did you mean \"\(Operator.textCompanion)\"?"
        }
        report(
            .unknownOperator, member, "\"\(clip(name))\" cannot stand beside \"\(known.rawValue)\"", hint: hint)
    }

    /// Reads what an operator is given.
    private mutating func operand(_ member: JSONMember, _ known: Operator, _ entry: JSONNode) -> ValueTest? {
        let value = member.value
        switch known {
        case .exactly: return text(value, known).map { .text(JSONName($0)) }
        case .prefix, .suffix: return affix(value, known).map { .form($0) }
        case .equalsIgnoreCase: return text(value, known).map { .form(.foldedEqual(FoldedText($0))) }
        case .wildcard: return wildcard(value).map { .form(.wildcard($0)) }
        case .anythingBut: return anythingBut(value).map { .anythingBut($0) }
        case .numeric: return numeric(value, companion: entry[Operator.textCompanion]).map { .numeric($0) }
        case .exists:
            if let exists = value.bool { return .exists(exists) }
            report(
                .unknownOperator, value, "\"exists\" takes true or false, not \(value.kind.noun)",
                hint: value.kind == .string ? "write it without quotes" : "write {\"exists\": true}")
            return nil
        case .cidr:
            guard let text = text(value, known) else { return nil }
            if let block = AddressBlock(text) { return .cidr(block) }
            report(
                .unknownOperator, value, "\"\(clip(text))\" is no block of addresses",
                hint: "write an address, a slash and the length of the mask, as in \"10.0.0.0/8\" or \"2001:db8::/32\"")
            return nil
        }
    }

    /// Reads a text, or reports that there is none.
    mutating func text(_ value: JSONNode, _ known: Operator) -> String? {
        if let text = value.string { return text }
        report(
            .unknownOperator, value, "\"\(known.rawValue)\" takes a text, not \(value.kind.noun)",
            hint: known == .exactly && value.kind != .object && value.kind != .array
                ? "list the value itself: [\(clip(value.text()))]" : "write {\"\(known.rawValue)\": \"text\"}")
        return nil
    }

    /// Reads a beginning or an end, exact or without regard to case.
    mutating func affix(_ value: JSONNode, _ known: Operator) -> TextTest? {
        if value.kind == .object { return foldedAffix(value, known) }
        guard let text = text(value, known) else { return nil }
        guard !text.isEmpty else {
            emptyAffix(value, known)
            return nil
        }
        return known == .prefix ? .prefix(Array(text.utf8)) : .suffix(Array(text.utf8))
    }

    /// Reads `{"equals-ignore-case": "…"}` inside `prefix` or `suffix`.
    private mutating func foldedAffix(_ value: JSONNode, _ known: Operator) -> TextTest? {
        var inner: JSONNode?
        var faulty = value.count == 0
        if faulty {
            report(
                .unknownOperator, value, "an empty object is no operator",
                hint: "write {\"\(known.rawValue)\": \"text\"}")
        }
        for member in value.members {
            if member.name == Operator.equalsIgnoreCase.rawValue {
                inner = member.value
            } else {
                faulty = true
                unknown(member, among: [Operator.equalsIgnoreCase.rawValue])
            }
        }
        guard let inner, let text = text(inner, .equalsIgnoreCase), !faulty else { return nil }
        guard !text.isEmpty else {
            emptyAffix(inner, known)
            return nil
        }
        return known == .prefix ? .foldedPrefix(FoldedText(text)) : .foldedSuffix(FoldedText(text))
    }

    /// An empty beginning or end is refused, because it would accept any text without saying so.
    private mutating func emptyAffix(_ value: JSONNode, _ known: Operator) {
        report(
            .unknownOperator, value, "an empty \(known.rawValue) would accept any text",
            hint: "write {\"wildcard\": \"*\"} for any text, or {\"exists\": true} for any value")
    }

    /// Reads the text of a wildcard.
    mutating func wildcard(_ value: JSONNode) -> Wildcard? {
        guard let text = text(value, .wildcard) else { return nil }
        do {
            return try Wildcard(text)
        } catch {
            wildcardFault(error, value)
            return nil
        }
    }

    private mutating func wildcardFault(_ fault: Wildcard.Fault, _ value: JSONNode) {
        switch fault {
        case .adjacentStars:
            report(
                .wildcardSyntax, value, "two stars stand side by side in \(clip(value.text()))",
                hint: "one \"*\" is any run of characters already; a star itself is written \"\\\\*\"")
        case .unknownEscape(let character):
            let found = character.map { "\"\\\($0)\"" } ?? "a \"\\\" at the end"
            report(
                .wildcardSyntax, value, "\(found) is no escape of a wildcard",
                hint: "only \"\\*\" and \"\\\\\" are; inside JSON each \"\\\" is written twice")
        }
    }
}

import JSON

/// Section 4 of the language, written straight from its words and pseudo-code: slow, recursive, and the judge.
///
/// It works on `JSONValue` and shares no code with the target beyond number comparison of the JSON module.
enum NaiveMatcher {
    indirect enum Tree {
        case list([JSONValue])
        case object([(name: String, tree: Tree)])
    }

    static func matches(pattern: JSONValue, value: JSONValue?) -> Bool {
        trees(pattern).contains { tree(.object($0), value) }
    }

    // MARK: Phase (a)

    typealias Members = [(name: String, tree: Tree)]

    static func trees(_ pattern: JSONValue) -> [Members] {
        var results: [Members] = [[]]
        for member in pattern.members ?? [] {
            let alternatives: [Members]
            if member.name == "$or" {
                alternatives = (member.value.elements ?? []).flatMap(trees)
            } else if let list = member.value.elements {
                alternatives = [[(member.name, .list(list))]]
            } else {
                alternatives = trees(member.value).map { [(member.name, .object($0))] }
            }
            results = results.flatMap { left in alternatives.map { merge(left, $0) } }
        }
        return results
    }

    static func merge(_ left: Members, _ right: Members) -> Members {
        var merged = left
        for member in right {
            if case .object(let theirs) = member.tree,
                let place = merged.firstIndex(where: { same($0.name, member.name) && isObject($0.tree) }),
                case .object(let mine) = merged[place].tree
            {
                merged[place].tree = .object(merge(mine, theirs))
            } else {
                merged.append(member)
            }
        }
        return merged
    }

    private static func isObject(_ tree: Tree) -> Bool {
        if case .object = tree { true } else { false }
    }

    // MARK: Phase (b)

    static func tree(_ pattern: Tree, _ value: JSONValue?) -> Bool {
        guard case .object(let members) = pattern else { return false }
        if let elements = value?.elements {
            let containers = elements.filter { $0.elements != nil || $0.members != nil }
            return containers.isEmpty ? absent(pattern) : containers.contains { tree(pattern, $0) }
        }
        guard let value, value.members != nil else { return absent(pattern) }
        return members.allSatisfy { member in
            let found = value.members?.first { same($0.name, member.name) }?.value
            switch member.tree {
            case .list(let list): return field(list, found)
            case .object: return tree(member.tree, found)
            }
        }
    }

    static func absent(_ pattern: Tree) -> Bool {
        switch pattern {
        case .list(let list): list.contains(where: isExistsFalse)
        case .object(let members): members.allSatisfy { absent($0.tree) }
        }
    }

    static func field(_ list: [JSONValue], _ value: JSONValue?) -> Bool {
        let leaves = value.map(leaves) ?? []
        if leaves.isEmpty { return list.contains(where: isExistsFalse) }
        return leaves.contains { leaf in list.contains { accepts($0, leaf) } }
    }

    static func leaves(_ value: JSONValue) -> [JSONValue] {
        if let elements = value.elements { return elements.flatMap(leaves) }
        return value.members == nil ? [value] : []
    }

    static func isExistsFalse(_ entry: JSONValue) -> Bool {
        entry["exists"]?.bool == false
    }

    // MARK: Operators

    static func accepts(_ entry: JSONValue, _ leaf: JSONValue) -> Bool {
        guard let members = entry.members else { return equal(entry, leaf) }
        guard let name = members.first(where: { $0.name != "text" })?.name, let operand = entry[name] else {
            return false
        }
        switch name {
        case "exists": return operand.bool == true
        case "numeric":
            var number = leaf.number
            if entry["text"]?.bool == true, let text = leaf.string { number = JSONNumber(text) }
            return number.map { inRange($0, operand.elements ?? []) } ?? false
        case "anything-but": return anythingBut(operand, leaf)
        default: return leaf.string.map { form(name, operand, Array($0.unicodeScalars)) } ?? false
        }
    }

    static func equal(_ left: JSONValue, _ right: JSONValue) -> Bool {
        guard left.kind == right.kind else { return false }
        if let mine = left.string, let theirs = right.string { return same(mine, theirs) }
        return left == right
    }

    /// Equal by code points, where `==` of strings is canonical equivalence.
    static func same(_ left: String, _ right: String) -> Bool {
        left.unicodeScalars.elementsEqual(right.unicodeScalars)
    }

    static func inRange(_ number: JSONNumber, _ parts: [JSONValue]) -> Bool {
        stride(from: 0, to: parts.count, by: 2).allSatisfy { place in
            guard let bound = parts[place + 1].number else { return false }
            switch parts[place].string {
            case "=": return number == bound
            case "<": return number < bound
            case "<=": return number <= bound
            case ">": return number > bound
            case ">=": return number >= bound
            default: return false
            }
        }
    }

    static func anythingBut(_ operand: JSONValue, _ leaf: JSONValue) -> Bool {
        if let members = operand.members, let (name, inner) = members.first {
            guard let text = leaf.string else { return true }
            let forms = inner.elements ?? [inner]
            return !forms.contains { form(name, $0, Array(text.unicodeScalars)) }
        }
        return !(operand.elements ?? [operand]).contains { equal($0, leaf) }
    }

    static func form(_ name: String, _ operand: JSONValue, _ text: [Unicode.Scalar]) -> Bool {
        if let inner = operand["equals-ignore-case"]?.string {
            let wanted = folded(Array(inner.unicodeScalars))
            return name == "prefix" ? folded(text).starts(with: wanted) : ends(folded(text), with: wanted)
        }
        guard let word = operand.string else { return false }
        let wanted = Array(word.unicodeScalars)
        switch name {
        case "exactly": return text == wanted
        case "prefix": return text.starts(with: wanted)
        case "suffix": return ends(text, with: wanted)
        case "equals-ignore-case": return folded(text) == folded(wanted)
        case "wildcard": return wildcard(wanted[...], text[...])
        case "cidr": return cidr(word, text)
        default: return false
        }
    }

    /// Version 4 only, bit by bit.
    static func cidr(_ block: String, _ text: [Unicode.Scalar]) -> Bool {
        let parts = block.split(separator: "/")
        guard parts.count == 2, let length = Int(parts[1]), let network = bits(String(parts[0])),
            let address = bits(String(String.UnicodeScalarView(text)))
        else { return false }
        return network.prefix(length) == address.prefix(length)
    }

    private static func bits(_ address: String) -> [Bool]? {
        let numbers = address.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard numbers.count == 4, numbers.map({ $0.map(String.init) ?? "" }).joined(separator: ".") == address else {
            return nil
        }
        return numbers.flatMap { number in (0..<8).reversed().map { (number ?? 0) >> UInt8($0) & 1 == 1 } }
    }

    static func ends<Item: Equatable>(_ text: [Item], with suffix: [Item]) -> Bool {
        text.reversed().starts(with: suffix.reversed())
    }

    /// Case folding by the standard library's mappings where they are one scalar: enough for the letters of these tests.
    static func folded(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        text.map { scalar in
            let upper = single(scalar.properties.uppercaseMapping, else: scalar)
            return single(upper.properties.lowercaseMapping, else: upper)
        }
    }

    private static func single(_ mapping: String, else scalar: Unicode.Scalar) -> Unicode.Scalar {
        mapping.unicodeScalars.count == 1 ? mapping.unicodeScalars.first ?? scalar : scalar
    }

    static func wildcard(_ pattern: ArraySlice<Unicode.Scalar>, _ text: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == "*" {
            return wildcard(pattern.dropFirst(), text) || (!text.isEmpty && wildcard(pattern, text.dropFirst()))
        }
        let isEscape = first == "\\"
        guard let literal = isEscape ? pattern.dropFirst().first : first, text.first == literal else { return false }
        return wildcard(pattern.dropFirst(isEscape ? 2 : 1), text.dropFirst())
    }
}

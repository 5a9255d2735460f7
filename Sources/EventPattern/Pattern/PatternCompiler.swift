import JSON

/// Reads a pattern and collects everything that is wrong with it.
///
/// Phase (a) of the definition in two steps: the text becomes a table of paths, value lists and nested choices; then the
/// choices are multiplied out (`PatternCompiler+Distribution.swift`).
struct PatternCompiler {
    /// An object of the pattern: lists and alternatives that all must hold.
    final class Group {
        var conditions: [PatternCondition] = []
        var nested: [Group] = []
        var choices: [(node: JSONNode, branches: [Group])] = []
    }

    let limits: PatternLimits
    var diagnostics: [PatternDiagnostic] = []
    var paths = PathTable()
    var lists: [ValueList] = []

    init(limits: PatternLimits) {
        self.limits = limits
    }

    /// Reads the outermost object; nil where it cannot be one.
    mutating func group(root: JSONNode) -> Group? {
        guard root.kind == .object else {
            report(
                .notAList, root, "a pattern is an object of member names and lists of values, not \(root.kind.noun)",
                hint: "write {\"name\": [\"value\"]}")
            return nil
        }
        return group(root, path: PathTable.root, depth: 1)
    }

    /// Reads an object: each member is a list, an object or the alternatives.
    private mutating func group(_ node: JSONNode, path: Int, depth: Int) -> Group {
        let group = Group()
        guard depth <= limits.depth else {
            report(
                .beyondLimits, node, "the pattern is nested deeper than \(limits.depth) objects",
                hint: "name fewer members on the way")
            return group
        }
        if node.count == 0 {
            report(
                .notAList, node, "an empty object is no condition",
                hint: "leave the member out, or write {\"name\": [{\"exists\": true}]}")
        }
        var names: Set<JSONName> = []
        for member in node.members {
            let name = JSONName(member.name)
            guard names.insert(name).inserted else {
                report(
                    .duplicateName, member, "\"\(clip(name.text))\" is given twice in one object",
                    hint: "remove one of the two")
                continue
            }
            if let instead = PatternCompiler.queryOperators[name.text] {
                report(
                    .unknownOperator, member, "there is no operator \"\(name.text)\" in conditions", hint: instead)
            } else if name.text.lowercased() == "or", isChoice(member.value) {
                report(
                    .unknownOperator, member, "there is no operator \"\(name.text)\" in conditions",
                    hint: "did you mean \"\(Operator.or)\"?")
            } else if name.text == Operator.or {
                choice(member, path: path, depth: depth, into: group)
            } else {
                condition(member, path: paths.child(of: path, named: name), depth: depth, into: group)
            }
        }
        return group
    }

    /// Whether a list holds what only the branches of `$or` can be: objects of conditions, and no operators.
    private func isChoice(_ node: JSONNode) -> Bool {
        node.kind == .array && node.count > 1
            && node.elements.allSatisfy { branch in
                branch.kind == .object && !branch.members.contains { Operator(rawValue: $0.name) != nil }
            }
    }

    /// Reads the value of a member that is not `$or`.
    private mutating func condition(_ member: JSONMember, path: Int, depth: Int, into group: Group) {
        switch member.value.kind {
        case .array:
            group.conditions.append(PatternCondition(path: path, list: lists.count))
            lists.append(list(member.value))
        case .object:
            if let (known, operand) = misplacedOperator(member.value) {
                let companion = member.value.count == 2 ? ", \"\(Operator.textCompanion)\": true" : ""
                report(
                    .notAList, member.value, "the operator \"\(known)\" stands outside a list",
                    hint: "write \"\(clip(member.name))\": [{\"\(known)\": \(clip(operand.text()))\(companion)}]")
                return
            }
            group.nested.append(self.group(member.value, path: path, depth: depth + 1))
        default:
            report(
                .notAList, member.value, "a condition is a list of values, not \(member.value.kind.noun)",
                hint: "write \"\(clip(member.name))\": [\(clip(member.value.text()))]")
        }
    }

    /// An object that can only have been meant as an operator: its name is one, and what follows is no condition.
    ///
    /// An event may have a member `prefix`; none has one that is called `anything-but`, or is compared with `">"`.
    private func misplacedOperator(_ node: JSONNode) -> (String, JSONNode)? {
        guard let main = node.members.first(where: { Operator(rawValue: $0.name) != nil }),
            let known = Operator(rawValue: main.name)
        else { return nil }
        let hasCompanion = known == .numeric && node.count == 2 && node[Operator.textCompanion]?.kind == .bool
        guard node.count == 1 || hasCompanion else { return nil }
        switch main.value.kind {
        case .object: return nil
        case .array:
            let isCompared =
                known == .numeric && main.value.element(0)?.string.map(Operator.comparisons.contains) == true
            guard isCompared || known == .anythingBut || known == .equalsIgnoreCase else { return nil }
        default: break
        }
        return (main.name, main.value)
    }

    /// Operators of another language of queries, and what stands for them here.
    private static let queryOperators = [
        "$in": "write the list itself: \"status\": [\"paid\", \"new\"]", "$eq": "write \"status\": [\"paid\"]",
        "$ne": "write [{\"anything-but\": …}]", "$nin": "write [{\"anything-but\": […]}]",
        "$gt": "write [{\"numeric\": [\">\", …]}]", "$gte": "write [{\"numeric\": [\">=\", …]}]",
        "$lt": "write [{\"numeric\": [\"<\", …]}]", "$lte": "write [{\"numeric\": [\"<=\", …]}]",
        "$exists": "write [{\"exists\": true}]", "$regex": "write [{\"wildcard\": \"*…*\"}]",
        "$and": "conditions of one object must all hold", "$not": "write [{\"anything-but\": …}]",
        "$nor": "write [{\"anything-but\": …}]",
    ]

    /// Reads the branches of an `$or`, each a pattern over the same object.
    private mutating func choice(_ member: JSONMember, path: Int, depth: Int, into group: Group) {
        let node = member.value
        guard node.kind == .array, node.count >= 2 else {
            let found = node.kind == .array ? "a list of \(node.count)" : node.kind.noun
            report(
                .notAList, node, "\"$or\" takes a list of at least two patterns, not \(found)",
                hint: "write \"$or\": [{…}, {…}]")
            return
        }
        var branches: [Group] = []
        for branch in node.elements {
            guard branch.kind == .object else {
                report(
                    .notAList, branch, "a branch of \"$or\" is a pattern (an object), not \(branch.kind.noun)",
                    hint: "write \"$or\": [{…}, {…}]")
                continue
            }
            for inner in branch.members where Operator(rawValue: inner.name) != nil {
                report(
                    .notAList, inner, "a branch of \"$or\" names members, and \"\(inner.name)\" is an operator",
                    hint: "write {\"member\": [{\"\(inner.name)\": …}]}")
            }
            branches.append(self.group(branch, path: path, depth: depth + 1))
        }
        group.choices.append((node, branches))
    }

    /// Points to a value.
    mutating func report(_ code: PatternDiagnostic.Code, _ node: JSONNode, _ message: String, hint: String? = nil) {
        diagnostics.append(
            PatternDiagnostic(code: code, node: node, offset: node.offset, message: message, hint: hint))
    }

    /// Points to the name of a member rather than to its value.
    mutating func report(_ code: PatternDiagnostic.Code, _ member: JSONMember, _ message: String, hint: String? = nil) {
        diagnostics.append(
            PatternDiagnostic(
                code: code, node: member.value, offset: member.nameNode.offset, message: message, hint: hint))
    }
}

/// A text cut to what a message can carry.
func clip(_ text: String, to count: Int = 60) -> String {
    text.count <= count ? text : text.prefix(count) + "…"
}

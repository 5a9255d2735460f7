import EventPattern
import JSON

/// Conditions on members that no test event has: hardly ever anything but a slip of the pen.
struct MemberRemarks {
    let mapping: Mapping
    /// A pattern and what it is asked of in the test events.
    let pattern: EventPattern
    let part: EventPart
    let samples: [JSONNode]
    /// What `samples` are, with their verb: `no test event has`.
    let subject: String

    /// Most elements of a list that are looked at.
    private static let mostElements = 1_000

    /// The warnings W222, once for each condition that needs its member.
    var diagnostics: [Diagnostic] {
        guard !samples.isEmpty else { return [] }
        var said = Set<JSONPointer>()
        return pattern.conditionPaths(part).compactMap(diagnostic).filter { said.insert($0.pointer).inserted }
    }

    private func diagnostic(_ path: ConditionPath) -> Diagnostic? {
        // A name that looks like a path has been remarked on without events.
        guard !path.acceptsAbsent, !path.names.contains(where: PathText.looksLikePath) else { return nil }
        var open = samples
        for (depth, name) in path.names.enumerated() {
            let found = open.flatMap { values(name, in: $0) }
            if found.isEmpty { return absent(depth, path, beside: open.flatMap(names)) }
            open = found
        }
        return nil
    }

    /// What a name selects, through lists and lists in lists.
    private func values(_ name: String, in node: JSONNode) -> [JSONNode] {
        guard node.kind == .array else { return [node[name]].compactMap(\.self) }
        return node.elements.prefix(Self.mostElements).flatMap { values(name, in: $0) }
    }

    private func names(in node: JSONNode) -> [String] {
        guard node.kind == .array else { return node.members.map(\.name) }
        return node.elements.prefix(Self.mostElements).flatMap(names)
    }

    private func absent(_ depth: Int, _ path: ConditionPath, beside names: [String]) -> Diagnostic? {
        guard let (member, way) = member(depth, on: path.node.location, in: path.node.document.root) else { return nil }
        let name = path.names[depth]
        let holder = depth > 0 ? " in \"\(path.names[depth - 1])\"" : ""
        return Diagnostic(
            file: mapping.file,
            position: JSONPosition(offset: member.nameNode.offset, in: path.node.document.bytes),
            code: .memberNeverPresent, pointer: JSONPointer(way),
            message: "\(subject) \"\(name.prefix(60))\"\(holder)", hint: hint(name, path.part, names))
    }

    private func hint(_ name: String, _ part: EventPart, _ names: [String]) -> String {
        if EventPattern.operatorNames.contains(name) { return "\"\(name)\" is an operator: write [{\"\(name)\": …}]" }
        if let foreign = PathText.foreignLetter(name) { return foreign }
        if let near = ClosestName.hint(name, among: names) { return near }
        if part == .body, name.contains("."), let nested = PathText.nested(name) {
            return "a dot is part of the name here; write \(nested)"
        }
        return "check the spelling, or add a test whose event has it"
    }

    /// The member of the pattern that stands so deep, and the way to it from the root of the file.
    private func member(
        _ depth: Int, on way: [JSONStep], in root: JSONNode
    ) -> (member: JSONMember, way: [JSONStep])? {
        let start = pattern.node.location.count
        var node = root
        var passed = 0
        for (place, step) in way.enumerated() {
            switch step {
            case .index(let number):
                guard let element = node.element(number) else { return nil }
                node = element
            case .name(let name):
                guard let member = node.members.first(where: { $0.name == name }) else { return nil }
                if place >= start, name != "$or" {
                    if passed == depth { return (member, Array(way[...place])) }
                    passed += 1
                }
                node = member.value
            }
        }
        return nil
    }
}

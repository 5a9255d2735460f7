import Functions
import JSON
import JSONPath

/// Templates: everything that gives a value.
extension MappingCompiler {
    /// Compiles a value of the file.
    func template(_ place: Place, _ scope: AtScope) -> Compiled {
        switch place.node.kind {
        case .string where PathText.looksLikePath(place.text ?? ""):
            return shorthand(place, scope)
        case .array: return list(place, scope)
        case .object: return object(place, scope)
        case .string:
            remarkOnText(place, scope)
            return constant(place)
        default: return constant(place)
        }
    }

    private func constant(_ place: Place) -> Compiled {
        Compiled(template: .constant(.node(place.node)), facts: .constant(ValueType(of: place.node.kind)))
    }

    /// What stands in for a faulty part, so that the rest can be checked.
    func faulty(_ type: ValueType = .any) -> Compiled {
        let facts = TemplateFacts(type: type, uses: [.event, .element], isAlwaysThere: false)
        return Compiled(template: .constant(.null), facts: facts)
    }

    /// A text that is a path: short for `{"$path": …}`.
    private func shorthand(_ place: Place, _ scope: AtScope) -> Compiled {
        guard let query = query(place, scope) else { return faulty() }
        guard query.isSingular else {
            let own = ownPath(query).map { "write \"\($0)\" for the element's own" }
            notSingular(
                place, query,
                hint: own ?? "write {\"$path\": \"\(query.text)\", \"take\": \"first\"}, or \"all\" for a list")
            return faulty()
        }
        let source = Instruction.Source.path(PathSource(query: query, take: nil))
        let instruction = Instruction(source: source, place: keep(place))
        return Compiled(
            template: .instruction(instruction),
            facts: TemplateFacts(type: .any, uses: uses(query, scope), isAlwaysThere: false))
    }

    private func list(_ place: Place, _ scope: AtScope) -> Compiled {
        let elements = place.elements.map { (place: $0, compiled: template($0, scope)) }
        let parts = elements.map(\.compiled)
        guard !elements.allSatisfy({ $0.compiled.template.isValue(of: $0.place) }) else {
            return Compiled(template: .constant(.node(place.node)), facts: .constant(.list))
        }
        let whole = Template.array(elements.map { .init(place: keep($0.place), template: $0.compiled.template) })
        return Compiled(template: whole, facts: .joining(parts, gives: .list))
    }

    /// An object: an instruction where a key begins with one dollar, else members.
    private func object(_ place: Place, _ scope: AtScope) -> Compiled {
        let members = place.members
        let dollars = members.filter { $0.name.hasPrefix("$") && !$0.name.hasPrefix("$$") }
        guard dollars.isEmpty else { return instruction(place, members, dollars, scope) }
        remarkOnObject(members)
        let compiled = members.map { (member: $0, compiled: template($0.place, scope)) }
        let parts = compiled.map(\.compiled)
        let isPlain = compiled.allSatisfy {
            $0.compiled.template.isValue(of: $0.member.place) && $0.member.name.first != "$"
        }
        guard !isPlain else {
            return Compiled(template: .constant(.node(place.node)), facts: .constant(.any))
        }
        let whole = Template.object(
            compiled.map { entry in
                .init(
                    name: MappingCompiler.unescaped(entry.member.name), place: keep(entry.member.place),
                    template: entry.compiled.template)
            })
        return Compiled(template: whole, facts: .joining(parts, gives: .any))
    }

    /// `$$x` writes a key `$x`.
    private static func unescaped(_ name: String) -> String {
        name.hasPrefix("$$") ? String(name.dropFirst()) : name
    }
}

extension Template {
    /// Whether the template is the value of the file as it stands there.
    fileprivate func isValue(of place: Place) -> Bool {
        if case .constant(.node(let node)) = self { return node == place.node }
        return false
    }
}

extension TemplateFacts {
    /// The facts of something made of parts.
    static func joining(_ parts: [Compiled], gives type: ValueType) -> TemplateFacts {
        TemplateFacts(
            type: type, uses: parts.reduce(into: []) { $0.formUnion($1.facts.uses) },
            isAlwaysThere: parts.allSatisfy(\.facts.isAlwaysThere))
    }
}

extension ValueType {
    /// The type of a constant.
    init(of kind: JSONKind) {
        switch kind {
        case .string: self = .text
        case .number: self = .number
        case .bool: self = .bool
        case .array: self = .list
        case .object, .null, .opaque: self = .any
        }
    }
}

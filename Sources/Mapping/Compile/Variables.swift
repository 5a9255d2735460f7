import EventPattern
import Functions
import JSON

/// The `let` section while it is compiled: each variable when it is first asked for, so that circles come to light.
struct Variables {
    /// How far a variable is.
    enum State {
        case waiting
        /// Being compiled: whoever asks for it now closes a circle.
        case begun
        case done(Compiled)
    }

    /// One variable.
    struct Variable {
        let declaration: NamedPlace
        let place: PlaceID
        var state = State.waiting
        var isUsed = false
    }

    var all: [Variable] = []
    private var slots: [JSONName: Int] = [:]

    /// The number of a variable, or nil.
    func slot(_ name: String) -> Int? { slots[JSONName(name)] }

    /// The names in the order of the file.
    var names: [String] { all.map(\.declaration.name) }

    mutating func declare(_ declaration: NamedPlace, _ place: PlaceID) {
        slots[JSONName(declaration.name)] = all.count
        all.append(Variable(declaration: declaration, place: place))
    }
}

extension MappingCompiler {
    /// Reads the names of `let`.
    func declareVariables(_ root: Place) {
        guard let section = root.member("let"), section.node.kind == .object else { return }
        for member in section.members { variables.declare(member, keep(member.place)) }
    }

    /// Compiles what nothing has asked for, and says what nothing uses.
    func finishVariables() {
        for slot in variables.all.indices { _ = compileVariable(slot) }
        for variable in variables.all where !variable.isUsed {
            let declaration = variable.declaration
            findings.add(
                .unusedVariable, name: declaration, "the variable \"\(declaration.name)\" is never used",
                hint: "take it out, or write {\"$var\": \"\(declaration.name)\"} where it is meant")
        }
    }

    /// Notes that a variable is used, and gives its slot with what is known of it; reports one that does not exist.
    ///
    /// `scalar` is where its name begins in the text at the place; nil when the place is the name.
    func useVariable(_ name: String, at place: Place, scalar: Int?) -> (Int, TemplateFacts)? {
        guard let slot = variables.slot(name) else {
            let message = "there is no variable \"\(name)\""
            let hint = ClosestName.hint(name, among: variables.names) ?? noVariableHint(name, inText: scalar != nil)
            findings.add(.unknownVariable, at: place, scalar: scalar, message, hint: hint)
            // The one that is meant is used, only misspelt.
            if let near = Spelling.nearest(name, among: variables.names), let slot = variables.slot(near) {
                variables.all[slot].isUsed = true
            }
            return nil
        }
        variables.all[slot].isUsed = true
        variablesRead += 1
        if case .begun = variables.all[slot].state {
            circle(name, at: place, scalar: scalar)
            return nil
        }
        return (slot, compileVariable(slot).facts)
    }

    private func noVariableHint(_ name: String, inText: Bool) -> String {
        if name.hasPrefix("{") { return "a placeholder has two braces on each side: {{$.name}}" }
        let path = inText ? "write {{$.\(name)}} for what the event holds, or " : ""
        let names = variables.names.map { "\"\($0)\"" }.joined(separator: ", ")
        return path + (names.isEmpty ? "name the value in \"let\"" : "use what \"let\" names: \(names)")
    }

    private func compileVariable(_ slot: Int) -> Compiled {
        if case .done(let compiled) = variables.all[slot].state { return compiled }
        variables.all[slot].state = .begun
        // Whoever asks for it first, it is worked out outside of any `$each`, and its texts may go out as they stand.
        let before = (isInArguments: isInArguments, loops: loops)
        isInArguments = false
        loops = Array(loops.prefix(isForEach ? 1 : 0))
        let compiled = template(variables.all[slot].declaration.place, elementScope)
        (isInArguments, loops) = before
        variables.all[slot].state = .done(compiled)
        return compiled
    }

    private func circle(_ name: String, at place: Place, scalar: Int?) {
        findings.add(
            .variableCircle, at: place, scalar: scalar, "the variable \"\(name)\" depends on itself",
            hint: "one of the variables in the circle must do without the others")
    }
}

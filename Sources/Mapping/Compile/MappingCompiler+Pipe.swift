import Functions
import JSON

/// Pipes: functions, their arguments, and whether one takes what the other gives.
extension MappingCompiler {
    /// A compiled pipe.
    struct CompiledPipe {
        var steps: [PipeStep] = []
        var output: ValueType
        var uses: TemplateFacts.Uses = []
        /// Whether every step could be compiled.
        var isWhole = true
    }

    /// Compiles the `pipe` beside an instruction.
    func pipe(_ parts: InstructionPlace, input: ValueType, _ scope: AtScope) -> CompiledPipe {
        var pipe = CompiledPipe(output: input)
        guard parts.spec.companions.contains(where: { $0.name == "pipe" }), let place = parts.companion("pipe"),
            place.node.kind == .array
        else { return pipe }
        for step in place.elements { add(step, to: &pipe, scope) }
        return pipe
    }

    private func add(_ place: Place, to pipe: inout CompiledPipe, _ scope: AtScope) {
        guard let call = call(place), let spec = spec(of: call) else {
            pipe.isWhole = false
            pipe.output = .any
            return
        }
        if !spec.input.accepts(pipe.output), pipe.isWhole { doesNotChain(call, spec, given: pipe.output) }
        pipe.output = spec.output
        let (arguments, areWhole) = arguments(call, spec, scope)
        for argument in arguments { pipe.uses.formUnion(argument.compiled.facts.uses) }
        guard areWhole, let function = prepare(call, spec, arguments) else {
            pipe.isWhole = false
            return
        }
        let dynamic = arguments.filter { $0.constant == nil }
        let step = PipeStep(
            name: spec.name, function: function,
            arguments: dynamic.map {
                .init(name: $0.parameter.name, template: $0.compiled.template, place: keep($0.place))
            },
            place: keep(place))
        pipe.steps.append(step)
    }

    /// A function as it is written: its name, and the object or bare value behind it.
    private struct Call {
        let name: String
        /// The whole entry of the pipe.
        let whole: Place
        let named: NamedPlace?

        var argument: Place? { named?.place }
    }

    private func call(_ place: Place) -> Call? {
        if let name = place.text { return Call(name: name, whole: place, named: nil) }
        let members = place.members
        guard place.node.kind == .object, members.count == 1, let only = members.first, only.name.first != "$" else {
            findings.add(
                .wrongShape, at: place,
                "an entry of \"pipe\" is a function's name, or an object with that name and its arguments",
                hint: "for example \"trim\" or {\"join\": \", \"}")
            return nil
        }
        return Call(name: only.name, whole: place, named: only)
    }

    private func spec(of call: Call) -> FunctionSpec? {
        if let spec = FunctionCatalogue.spec(named: call.name) { return spec }
        let names = FunctionCatalogue.all.map(\.name)
        let message = "there is no function \"\(call.name)\""
        let hint = ClosestName.hint(call.name, among: names) ?? "there are \(names.joined(separator: ", "))"
        if let named = call.named {
            findings.add(.unknownFunction, name: named, message, hint: hint)
        } else {
            findings.add(.unknownFunction, at: call.whole, message, hint: hint)
        }
        return nil
    }

    private func doesNotChain(_ call: Call, _ spec: FunctionSpec, given: ValueType) {
        let before =
            switch spec.input {
            case .decimal: "put \"decimal\" before it"
            case .instant: "put \"datetime\" before it"
            case .text: "put \"string\" before it"
            default: "take another function"
            }
        let message = "\"\(spec.name)\" takes \(spec.input.noun), and what comes here is \(given.noun)"
        if let named = call.named {
            findings.add(.typesDoNotChain, name: named, message, hint: before)
        } else {
            findings.add(.typesDoNotChain, at: call.whole, message, hint: before)
        }
    }

    /// An argument as it is written.
    private struct Argument {
        let parameter: ParameterSpec
        let place: Place
        let compiled: Compiled

        /// The value where it depends on nothing.
        var constant: JSONValue? {
            if case .constant(let value) = compiled.template { return value }
            return nil
        }
    }

    /// The arguments that are there; false when any is unknown, missing or of the wrong type.
    private func arguments(_ call: Call, _ spec: FunctionSpec, _ scope: AtScope) -> ([Argument], Bool) {
        guard let place = call.argument else {
            return ([], !lacksRequired(spec, given: [], call))
        }
        if let bare = bareParameter(place, spec) {
            let argument = argument(bare, of: spec, place, scope)
            return ([argument].compactMap(\.self), argument != nil)
        }
        guard place.node.kind == .object else {
            findings.add(
                .argument, at: place, "\"\(spec.name)\" takes \(argumentList(spec))",
                hint: named(place, spec) ?? "for example \(spec.example.call)")
            return ([], false)
        }
        var isWhole = true
        var found: [Argument] = []
        for member in place.members {
            guard let parameter = spec.parameters.first(where: { $0.name == member.name }) else {
                let names = spec.parameters.map(\.name)
                findings.add(
                    .argument, name: member, "\"\(spec.name)\" has no argument \"\(member.name)\"",
                    hint: ClosestName.hint(member.name, among: names) ?? "it takes \(argumentList(spec))")
                isWhole = false
                continue
            }
            guard let argument = argument(parameter, of: spec, member.place, scope) else {
                isWhole = false
                continue
            }
            found.append(argument)
        }
        let names = place.members.map(\.name)
        return (found, !lacksRequired(spec, given: names, call) && isWhole)
    }

    /// The parameter that stands without an object; an object that is an instruction stands for its value.
    private func bareParameter(_ place: Place, _ spec: FunctionSpec) -> ParameterSpec? {
        guard let bare = spec.parameters.first(where: \.isBare) else { return nil }
        guard place.node.kind == .object else { return bare }
        return place.members.contains { $0.name.hasPrefix("$") } ? bare : nil
    }

    /// The function with the name of the argument that a bare value most likely is, where that one alone will do.
    private func named(_ place: Place, _ spec: FunctionSpec) -> String? {
        let type = ValueType(of: place.node.kind)
        guard let parameter = spec.parameters.first(where: { $0.type == type }),
            spec.parameters.allSatisfy({ !$0.isRequired || $0.name == parameter.name })
        else { return nil }
        return "write {\"\(spec.name)\": {\"\(parameter.name)\": \(place.node.text())}}"
    }

    private func argumentList(_ spec: FunctionSpec) -> String {
        spec.parameters.isEmpty
            ? "no arguments" : "an object with \(spec.parameters.map { "\"\($0.name)\"" }.joined(separator: ", "))"
    }

    private func lacksRequired(_ spec: FunctionSpec, given: [String], _ call: Call) -> Bool {
        let missing = spec.parameters.filter { $0.isRequired && !given.contains($0.name) }
        for parameter in missing {
            findings.add(
                .argument, at: call.argument ?? call.whole, "\"\(spec.name)\" needs \"\(parameter.name)\"",
                hint: "for example \(spec.example.call)")
        }
        return !missing.isEmpty
    }

    private func argument(
        _ parameter: ParameterSpec, of spec: FunctionSpec, _ place: Place, _ scope: AtScope
    ) -> Argument? {
        let wasInArguments = isInArguments
        isInArguments = true
        let compiled = template(place, scope)
        isInArguments = wasInArguments
        // What cannot be compiled has been told; that it is no text either would be told in vain.
        guard !compiled.isFaulty else { return nil }
        guard place.text != "$" else {
            // A path, by the letter; but no argument is ever the whole event, and a sign of money often is one.
            findings.add(
                .argument, at: place,
                "\"\(parameter.name)\" must be \(parameter.type.noun), and \"$\" is the whole event",
                hint: "if the sign is meant, write {\"$literal\": \"$\"}")
            return nil
        }
        guard parameter.type.accepts(compiled.facts.type), place.node.kind != .null else {
            findings.add(
                .argument, at: place,
                "\"\(parameter.name)\" must be \(parameter.type.noun), and this is \(compiled.facts.type.noun)",
                hint: "for example \(spec.example.call)")
            return nil
        }
        return Argument(parameter: parameter, place: place, compiled: compiled)
    }

    private func prepare(_ call: Call, _ spec: FunctionSpec, _ arguments: [Argument]) -> PreparedFunction? {
        let constants = arguments.compactMap { argument in
            argument.constant.map { (name: argument.parameter.name, value: FunctionValue.json($0)) }
        }
        do throws(ArgumentFault) {
            let later = arguments.filter { $0.constant == nil }.map(\.parameter.name)
            let function = try spec.prepare(FunctionArguments(constants, later: later))
            remarkOnPattern(arguments)
            return function
        } catch {
            let place = arguments.first { $0.parameter.name == error.parameter }?.place ?? call.argument ?? call.whole
            let code = error.kind == .unknownName ? DiagnosticCode.unknownName : .argument
            findings.add(code, at: place, error.message, hint: error.hint ?? "for example \(spec.example.call)")
            return nil
        }
    }

    /// A pattern of `date` or `datetime` may be right, and not what its author means.
    private func remarkOnPattern(_ arguments: [Argument]) {
        for argument in arguments where argument.parameter.name == "pattern" {
            guard let doubt = argument.constant?.string.flatMap(DatePatternDoubts.doubt) else { continue }
            findings.add(.doubtfulPattern, at: argument.place, doubt.message, hint: doubt.hint)
        }
    }
}

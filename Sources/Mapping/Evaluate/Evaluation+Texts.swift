import EventPattern
import Functions
import JSON
import JSONPath
import Outcome

/// Texts, pipes, and facts about the message.
extension Evaluation {
    /// Fills the placeholders of a text; any missing one makes the whole missing.
    mutating func text(_ template: TextTemplate, _ instruction: Instruction) throws(Halt) -> Yield {
        var result = ""
        for part in template.parts {
            switch part {
            case .text(let text): result += text
            case .path(let query):
                guard let node = try first(query, at: instruction.place), !node.isNothing else {
                    return nothing(query, instruction.place)
                }
                trace?.value(instruction.place, from: node)
                try append(.json(.node(node)), to: &result, instruction, query.text)
            case .variable(let slot, let name):
                switch try variable(slot, instruction.place) {
                case .value(let value): try append(value, to: &result, instruction, name)
                case .leftOut: return .missing(Absent(place: instruction.place, cause: .variable(name, nil)))
                case .missing(let absent): return .missing(absent)
                }
            }
        }
        try charge(result.utf8.count + 2, at: instruction.place)
        return .value(.json(.string(result)))
    }

    private func append(
        _ value: FunctionValue, to result: inout String, _ instruction: Instruction, _ placeholder: String
    ) throws(Halt) {
        guard let text = value.scalarText else {
            throw Halt(
                reason: .invalid, place: instruction.place, path: EventPlace(placeholder),
                detail: "{{\(placeholder)}} is \(value.noun), which cannot stand in a text")
        }
        guard result.utf8.count + text.utf8.count <= limits.launchBytes else {
            throw tooBig(instruction.place, EventPlace(placeholder))
        }
        result += text
    }

    /// Sends a value through the functions.
    mutating func pipe(_ input: FunctionValue, _ instruction: Instruction) throws(Halt) -> Yield {
        var value = input
        for step in instruction.pipe {
            let arguments: FunctionArguments
            switch try self.arguments(step) {
            case .success(let found): arguments = found
            case .failure(let absent): return .missing(Absent(place: instruction.place, cause: absent.cause))
            }
            switch step.function.apply(value, arguments: arguments) {
            case .value(let next): value = next
            case .missing(let why):
                let cause = Absent.Cause.rejected(function: step.name, why: why, source: sourceCause(instruction))
                return .missing(Absent(place: instruction.place, cause: cause))
            case .invalid(let why):
                throw Halt(
                    reason: .invalid, place: instruction.place, path: sourceCause(instruction)?.path,
                    detail: "\(step.name) cannot work: \(why)")
            }
        }
        try charge(value.json, at: instruction.place)
        trace?.piped(instruction.place, value)
        return .value(value)
    }

    private enum Arguments {
        case success(FunctionArguments)
        case failure(Absent)
    }

    private mutating func arguments(_ step: PipeStep) throws(Halt) -> Arguments {
        guard !step.arguments.isEmpty else { return .success(.none) }
        let wasInArguments = trace?.isInArguments ?? false
        trace?.isInArguments = true
        defer { trace?.isInArguments = wasInArguments }
        var values: [(name: String, value: FunctionValue)] = []
        for argument in step.arguments {
            switch try yield(argument.template) {
            case .value(let value): values.append((argument.name, value))
            case .leftOut: continue
            case .missing(let absent):
                let cause = Absent.Cause.argument(argument.name, of: step.name, absent.cause)
                return .failure(Absent(place: argument.place, cause: cause))
            }
        }
        return .success(FunctionArguments(values))
    }

    /// Where the value that a function does not take came from.
    private func sourceCause(_ instruction: Instruction) -> Absent.Cause? {
        guard case .path(let path) = instruction.source else { return nil }
        return cause(path.query)
    }

    /// A fact about the message.
    func meta(_ path: MetaPath, _ place: PlaceID) -> Yield {
        switch path {
        case .exchange: text(event.view.exchange, "/exchange", place)
        case .routingKey: text(event.view.routingKey, "/routing_key", place)
        case .headers(let pointer): node(pointer, in: event.view.tables.headers, place)
        case .properties(let pointer): node(pointer, in: event.view.tables.properties, place)
        case .now: fact(.instant(event.now), "/now", place)
        case .index: fact(.json(.number(JSONNumber(index ?? 0))), "/index", place)
        }
    }

    private func fact(_ value: FunctionValue, _ name: String, _ place: PlaceID) -> Yield {
        trace?.fact(place, from: name, value)
        return .value(value)
    }

    private func text(_ bytes: [UInt8], _ name: String, _ place: PlaceID) -> Yield {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return .missing(Absent(place: place, cause: .meta(name)))
        }
        return fact(.json(.string(text)), name, place)
    }

    private func node(_ pointer: MetaPointer, in table: JSONNode?, _ place: PlaceID) -> Yield {
        guard let node = table.flatMap(pointer.resolve), !node.isNothing else {
            return .missing(Absent(place: place, cause: .meta(pointer.text)))
        }
        trace?.meta(place, pointer.text, node)
        return .value(.json(.node(node)))
    }
}

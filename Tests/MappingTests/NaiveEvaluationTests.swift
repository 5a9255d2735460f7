import Foundation
import JSON
import Mapping
import Outcome
import TestSupport
import Testing

/// The evaluator held against a plain reading of the reference: random templates over random events, interpreted by the
/// few lines of ``Naive``, which know paths of names only and no budgets.
@Suite(.timeLimit(.minutes(2)))
struct NaiveEvaluationTests {
    private static let rounds = ProcessInfo.processInfo.environment["MAPPING_FUZZ_ROUNDS"].flatMap(Int.init) ?? 1_500

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func bothSayTheSame(part: UInt64) throws {
        var stopped = 0
        for round in 0..<UInt64(Self.rounds) {
            var random = SeededGenerator(seed: part << 32 | round)
            let template = TemplateMaker.template(&random, depth: 0, inEach: false)
            let body = TemplateMaker.event(&random, depth: 0)
            let found = try Sample.content(template.text(), body: body.text())
            let expected: String
            do throws(Naive.Stop) {
                let value = try Naive(body: body, current: body).required(template, at: "/content/x")
                expected = JSONValue.object(value.map { [("x", $0)] } ?? []).text()
            } catch {
                stopped += 1
                expected = "\(error.reason) \(error.place)"
            }
            #expect(found == expected, "seed \(part << 32 | round): \(template.text()) on \(body.text())")
        }
        #expect((Self.rounds / 20..<Self.rounds).contains(stopped))
    }
}

/// Makes templates and events that meet often.
private enum TemplateMaker {
    static let names = ["a", "b", "c"]

    static func event(_ random: inout SeededGenerator, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth == 0 ? 1 : depth > 3 ? 4 : 7), using: &random) {
        case 1: return .null
        case 2: return random.pick([.string(""), .string("x y"), .string("é\"")], or: .null)
        case 3:
            return .number(
                random.pick([JSONNumber(0), JSONNumber("1.50") ?? JSONNumber(1), JSONNumber(7)], or: JSONNumber(0)))
        case 4, 5:
            return .array((0..<Int.random(in: 0...3, using: &random)).map { _ in event(&random, depth: depth + 1) })
        case 6 where random.chance(30): return .bool(true)
        default: return .object(names.filter { _ in random.chance(75) }.map { ($0, event(&random, depth: depth + 1)) })
        }
    }

    static func template(_ random: inout SeededGenerator, depth: Int, inEach: Bool) -> JSONValue {
        switch Int.random(in: 0..<(depth > 3 ? 5 : 12), using: &random) {
        case 0: return random.pick([.string("text"), .number(JSONNumber(5)), .bool(false)], or: .null)
        case 1, 2: return .string(path(&random, inEach))
        case 3: return absent(&random, depth, inEach, [("$path", .string(path(&random, inEach)))])
        case 4:
            let text = "<{{\(path(&random, inEach))}}|{{\(path(&random, inEach))}}>"
            return absent(&random, depth, inEach, [("$template", .string(text))])
        case 5, 6:
            let members = names.filter { _ in random.chance(60) }
            return .object(members.map { ($0, template(&random, depth: depth + 1, inEach: inEach)) })
        case 7:
            return .array(
                (0..<Int.random(in: 0...3, using: &random)).map { _ in
                    template(&random, depth: depth + 1, inEach: inEach)
                })
        case 8:
            let values = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                template(&random, depth: depth + 1, inEach: inEach)
            }
            return absent(&random, depth, inEach, [("$coalesce", .array(values))])
        case 9:
            let pattern = JSONValue.object([
                (random.pick(names, or: "a"), .array([.object([("exists", .bool(random.chance(50)))])]))
            ])
            var choice: [(name: String, value: JSONValue)] = [
                ("$if", pattern), ("then", template(&random, depth: depth + 1, inEach: inEach)),
            ]
            if random.chance(50) { choice.append(("else", template(&random, depth: depth + 1, inEach: inEach))) }
            return .object(choice)
        case 10: return .object([("$literal", .string("$.a"))])
        default:
            var each: [(name: String, value: JSONValue)] = [
                ("$each", .string(path(&random, inEach) + "[*]")),
                ("item", template(&random, depth: depth + 1, inEach: true)),
            ]
            if random.chance(50) { each.append(("empty", .string(random.pick(["keep", "omit", "fail"], or: "keep")))) }
            if random.chance(30) { each.append(("limit", .number(JSONNumber(1)))) }
            return .object(each)
        }
    }

    private static func path(_ random: inout SeededGenerator, _ inEach: Bool) -> String {
        let steps = (0..<Int.random(in: 1...2, using: &random)).map { _ in ".\(random.pick(names, or: "a"))" }
        return (inEach && random.chance(60) ? "@" : "$") + steps.joined()
    }

    private static func absent(
        _ random: inout SeededGenerator, _ depth: Int, _ inEach: Bool, _ members: [(name: String, value: JSONValue)]
    ) -> JSONValue {
        switch Int.random(in: 0..<3, using: &random) {
        case 0: .object(members + [("default", template(&random, depth: depth + 2, inEach: inEach))])
        case 1: .object(members + [("optional", .bool(true))])
        default: .object(members)
        }
    }
}

/// Section 2 of the language, read aloud.
private struct Naive {
    let body: JSONValue
    let current: JSONValue

    struct Stop: Error {
        let reason: String
        let place: String
    }

    /// What a template comes to.
    enum Yield {
        case value(JSONValue)
        case leftOut
        case missing(place: String)
    }

    func required(_ template: JSONValue, at place: String) throws(Stop) -> JSONValue? {
        switch try yield(template, place) {
        case .value(let value): return value
        case .leftOut: return nil
        case .missing(let place): throw Stop(reason: "missing", place: place)
        }
    }

    func yield(_ template: JSONValue, _ place: String) throws(Stop) -> Yield {
        if let text = template.string {
            return text.hasPrefix("$.") || text.hasPrefix("@.") ? select(text, place) : .value(template)
        }
        if let elements = template.elements {
            var result: [JSONValue] = []
            for (number, element) in elements.enumerated() {
                if let value = try required(element, at: "\(place)/\(number)") { result.append(value) }
            }
            return .value(.array(result))
        }
        guard let members = template.members else { return .value(template) }
        guard members.contains(where: { $0.name.hasPrefix("$") }) else {
            var result: [(name: String, value: JSONValue)] = []
            for member in members {
                if let value = try required(member.value, at: "\(place)/\(member.name)") {
                    result.append((member.name, value))
                }
            }
            return .value(.object(result))
        }
        let yield = try instruction(template, place)
        guard case .missing = yield else { return yield }
        if let fallback = template["default"] { return try self.yield(fallback, "\(place)/default") }
        return template["optional"] == nil ? yield : .leftOut
    }

    private func instruction(_ template: JSONValue, _ place: String) throws(Stop) -> Yield {
        if let path = template["$path"]?.string { return select(path, place) }
        if let literal = template["$literal"] { return .value(literal) }
        if let text = template["$template"]?.string { return try fill(text, place) }
        if let values = template["$coalesce"]?.elements {
            for (number, value) in values.enumerated() {
                if case .value(let found) = try yield(value, "\(place)/$coalesce/\(number)") { return .value(found) }
            }
            return .missing(place: place)
        }
        if let pattern = template["$if"], let then = template["then"] {
            if matches(pattern) { return try yield(then, "\(place)/then") }
            return try template["else"].map { value throws(Stop) in try yield(value, "\(place)/else") } ?? .leftOut
        }
        return try each(template, place)
    }

    private func each(_ template: JSONValue, _ place: String) throws(Stop) -> Yield {
        let path = template["$each"]?.string?.dropLast("[*]".count) ?? ""
        let list = walk(String(path))
        let all = list?.elements ?? list?.members?.map(\.value) ?? []
        let limit = template["limit"]?.number?.int64.map(Int.init) ?? .max
        var items: [JSONValue] = []
        for element in all.prefix(limit) {
            let inner = Naive(body: body, current: element)
            guard let item = template["item"] else { continue }
            if let value = try inner.required(item, at: "\(place)/item") { items.append(value) }
        }
        guard items.isEmpty else { return .value(.array(items)) }
        switch template["empty"]?.string {
        case "omit": return .leftOut
        case "fail": return .missing(place: place)
        default: return .value(.array([]))
        }
    }

    private func fill(_ text: String, _ place: String) throws(Stop) -> Yield {
        var result = ""
        for (number, part) in text.components(separatedBy: "{{").enumerated() {
            guard number > 0 else {
                result += part
                continue
            }
            let halves = part.components(separatedBy: "}}")
            guard let value = walk(halves[0]), !value.isNull else { return .missing(place: place) }
            switch value.kind {
            case .string: result += value.string ?? ""
            case .number: result += value.number?.text ?? ""
            case .bool: result += value.bool == true ? "true" : "false"
            default: throw Stop(reason: "invalid", place: place)
            }
            result += halves[1]
        }
        return .value(.string(result))
    }

    private func select(_ path: String, _ place: String) -> Yield {
        guard let value = walk(path), !value.isNull else { return .missing(place: place) }
        return .value(value)
    }

    private func walk(_ path: String) -> JSONValue? {
        path.split(separator: ".").dropFirst().reduce(path.hasPrefix("@") ? current : body) { $0?[String($1)] }
    }

    /// `{"a": [{"exists": …}]}` on what `@` is; a leaf anywhere in nested lists counts.
    private func matches(_ pattern: JSONValue) -> Bool {
        guard let member = pattern.members?.first, let wanted = member.value.elements?.first?["exists"]?.bool else {
            return false
        }
        return holds(current, member.name, wanted)
    }

    private func holds(_ value: JSONValue, _ name: String, _ wanted: Bool) -> Bool {
        if let elements = value.elements {
            let containers = elements.filter { $0.kind == .object || $0.kind == .array }
            return containers.isEmpty ? !wanted : containers.contains { holds($0, name, wanted) }
        }
        return value[name].map(hasLeaf) ?? false == wanted
    }

    private func hasLeaf(_ value: JSONValue) -> Bool {
        switch value.kind {
        case .object: false
        case .array: value.elements?.contains(where: hasLeaf) ?? false
        default: true
        }
    }
}

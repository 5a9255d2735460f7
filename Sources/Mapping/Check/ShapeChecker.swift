import EventPattern
import Functions
import JSON

/// Checks values against the specification: kinds, ranges, keys.
///
/// Templates, patterns and what paths hold inside are the compiler's.
struct ShapeChecker {
    let findings: Findings

    /// Checks a value and everything below it that the specification describes.
    ///
    /// - Parameter example: a value as JSON, for the hint where nothing better can be said.
    /// - Returns: whether the value itself fits, so that the compiler may read it; keys inside may still be faulty.
    @discardableResult
    func check(_ place: Place, _ shape: Shape, example: String? = nil) -> Bool {
        switch shape {
        case .anything, .template, .id, .pattern, .conditions: return true
        case .object(let spec): return checkObject(place, spec, example)
        case .list(let element, let least): return checkList(place, element, atLeast: least, example)
        case .map(let value): return checkMap(place, value, example)
        case .oneOf(let shapes): return checkAlternatives(place, shapes, example)
        default:
            guard let fault = scalarFault(place, shape) else { return true }
            findings.add(fault.code, at: place, fault.message, hint: fault.hint ?? example.map(Self.forExample))
            return false
        }
    }

    private static func forExample(_ example: String) -> String { "for example \(example)" }

    /// Reports names that an object does not have, and parts that it lacks.
    private func checkObject(_ place: Place, _ spec: ObjectSpec, _ example: String?) -> Bool {
        guard isKind(place, .object, example) else { return false }
        let members = place.members
        for member in members {
            guard let key = spec.key(member.name) else {
                unknown(member, in: spec)
                continue
            }
            check(member.place, key.shape, example: key.example)
        }
        let misspelt = Set(members.filter { spec.key($0.name) == nil }.compactMap { nearest($0.name, in: spec) })
        for key in spec.keys where key.isRequired && !members.contains(where: { $0.name == key.name }) {
            // A name that is nearly this one has been told with it.
            if misspelt.contains(key.name) { continue }
            findings.add(
                .missingPart, at: place, "\"\(key.name)\" is missing\(place.pointer.tokens.isEmpty ? "" : " here")",
                hint: "for example \"\(key.name)\": \(key.example)")
        }
        return true
    }

    private func nearest(_ name: String, in spec: ObjectSpec) -> String? {
        Spelling.nearest(name, among: spec.keys.map(\.name))
    }

    private func unknown(_ member: NamedPlace, in spec: ObjectSpec) {
        let names = spec.keys.map(\.name)
        let hint =
            PathText.foreignLetter(member.name) ?? Specification.home(of: member.name, missingIn: spec)
            ?? ClosestName.hint(member.name, among: names)
            ?? "here one can write \(names.map { "\"\($0)\"" }.joined(separator: ", "))"
        findings.add(.unknownKey, name: member, "there is no key \"\(member.name)\" here", hint: hint)
    }

    private func checkList(_ place: Place, _ element: Shape, atLeast least: Int, _ example: String?) -> Bool {
        guard isKind(place, .array, example) else { return false }
        for entry in place.elements { check(entry, element, example: example) }
        guard place.node.count >= least else {
            findings.add(
                .wrongShape, at: place, "this list needs at least \(least == 1 ? "one entry" : "\(least) entries")",
                hint: example.map(Self.forExample))
            return false
        }
        return true
    }

    private func checkMap(_ place: Place, _ value: Shape, _ example: String?) -> Bool {
        guard isKind(place, .object, example) else { return false }
        for member in place.members { check(member.place, value, example: example) }
        return true
    }

    /// The shape that fits the value's kind speaks for all.
    private func checkAlternatives(_ place: Place, _ shapes: [Shape], _ example: String?) -> Bool {
        if let fitting = shapes.first(where: { $0.kinds.contains(place.node.kind) }) {
            return check(place, fitting, example: example)
        }
        let nouns = shapes.map(\.noun).joined(separator: " or ")
        findings.add(
            .wrongShape, at: place, "this must be \(nouns), and it is \(place.node.kind.noun)",
            hint: example.map(Self.forExample))
        return false
    }

    private func isKind(_ place: Place, _ kind: JSONKind, _ example: String?) -> Bool {
        guard place.node.kind != kind else { return true }
        let isWhole = place.pointer.tokens.isEmpty
        var hint = isWhole ? "the file holds one object: {…}" : example.map(Self.forExample)
        if kind == .array { hint = Self.inBrackets(place) }
        findings.add(.wrongShape, at: place, "this must be \(kind.noun), and it is \(place.node.kind.noun)", hint: hint)
        return false
    }

    /// What is too long to be shown whole is not shown in part: somebody might copy it.
    static func inBrackets(_ place: Place) -> String {
        let text = place.node.text()
        guard text.count > 60 else { return "put it in brackets: [\(text)]" }
        return "put it in brackets: [\(place.node.kind == .object ? "{…}" : "…")]"
    }

    private typealias Fault = (code: DiagnosticCode, message: String, hint: String?)

    private func scalarFault(_ place: Place, _ shape: Shape) -> Fault? {
        guard shape.kinds.contains(place.node.kind) else {
            let isUnlisted = shape.kinds == [.array]
            let hint = isUnlisted ? Self.inBrackets(place) : nil
            return (.wrongShape, "this must be \(shape.noun), and it is \(place.node.kind.noun)", hint)
        }
        switch shape {
        case .name: return MappingName.fault(place.text ?? "").map { (.wrongShape, $0, "for example \"order-paid\"") }
        case .integer(let range): return integerFault(place, range)
        case .positiveNumber:
            guard let number = place.node.number, number > JSONNumber(0) else {
                return (.wrongShape, "this must be a number above zero", nil)
            }
            return nil
        case .duration:
            guard let fault = ISODuration.fault(place.text ?? "") else { return nil }
            return (.duration, fault.message, fault.hint)
        case .word(let words): return wordFault(place.text ?? "", words)
        case .constantFalse where place.node.bool != false:
            return (.wrongShape, "this can only be false; to have it, leave it out", nil)
        default: return nil
        }
    }

    private func integerFault(_ place: Place, _ range: ClosedRange<Int>) -> Fault? {
        if let value = place.node.number?.int64, range.contains(Int(value)) { return nil }
        return (
            .wrongShape, "this must be a whole number from \(range.lowerBound) to \(range.upperBound)",
            place.node.kind == .string ? "write it without quotes" : nil
        )
    }

    private func wordFault(_ text: String, _ words: [String]) -> Fault? {
        guard !words.contains(text) else { return nil }
        let list = words.map { "\"\($0)\"" }.joined(separator: ", ")
        return (
            .wrongShape, "\"\(text)\" is none of \(list)", ClosestName.hint(text, among: words)
        )
    }
}

extension Shape {
    /// The kinds of JSON value that can be of this shape.
    var kinds: Set<JSONKind> {
        switch self {
        case .text, .name, .duration, .word, .mode, .path: [.string]
        case .bool, .constantFalse: [.bool]
        case .integer, .positiveNumber: [.number]
        case .list, .pipe, .conditions: [.array]
        case .map, .object, .pattern: [.object]
        case .templateObject: [.object, .string]
        case .oneOf(let shapes): shapes.reduce(into: []) { $0.formUnion($1.kinds) }
        case .template, .id, .anything: [.null, .bool, .number, .string, .array, .object]
        }
    }

    /// The words of messages.
    var noun: String {
        switch self {
        case .text, .word, .mode: "a text"
        case .name: "a name"
        case .bool: "true or false"
        case .constantFalse: "false"
        case .integer: "a whole number"
        case .positiveNumber: "a number above zero"
        case .duration: "a duration like \"PT6H\""
        case .list, .conditions: "a list"
        case .pipe: "a list of functions"
        case .map, .object: "an object"
        case .pattern: "an object of conditions"
        case .templateObject: "an object"
        case .path: "a path like \"$.items[*]\""
        case .oneOf(let shapes): shapes.map(\.noun).joined(separator: " or ")
        case .template, .id, .anything: "a value"
        }
    }
}

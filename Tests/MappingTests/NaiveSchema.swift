import Foundation
import JSON

/// The part of JSON Schema (draft 2020-12) that our schemas use, as the standard reads: what an editor underlines.
struct NaiveSchema {
    let root: JSONNode

    /// The pointers of values that the schema refuses; empty for a document that is valid.
    func faults(_ value: JSONNode) -> [String] { faults(value, root, "") }

    /// Whether there is no fault; the keywords that look no deeper are asked first, since branches are many.
    private func isValid(_ value: JSONNode, _ schema: JSONNode) -> Bool {
        if let verdict = schema.bool { return verdict }
        let deep: Set<String> = ["$ref", "anyOf", "allOf", "oneOf", "if", "items", "properties", "patternProperties"]
        let keywords =
            schema.members.filter { !deep.contains($0.name) } + schema.members.filter { deep.contains($0.name) }
        return keywords.allSatisfy { faults(value, $0.name, $0.value, beside: schema, "").isEmpty }
    }

    private func faults(_ value: JSONNode, _ schema: JSONNode, _ place: String) -> [String] {
        if let verdict = schema.bool { return verdict ? [] : [place] }
        var found: [String] = []
        for keyword in schema.members {
            found += self.faults(value, keyword.name, keyword.value, beside: schema, place)
        }
        return found
    }

    private func faults(
        _ value: JSONNode, _ keyword: String, _ operand: JSONNode, beside schema: JSONNode, _ place: String
    ) -> [String] {
        switch keyword {
        case "$ref":
            let pointer = operand.string.map { String($0.dropFirst()) }.flatMap(JSONPointer.init(parsing:))
            guard let target = pointer?.resolve(in: root) else { return ["no \(operand.text())"] }
            return faults(value, target, place)
        case "anyOf":
            return operand.elements.contains { isValid(value, $0) } ? [] : [place]
        case "oneOf": return operand.elements.count(where: { isValid(value, $0) }) == 1 ? [] : [place]
        case "allOf": return operand.elements.flatMap { faults(value, $0, place) }
        case "not": return isValid(value, operand) ? [place] : []
        case "if":
            guard isValid(value, operand), let then = schema["then"] else { return [] }
            return faults(value, then, place)
        case "dependentRequired":
            let isWhole = operand.members.allSatisfy { member in
                value[member.name] == nil || member.value.elements.allSatisfy { value[$0.string ?? ""] != nil }
            }
            return isWhole ? [] : [place]
        case "prefixItems":
            return zip(value.elements, operand.elements).enumerated().flatMap { number, pair in
                faults(pair.0, pair.1, "\(place)/\(number)")
            }
        case "type", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "pattern", "minItems", "maxItems",
            "minLength", "minProperties", "maxProperties":
            return holds(value, keyword, operand) ? [] : [place]
        case "required":
            guard value.kind == .object else { return [] }
            return operand.elements.contains { value[$0.string ?? ""] == nil } ? [place] : []
        case "items":
            return value.elements.enumerated().flatMap { faults($1, operand, "\(place)/\($0)") }
        case "properties", "patternProperties":
            return value.members.flatMap { member in
                schemas(for: member.name, keyword, operand).flatMap {
                    faults(member.value, $0, "\(place)/\(member.name)")
                }
            }
        case "additionalProperties":
            return value.members.flatMap { member -> [String] in
                let isKnown = ["properties", "patternProperties"].contains { known in
                    schema[known].map { !schemas(for: member.name, known, $0).isEmpty } ?? false
                }
                return isKnown ? [] : faults(member.value, operand, "\(place)/\(member.name)")
            }
        case "$schema", "title", "description", "examples", "$defs", "then": return []
        default: return ["the keyword \(keyword) is new"]
        }
    }

    private func schemas(for name: String, _ keyword: String, _ operand: JSONNode) -> [JSONNode] {
        if keyword == "properties" { return [operand[name]].compactMap(\.self) }
        return operand.members.filter { Self.matches(name, $0.name) }.map(\.value)
    }

    private func holds(_ value: JSONNode, _ keyword: String, _ operand: JSONNode) -> Bool {
        switch keyword {
        case "type":
            let names = operand.kind == .array ? operand.elements.compactMap(\.string) : [operand.string ?? ""]
            return names.contains { isType(value, $0) }
        case "enum": return operand.elements.contains { $0.isEqual(to: value) }
        case "const": return operand.isEqual(to: value)
        case "pattern": return value.string.map { Self.matches($0, operand.string ?? "") } ?? true
        case "minItems": return value.kind != .array || value.count >= operand.count(orElse: 0)
        case "maxItems": return value.kind != .array || value.count <= operand.count(orElse: .max)
        case "minProperties": return value.kind != .object || value.count >= operand.count(orElse: 0)
        case "maxProperties": return value.kind != .object || value.count <= operand.count(orElse: .max)
        case "minLength": return value.string.map { $0.count >= operand.count(orElse: 0) } ?? true
        default:
            guard let number = value.number, let bound = operand.number else { return true }
            switch keyword {
            case "minimum": return number >= bound
            case "maximum": return number <= bound
            default: return number > bound
            }
        }
    }

    private func isType(_ value: JSONNode, _ name: String) -> Bool {
        switch name {
        case "null": value.kind == .null
        case "boolean": value.kind == .bool
        case "number": value.kind == .number
        case "integer": value.number?.int64 != nil
        case "string": value.kind == .string
        case "array": value.kind == .array
        case "object": value.kind == .object
        default: false
        }
    }

    /// ECMA-262 patterns search; those of our schemas mean the same to Foundation.
    private static func matches(_ text: String, _ pattern: String) -> Bool {
        text.range(of: pattern, options: .regularExpression) != nil
    }
}

extension JSONNode {
    /// The number of a keyword that counts.
    fileprivate func count(orElse standard: Int) -> Int { number?.int64.map(Int.init) ?? standard }
}

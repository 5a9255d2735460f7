import JSON
import Mapping
import Testing

/// Every key of the language with a value of every wrong kind: refused at its place, and nowhere else.
@Suite(.timeLimit(.minutes(1)))
struct ShapeTests {
    /// An object of the language, and the way to it in a mapping.
    struct Holder: Sendable, CustomTestStringConvertible {
        let spec: ObjectSpec
        let way: [String]

        var testDescription: String { spec.name }
    }

    static let holders = [
        Holder(spec: Specification.mapping, way: []), Holder(spec: Specification.when, way: ["when"]),
        Holder(spec: Specification.event, way: ["event"]), Holder(spec: Specification.forEach, way: ["for_each"]),
        Holder(spec: Specification.delivery, way: ["delivery"]),
        Holder(spec: Specification.dedup, way: ["delivery", "dedup"]),
        Holder(spec: Specification.rate, way: ["delivery", "rate"]),
        Holder(spec: Specification.batch, way: ["delivery", "batch"]),
        Holder(spec: Specification.on, way: ["on"]), Holder(spec: Specification.profile, way: ["profile"]),
    ]

    private static let values: [(kind: JSONKind, text: String)] = [
        (.null, "null"), (.bool, "true"), (.number, "1.5"), (.string, #""some text""#), (.array, "[]"), (.object, "{}"),
    ]

    /// The kinds that a shape takes, where it takes but some; nil for those that a value may come to in many ways.
    private func kinds(_ shape: Shape) -> Set<JSONKind>? {
        switch shape {
        case .text, .name, .duration, .word, .mode, .path: [.string]
        case .bool: [.bool]
        case .integer, .positiveNumber: [.number]
        case .list, .pipe, .conditions: [.array]
        case .map, .object, .pattern: [.object]
        case .oneOf, .constantFalse, .template, .id, .templateObject, .anything: nil
        }
    }

    /// A mapping with one value at a place, and around it only what it needs.
    private func mapping(_ way: [String], _ spec: ObjectSpec, _ key: String, _ value: String) -> String {
        let others = spec.keys.filter { $0.isRequired && $0.name != key && !way.isEmpty }
        let members = others.map { "\"\($0.name)\": \($0.example)" } + ["\"\(key)\": \(value)"]
        guard !way.isEmpty else { return Sample.mapping(members[0]) }
        let inner = "{\(members.joined(separator: ", "))}"
        return Sample.mapping(way.dropFirst().reversed().reduce(inner) { "{\"\($1)\": \($0)}" }.withKey(way[0]))
    }

    @Test(arguments: holders)
    func aValueOfAnotherKindIsRefusedWhereItStands(_ holder: Holder) {
        var count = 0
        for key in holder.spec.keys {
            guard let kinds = kinds(key.shape) else { continue }
            let pointer = JSONPointer(holder.way + [key.name])
            for value in Self.values where !kinds.contains(value.kind) {
                let text = mapping(holder.way, holder.spec, key.name, value.text)
                let errors = Sample.compile(text).diagnostics.filter { $0.severity == .error && $0.pointer == pointer }
                #expect(errors.count == 1, "\(pointer) = \(value.text): \(Sample.compile(text).diagnostics)")
                #expect(errors.allSatisfy { !$0.message.isEmpty && !$0.message.hasSuffix(".") })
                count += 1
            }
        }
        // What identifies an event may come to be of any kind.
        #expect(count >= 4 || holder.spec.name == "event")
    }

    @Test(arguments: holders)
    func aNameThatIsNoKeyIsRefusedAndOneThatIsNearIsNamed(_ holder: Holder) throws {
        let unknown = mapping(holder.way, holder.spec, "zzzzzzzz", "1")
        let pointer = JSONPointer(holder.way + ["zzzzzzzz"])
        let found = Sample.compile(unknown).diagnostics.filter { $0.pointer == pointer }
        #expect(found.map(\.code) == [.unknownKey] && found.allSatisfy { $0.hint != nil })
        for key in holder.spec.keys where key.name.count > 5 && !key.name.hasPrefix("$") {
            // Two letters change places.
            var letters = Array(key.name)
            letters.swapAt(2, 3)
            guard letters[2] != letters[3] else { continue }
            let slip = String(letters)
            let text = mapping(holder.way, holder.spec, slip, key.example)
            let told = Sample.compile(text).diagnostics.first { $0.pointer.tokens == holder.way + [slip] }
            #expect(
                told?.code == .unknownKey && told?.hint == "did you mean \"\(key.name)\"?",
                "\(slip): \(told?.hint ?? "")")
        }
    }

    @Test(arguments: holders)
    func integersAreTakenUpToTheirBoundsAndNoFurther(_ holder: Holder) {
        for key in holder.spec.keys {
            guard case .integer(let range) = key.shape else { continue }
            let pointer = JSONPointer(holder.way + [key.name])
            for (value, isTaken) in [
                ("\(range.lowerBound)", true), ("\(range.upperBound)", true), ("\(range.lowerBound - 1)", false),
                ("\(range.upperBound + 1)", false), ("\(range.lowerBound).5", false), ("\(range.upperBound).0", true),
                ("1e400", false),
            ] {
                let text = mapping(holder.way, holder.spec, key.name, value)
                let refused = Sample.compile(text).diagnostics.contains {
                    $0.code == .wrongShape && $0.pointer == pointer
                }
                #expect(refused == !isTaken, "\(pointer) = \(value)")
            }
        }
    }

    @Test(arguments: holders)
    func everyWordIsTakenAndNoOther(_ holder: Holder) {
        for key in holder.spec.keys {
            guard case .word(let words) = key.shape else { continue }
            let pointer = JSONPointer(holder.way + [key.name])
            for word in words + words.map({ $0.uppercased() }) + ["", "none"] {
                let text = mapping(holder.way, holder.spec, key.name, "\"\(word)\"")
                let refused = Sample.compile(text).diagnostics.contains {
                    $0.severity == .error && $0.pointer == pointer
                }
                #expect(refused == !words.contains(word), "\(pointer) = \(word)")
            }
        }
    }
}

extension String {
    /// The text as the value of a member.
    fileprivate func withKey(_ key: String) -> String { "\"\(key)\": \(self)" }
}

package import JSON

/// One place where what came out is not what a test expects.
package struct TestDifference: Sendable, CustomStringConvertible {
    /// The place in the launch, or the word of `expect`.
    package let place: String
    /// What the test expects; nil for nothing at all.
    package let expected: JSONValue?
    /// What came out; nil for nothing at all.
    package let found: JSONValue?

    /// Longer values are cut.
    private static let mostCharacters = 200

    /// One line: `/content/order/total: expected "11 849,90 ₽", found "11849.90"`.
    package var description: String {
        switch (expected, found) {
        case (let expected?, let found?):
            "\(place): expected \(text(expected)), found \(text(found))" + (spaces.map { " (\($0))" } ?? "")
        case (let expected?, nil):
            "\(place): missing, expected \(text(expected))" + (apiName.map { " (\($0))" } ?? "")
        case (nil, let found?): "\(place): not expected, found \(text(found))"
        case (nil, nil): place
        }
    }

    /// What helps to understand the difference; nil where it speaks for itself.
    package var remark: String? { spaces ?? apiName }

    /// A name of the API's requests, which `preview` shows, where a test wants the mapping's.
    private var apiName: String? {
        guard expected != nil, found == nil, let name = place.split(separator: "/").last else { return nil }
        guard place == "/\(name)" || place.drop(while: { $0 != "/" }).dropFirst().first?.isNumber == true else {
            return nil
        }
        switch name {
        case "id", "trigger_id", "workflow_id":
            return "\"\(name)\" is the API's name; in tests write \"campaign\" or \"scenario\""
        case "token": return "the token is the bridge's own; leave it out of tests"
        default: return nil
        }
    }

    /// Where two texts differ in spaces only, which look alike: what stands there; else nil.
    package var spaces: String? {
        guard let expected = expected?.string.map({ Array($0.unicodeScalars) }),
            let found = found?.string.map({ Array($0.unicodeScalars) }), expected.count == found.count
        else { return nil }
        let places = expected.indices.filter { expected[$0] != found[$0] }
        guard let first = places.first, places.allSatisfy({ Self.isSpace(expected[$0]) && Self.isSpace(found[$0]) })
        else { return nil }
        return
            "they differ only in spaces: character \(first + 1) is \(Self.noun(found[first])) in what was found, and "
            + "\(Self.noun(expected[first])) in what is expected"
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .spaceSeparator
    }

    private static func noun(_ space: Unicode.Scalar) -> String {
        let name = (space.properties.name ?? "space").lowercased()
        let number = String(space.value, radix: 16, uppercase: true)
        return "a \(name) (U+\(String(repeating: "0", count: max(0, 4 - number.count)))\(number))"
    }

    private func text(_ value: JSONValue) -> String {
        let text = value.text()
        return text.count <= TestDifference.mostCharacters ? text : text.prefix(TestDifference.mostCharacters) + "…"
    }
}

extension TestDifference {
    /// The differences member by member; numbers differ when their digits do, since digits are what travels.
    ///
    /// With `isPart` only what `expected` names is compared.
    static func between(
        _ expected: JSONValue, _ found: JSONValue, at pointer: JSONPointer = JSONPointer(), isPart: Bool
    ) -> [TestDifference] {
        if let wanted = expected.members, let present = found.members {
            return members(wanted, present, pointer, isPart: isPart)
        }
        if let wanted = expected.elements, let present = found.elements {
            return elements(wanted, present, pointer, isPart: isPart)
        }
        let isSame =
            expected.kind == .number && found.kind == .number
            ? expected.number?.text == found.number?.text : expected == found
        return isSame ? [] : [TestDifference(place: name(pointer), expected: expected, found: found)]
    }

    private static func members(
        _ wanted: [(name: String, value: JSONValue)], _ present: [(name: String, value: JSONValue)],
        _ pointer: JSONPointer, isPart: Bool
    ) -> [TestDifference] {
        let found = Dictionary(present.map { (JSONName($0.name), $0.value) }, uniquingKeysWith: { first, _ in first })
        var differences = wanted.flatMap { member in
            let place = pointer.appending(member.name)
            guard let value = found[JSONName(member.name)] else {
                return [TestDifference(place: name(place), expected: member.value, found: nil)]
            }
            return between(member.value, value, at: place, isPart: isPart)
        }
        guard !isPart else { return differences }
        let names = Set(wanted.map { JSONName($0.name) })
        for member in present where !names.contains(JSONName(member.name)) {
            differences.append(
                TestDifference(place: name(pointer.appending(member.name)), expected: nil, found: member.value))
        }
        return differences
    }

    private static func elements(
        _ wanted: [JSONValue], _ present: [JSONValue], _ pointer: JSONPointer, isPart: Bool
    ) -> [TestDifference] {
        (0..<max(wanted.count, present.count)).flatMap { number in
            let place = pointer.appending(String(number))
            guard number < wanted.count else {
                return [TestDifference(place: name(place), expected: nil, found: present[number])]
            }
            guard number < present.count else {
                return [TestDifference(place: name(place), expected: wanted[number], found: nil)]
            }
            return between(wanted[number], present[number], at: place, isPart: isPart)
        }
    }

    private static func name(_ pointer: JSONPointer) -> String {
        pointer.tokens.isEmpty ? "request" : pointer.description
    }
}

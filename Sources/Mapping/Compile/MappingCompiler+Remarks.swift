import Altcraft
import JSON

/// Texts that go out as they stand, and were hardly meant so.
extension MappingCompiler {
    /// Remarks on a text that looks like a path or holds one: no recipient should read `$.name`.
    func remarkOnText(_ place: Place, _ scope: AtScope) {
        let text = place.text ?? ""
        guard let instead = PathText.meant(by: text, inLoop: scope != .none, isArgument: isInArguments) else { return }
        let what = text.contains("{{") ? "\"{{…}}\" is filled in only inside {\"$template\": …}, so this" : quoted(text)
        findings.add(
            .looksLikePath, at: place,
            what + (text.contains("{{") ? "" : " is no path, and") + " goes out as it stands",
            hint: "write \(instead), or {\"$literal\": …} where the text is meant")
    }

    /// A recipient that is a fixed text is the same for every event, which is meant for tests at most.
    func remarkOnRecipient(_ companion: Companion, _ place: Place) {
        guard let text = place.text, PathText.isDotted(text) else { return }
        // An address has an `@` and a number has digits; of ids nobody knows, so only dots tell.
        guard companion == .email || companion == .phone || text.contains(".") else { return }
        findings.add(
            .looksLikePath, at: place,
            "this is the text \(quoted(text)) for everybody, and no value of the event",
            hint: "write \"$.\(text.prefix(60))\", or {\"$literal\": …} where the text is meant")
    }

    private func quoted(_ text: String) -> String { "\"\(text.prefix(60))\"" }
}

extension PathText {
    /// What somebody wanted to write who wrote this text, as JSON; nil where the text is most likely meant.
    static func meant(by text: String, inLoop: Bool, isArgument: Bool) -> String? {
        guard !looksLikePath(text) else { return nil }
        if !isArgument, let open = text.firstRange(of: "{{"), text[open.upperBound...].contains("}}") {
            return "{\"$template\": \(JSONValue.string(clipped(text)).text())}"
        }
        let plain = text.drop { $0 == " " || $0 == "\t" }
        if let first = plain.first, first == "$" || (first == "@" && inLoop), !plain.contains(" ") {
            let rest = plain.dropFirst()
            if rest.first == "." || rest.first == "[" { return plain == text ? nil : "\"\(clipped(String(plain)))\"" }
            guard rest.first.map(isNameStart) == true else { return nil }
            return "\"\(first).\(clipped(String(rest)))\""
        }
        guard !isArgument else { return nil }
        if text.first == ".", isDotted(String(text.dropFirst())) { return "\"$\(clipped(text))\"" }
        return template(with: text, inLoop: inLoop)
    }

    /// Whether a text is a name, or names with dots between them: `email`, `customer.email`.
    static func isDotted(_ text: String) -> Bool {
        let names = text.split(separator: ".", omittingEmptySubsequences: false)
        return names.allSatisfy { name in
            name.first.map(isNameStart) == true && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
        }
    }

    /// A text in which a path stands as a word: `Order $.name for you`.
    private static func template(with text: String, inLoop: Bool) -> String? {
        var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        var found = false
        for place in words.indices {
            let word = words[place]
            guard word.hasPrefix("$.") || (inLoop && word.hasPrefix("@.")) else { continue }
            let path = word.prefix { $0.isLetter || $0.isNumber || "$@._[]*\'".contains($0) }
            let end = path.last == "." ? path.dropLast() : path
            guard end.dropFirst(2).first.map(isNameStart) == true else { continue }
            words[place] = "{{\(end)}}" + word.dropFirst(end.count)
            found = true
        }
        guard found else { return nil }
        return "{\"$template\": \(JSONValue.string(clipped(words.joined(separator: " "))).text())}"
    }

    /// Says which letter only looks like one of its neighbours: a Cyrillic `е` in `$.email`.
    static func foreignLetter(_ text: String) -> String? {
        let scalars = Array(text.unicodeScalars)
        func isLatin(_ place: Int) -> Bool {
            scalars.indices.contains(place) && scalars[place].isASCII && scalars[place].properties.isAlphabetic
        }
        let place = scalars.indices.first { place in
            (0x400...0x4FF).contains(scalars[place].value) && (isLatin(place - 1) || isLatin(place + 1))
        }
        return place.map { "character \($0 + 1) is the Cyrillic letter \"\(scalars[$0])\"; write it in Latin letters" }
    }

    /// The condition that names with dots between them stand for: `"customer": {"email": […]}`.
    static func nested(_ names: String) -> String? {
        let parts = names.split(separator: ".").map { "\"\($0)\": " }
        guard isDotted(names), let last = parts.last else { return nil }
        return parts.dropLast().map { $0 + "{" }.joined() + last + "[…]"
            + String(repeating: "}", count: parts.count - 1)
    }

    private static func isNameStart(_ character: Character) -> Bool { character.isLetter || character == "_" }

    private static func clipped(_ text: String) -> String { text.count <= 60 ? text : text.prefix(60) + "…" }
}

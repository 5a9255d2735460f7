import Altcraft
import JSON

/// Texts that go out as they stand, and were hardly meant so.
extension MappingCompiler {
    /// Remarks on a text that looks like a path or holds one: no recipient should read `$.name`.
    func remarkOnText(_ place: Place, _ scope: AtScope) {
        let text = place.text ?? ""
        guard let instead = PathText.meant(by: text, inLoop: scope != .none, isArgument: isInArguments) else {
            // Of recipients the file alone tells.
            if !isInArguments, PathText.mayBePath(text), place.pointer.tokens.first != "recipient" {
                textsKept.append(Mapping.TextMark(text: text, mark: .init(place), loops: loops))
            }
            return
        }
        let what = text.contains("{{") ? "\"{{…}}\" is filled in only inside {\"$template\": …}, so this" : quoted(text)
        findings.add(
            .looksLikePath, at: place,
            what + (text.contains("{{") ? "" : " is no path, and") + " goes out as it stands",
            hint: "write \(instead), or {\"$literal\": …} where the text is meant")
    }

    /// Remarks on an object that is an instruction but for its dollar.
    func remarkOnObject(_ members: [NamedPlace]) {
        for member in members {
            guard let spec = Specification.instruction(named: "$" + member.name) else { continue }
            let others = members.filter { $0.name != member.name }
            let isPath = members.contains { PathText.looksLikePath($0.place.text ?? "") }
            guard others.count > (isPath ? 0 : 1),
                others.allSatisfy({ other in spec.companions.contains { $0.name == other.name } })
            else { continue }
            findings.add(
                .looksLikePath, name: member,
                "without its dollar \(quoted(member.name)) is no instruction, and goes out as it stands",
                hint: "write \"$\(member.name)\", or {\"$literal\": …} where the object is meant")
        }
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

    /// A key that is a text and stands in no table is most often a variable without its `$var`.
    func remarkOnKey(_ place: Place, of table: Table) {
        guard let key = place.text, !PathText.looksLikePath(key), table.entries[JSONName(key)] == nil else { return }
        let slot = variables.slot(key)
        // That nothing uses it follows.
        if let slot { variables.all[slot].isUsed = true }
        findings.add(
            .constantLookup, at: place,
            "the key is the text \(quoted(key)) for every event, and \"\(table.name.name)\" has no such entry",
            hint: "write " + (slot != nil ? "{\"$var\": \"\(key)\"}" : "what tells it, for example \"$.locale\""))
    }

    private func quoted(_ text: String) -> String { "\"\(text.prefix(60))\"" }
}

extension PathText {
    /// What somebody wanted to write who wrote this text, as JSON; nil where the text is most likely meant.
    static func meant(by text: String, inLoop: Bool, isArgument: Bool) -> String? {
        guard !looksLikePath(text) else { return nil }
        if !isArgument, let open = text.firstRange(of: "{{"), text[open.upperBound...].contains("}}") {
            return template(of: text)
        }
        if !isArgument, let template = braced(text, inLoop: inLoop) { return template }
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

    /// Whether a text could be a path without its dollar, which only an event can tell: `order.number`.
    static func mayBePath(_ text: String) -> Bool {
        text.count <= 200 && text.first.map(isNameStart) == true && text.contains { $0 == "." || $0 == "[" }
            && !text.contains { $0 == " " || $0 == "/" || $0 == "<" }
    }

    /// A text in which a path stands behind a space or a sign: `Order $.name for you`, `<b>$.name</b>`.
    private static func template(with text: String, inLoop: Bool) -> String? {
        var made = ""
        var rest = text[...]
        var found = false
        while let next = rest.first {
            let isStart = made.last.map { !$0.isLetter && !$0.isNumber && !"$@.\\".contains($0) } ?? true
            let path = isStart && (next == "$" || (inLoop && next == "@")) ? path(at: rest) : nil
            if let path { made += "{{\(path)}}" } else { made.append(next) }
            found = found || path != nil
            rest = rest.dropFirst(path?.count ?? 1)
        }
        return found ? template(of: made) : nil
    }

    /// The path that a text begins with, without a full stop behind it.
    private static func path(at text: Substring) -> Substring? {
        guard text.dropFirst().first == ".", text.dropFirst(2).first.map(isNameStart) == true else { return nil }
        let path = text.prefix { $0.isLetter || $0.isNumber || "$@._[]*\'".contains($0) }
        return path.last == "." ? path.dropLast() : path
    }

    /// A text with placeholders of other languages: `${order.number}`, `{$.order.number}`, `{apicontent.number}`.
    private static func braced(_ text: String, inLoop: Bool) -> String? {
        var made = ""
        var rest = text[...]
        var paths: [String] = []
        while let next = rest.first {
            let opening = ["${", "{$.", "{apicontent."].first { rest.hasPrefix($0) }
            let inside = opening.map { rest.dropFirst($0.count).prefix { $0 != "}" } }
            let names = inside.map { $0.hasPrefix("$.") ? String($0.dropFirst(2)) : String($0) }
            guard let opening, let inside, let names, isDotted(names), inside.endIndex < rest.endIndex else {
                made.append(next)
                rest = rest.dropFirst()
                continue
            }
            paths.append("$.\(names)")
            made += "{{$.\(names)}}"
            rest = rest.dropFirst(opening.count + inside.count + 1)
        }
        guard let first = paths.first else { return nil }
        return made == "{{\(first)}}" ? "\"\(clipped(first))\"" : template(of: made)
    }

    private static func template(of text: String) -> String {
        "{\"$template\": \(JSONValue.string(clipped(text)).text())}"
    }

    /// Says which letter only looks like one of its neighbours, a Cyrillic `е` in `$.email`, or is not seen at all.
    static func foreignLetter(_ text: String) -> String? {
        let scalars = Array(text.unicodeScalars)
        if let place = scalars.firstIndex(where: { $0.properties.generalCategory == .format }) {
            let code = String(scalars[place].value, radix: 16, uppercase: true)
            return "character \(place + 1) cannot be seen (U+\(code)); take it out"
        }
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

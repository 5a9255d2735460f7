import JSON
import JSONPath

/// What makes a text a path.
enum PathText {
    /// Whether a text begins like a path: `$.`, `$[`, `@.`, `@[`, or is `$` or `@` alone.
    static func looksLikePath(_ text: String) -> Bool {
        guard let first = text.utf8.first, first == UInt8(ascii: "$") || first == UInt8(ascii: "@") else {
            return false
        }
        guard let second = text.utf8.dropFirst().first else { return true }
        return second == UInt8(ascii: ".") || second == UInt8(ascii: "[")
    }
}

/// Paths, and what is wrong with them.
extension MappingCompiler {
    /// Reads the path that a text of the file is.
    func query(_ place: Place, _ scope: AtScope) -> JSONPathQuery? {
        query(place.text ?? "", in: place, from: 0, scope)
    }

    /// Reads a path that stands in a text of the file, `start` scalars after its beginning.
    func query(_ text: String, in place: Place, from start: Int, _ scope: AtScope) -> JSONPathQuery? {
        let query: JSONPathQuery
        do throws(JSONPathError) {
            query = try JSONPathQuery.parse(text, start: .either)
        } catch {
            let hint =
                error.hint
                ?? (start == 0 ? literalHint(text) : "write a path between the braces, for example {{$.order.id}}")
            findings.add(error.kind.code, at: place, scalar: start + error.position - 1, error.message, hint: hint)
            return nil
        }
        for finding in query.regexpFindings {
            let code = finding.kind == .refused ? DiagnosticCode.regularExpression : .anchorInMatch
            findings.add(code, at: place, scalar: start + finding.position - 1, finding.message, hint: finding.hint)
        }
        if query.origin == .current, scope == .none {
            findings.add(
                .atOutsideLoop, at: place, scalar: start,
                "\"@\" stands outside \"for_each\" and \"$each\", so there is no element",
                hint: "write \"$\(text.dropFirst())\" for the event itself; in a list, \"$each\" gives the elements"
                    + (text == "@" && start == 0 ? "; for the sign write {\"$literal\": \"@\"}" : ""))
            return nil
        }
        pathsRead.append(Mapping.PathMark(query: query, mark: .init(place, scalar: start), loops: loops))
        return query.regexpFindings.contains { $0.kind == .refused } ? nil : query
    }

    private func literalHint(_ text: String) -> String {
        if PathText.isDotted(text) { return "a path begins at the event: write \"$.\(text)\"" }
        return "if no path is meant, write {\"$literal\": \(JSONValue.string(text).text())}"
    }

    /// Says that a path may select several values where one is wanted.
    func notSingular(
        _ place: Place, _ query: JSONPathQuery, code: DiagnosticCode = .notSingular, from start: Int = 0, hint: String
    ) {
        findings.add(
            code, at: place, scalar: start + PathText.firstPluralSegment(query),
            "\"\(query.text)\" may select several values, and nothing says which are meant",
            hint: hint)
    }

    /// Says that a loop goes over one value, which is hardly ever meant.
    func remarkOnLoop(_ query: JSONPathQuery, _ place: Place) {
        guard query.isSingular else { return }
        findings.add(
            .loopOverOne, at: place, "\"\(query.text)\" is one value, and not its elements",
            hint: "write \"\(query.text)[*]\" for the elements of a list")
    }

    /// The element's own path for one that goes through the list of the innermost loop again; nil for any other.
    func ownPath(_ query: JSONPathQuery) -> String? {
        guard let loop = loops.last, query.origin == .root, query.text.hasPrefix(loop.text) else { return nil }
        let rest = query.text.dropFirst(loop.text.count)
        return rest.isEmpty || rest.first == "." || rest.first == "[" ? "@\(rest)" : nil
    }

    /// Says that inside of a loop a path takes what the first element has, whichever the turn is at.
    func remarkOnFirst(_ query: JSONPathQuery, _ place: Place) {
        guard let own = ownPath(query) else { return }
        findings.add(
            .sameForAllElements, at: place, "every element gets here what the first one has",
            hint: "write \"\(own)\" for the element's own")
    }

    /// What a path depends on.
    func uses(_ query: JSONPathQuery, _ scope: AtScope) -> TemplateFacts.Uses {
        guard query.origin == .current else { return .event }
        return scope == .forEach ? [.event, .element] : .event
    }
}

extension PathText {
    /// The scalar at which the first segment begins that may select several values.
    ///
    /// The longest beginning of the text that is a singular path ends there.
    static func firstPluralSegment(_ query: JSONPathQuery) -> Int {
        let scalars = Array(query.text.unicodeScalars)
        for end in stride(from: scalars.count - 1, through: 1, by: -1) where ".[".unicodeScalars.contains(scalars[end])
        {
            var prefix = String.UnicodeScalarView()
            prefix.append(contentsOf: scalars[..<end])
            guard let beginning = try? JSONPathQuery.parse(String(prefix), start: .either), beginning.isSingular else {
                continue
            }
            return end
        }
        return 0
    }
}

extension JSONPathError.Kind {
    /// The code of the checker.
    fileprivate var code: DiagnosticCode {
        switch self {
        case .illTyped, .unknownFunction: .pathType
        case .syntax, .range, .notSingular, .tooBig: .pathSyntax
        }
    }
}

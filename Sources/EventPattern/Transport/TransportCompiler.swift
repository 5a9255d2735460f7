import JSON

/// Reads `exchange` and `routing_key` of `when` and collects everything that is wrong with them.
struct TransportCompiler {
    var diagnostics: [PatternDiagnostic] = []

    /// Reads a list of exact names.
    mutating func exchanges(_ node: JSONNode) -> ExchangeList? {
        guard let texts = texts(node, what: "exchange") else { return nil }
        var seen: Set<[UInt8]> = []
        for (element, text) in texts {
            if text.utf8.count > RoutingKeyPattern.mostBytes {
                report(
                    .routingKeySyntax, element, "the name of an exchange has at most 255 bytes",
                    hint: "write the name as the broker has it")
            }
            if text.contains(where: { $0 == "*" || $0 == "#" }) {
                report(
                    .exchangeWildcard, element,
                    "exchanges are compared by their exact names, so \"*\" and \"#\" are signs",
                    hint: "list the names, or leave \"exchange\" out and use \"routing_key\"")
            }
            if !seen.insert(Array(text.utf8)).inserted {
                report(
                    .duplicateBinding, element, "the exchange \"\(clip(text))\" is listed twice", hint: "take one out")
            }
        }
        return ExchangeList(texts.map(\.text))
    }

    /// Reads a list of patterns, and remarks on those that add nothing.
    mutating func routingKeys(_ node: JSONNode) -> [RoutingKeyPattern]? {
        guard let texts = texts(node, what: "routing_key") else { return nil }
        var patterns: [(node: JSONNode, pattern: RoutingKeyPattern)] = []
        for (element, text) in texts {
            do {
                patterns.append((element, try RoutingKeyPattern(text)))
            } catch {
                syntax(error, element)
            }
        }
        remark(patterns)
        return patterns.map(\.pattern)
    }

    /// Puts a refused routing key into words.
    private mutating func syntax(_ fault: RoutingKeyPattern.Fault, _ node: JSONNode) {
        switch fault {
        case .tooLong(let bytes):
            report(
                .routingKeySyntax, node, "the routing key has \(bytes) bytes; the protocol carries 255",
                hint: "write the key that is published; \"#\" stands for any number of words")
        case .gluedWildcard(let word):
            report(
                .routingKeySyntax, node, "\"*\" or \"#\" glued to other characters is no wildcard: \"\(clip(word))\"",
                hint: "a wildcard is a whole word between dots, as in \"order.*.paid\" or \"order.#\"")
        }
    }

    /// W191 for a pattern that was there before, W192 for one that another covers.
    private mutating func remark(_ patterns: [(node: JSONNode, pattern: RoutingKeyPattern)]) {
        for (place, (node, pattern)) in patterns.enumerated() {
            if patterns[..<place].contains(where: { $0.pattern.words == pattern.words }) {
                report(.duplicateBinding, node, "the routing key \"\(pattern)\" is listed twice", hint: "take one out")
                continue
            }
            if let wider = wider(than: place, in: patterns.prefix(Self.mostCompared).map(\.pattern)) {
                report(
                    .subsumedBinding, node, "every key of \"\(pattern)\" is one of \"\(wider)\" too",
                    hint: "leave one of the two out")
            }
        }
    }

    /// Longer lists are not compared pair by pair: a remark is not worth the time.
    private static let mostCompared = 50

    /// Another pattern that covers one; of two that cover each other the earlier is the wider.
    private func wider(than place: Int, in patterns: [RoutingKeyPattern]) -> RoutingKeyPattern? {
        guard place < patterns.count else { return nil }
        let pattern = patterns[place]
        for (other, candidate) in patterns.enumerated() where other != place && candidate.words != pattern.words {
            guard candidate.covers(pattern) else { continue }
            if other < place || !pattern.covers(candidate) { return candidate }
        }
        return nil
    }

    /// Reads a list of texts; other elements are reported and left out.
    private mutating func texts(_ node: JSONNode, what: String) -> [(node: JSONNode, text: String)]? {
        guard node.kind == .array else {
            let hint =
                node.kind == .string ? "write \"\(what)\": [\(clip(node.text()))]" : "write \"\(what)\": [\"name\"]"
            report(.notAList, node, "\"\(what)\" is a list of texts, not \(node.kind.noun)", hint: hint)
            return nil
        }
        if node.count == 0 {
            report(
                .notAList, node, "an empty list of \"\(what)\" accepts nothing", hint: "leave \"\(what)\" out for any")
        }
        return node.elements.compactMap { element in
            if let text = element.string { return (element, text) }
            report(
                .notAList, element, "\"\(what)\" lists texts, not \(element.kind.noun)",
                hint: "write the name in double quotes")
            return nil
        }
    }

    /// Points to a value.
    mutating func report(_ code: PatternDiagnostic.Code, _ node: JSONNode, _ message: String, hint: String? = nil) {
        diagnostics.append(
            PatternDiagnostic(code: code, node: node, offset: node.offset, message: message, hint: hint))
    }
}

import Functions
import JSON
import JSONPath

/// `$template`: texts with placeholders.
extension MappingCompiler {
    /// Compiles the operand of `$template`.
    func text(_ parts: InstructionPlace, _ scope: AtScope) -> CompiledSource? {
        let place = parts.operand
        let scalars = Array((place.text ?? "").unicodeScalars)
        var pieces: [TextTemplate.Part] = []
        var facts = TemplateFacts.constant(.text)
        var isWhole = true
        var literal = String.UnicodeScalarView()
        var at = 0
        while at < scalars.count {
            guard scalars[at...].starts(with: "{{".unicodeScalars) else {
                literal.append(scalars[at])
                at += 1
                continue
            }
            if !literal.isEmpty { pieces.append(.text(String(literal))) }
            literal = String.UnicodeScalarView()
            guard let end = placeholderEnd(scalars, from: at + 2) else {
                findings.add(
                    .placeholder, at: place, scalar: at, "this placeholder is not closed",
                    hint: "write \"}}\" behind it")
                return nil
            }
            if let piece = placeholder(scalars[(at + 2)..<end], in: place, scope, &facts) {
                pieces.append(piece)
            } else {
                isWhole = false
            }
            at = end + 2
        }
        if !literal.isEmpty { pieces.append(.text(String(literal))) }
        guard isWhole else { return nil }
        remarkOnPlaceholders(pieces, place)
        let source = Instruction.Source.text(TextTemplate(parts: pieces))
        return CompiledSource(kind: .template, source: source, facts: facts)
    }

    /// A text without placeholders needs no template; most often one brace is missing.
    private func remarkOnPlaceholders(_ pieces: [TextTemplate.Part], _ place: Place) {
        let isPlain = pieces.allSatisfy { piece in
            if case .text = piece { true } else { false }
        }
        guard isPlain else { return }
        findings.add(
            .looksLikePath, at: place, "this text has no placeholder, so it goes out as it stands",
            hint: "a placeholder has two braces on each side: {{$.name}}")
    }

    /// Where the placeholder ends; braces between quotes belong to the path.
    private func placeholderEnd(_ scalars: [Unicode.Scalar], from start: Int) -> Int? {
        var quote: Unicode.Scalar?
        var at = start
        while at < scalars.count {
            let scalar = scalars[at]
            if let open = quote {
                if scalar == "\\" { at += 1 }
                if scalar == open { quote = nil }
            } else if scalar == "'" || scalar == "\"" {
                quote = scalar
            } else if scalar == "}", at + 1 < scalars.count, scalars[at + 1] == "}" {
                return at
            }
            at += 1
        }
        return nil
    }

    private func placeholder(
        _ inside: ArraySlice<Unicode.Scalar>, in place: Place, _ scope: AtScope, _ facts: inout TemplateFacts
    ) -> TextTemplate.Part? {
        let leading = inside.prefix { $0 == " " }.count
        let content = inside.dropFirst(leading)
        let trailing = content.reversed().prefix { $0 == " " }.count
        var trimmed = String.UnicodeScalarView()
        trimmed.append(contentsOf: content.dropLast(trailing))
        let text = String(trimmed)
        let start = inside.startIndex + leading
        if let bar = text.firstIndex(of: "|"), !text.contains("["), !text.contains("||") {
            let before = text.unicodeScalars.distance(from: text.startIndex, to: bar)
            findings.add(
                .placeholder, at: place, scalar: start + before,
                "a placeholder takes a path or a name, and no functions",
                hint: "name the value in \"let\", with its \"pipe\", and write {{name}}")
            return nil
        }
        guard text.hasPrefix("$") || text.hasPrefix("@") else { return name(text, in: place, from: start, &facts) }
        guard let query = query(text, in: place, from: start, scope) else { return nil }
        guard query.isSingular else {
            notSingular(
                place, query, code: .placeholder, from: start,
                hint: "name the value in \"let\" with \"take\", and write {{name}}")
            return nil
        }
        facts.uses.formUnion(uses(query, scope))
        facts.isAlwaysThere = false
        return .path(query)
    }

    private func name(
        _ text: String, in place: Place, from start: Int, _ facts: inout TemplateFacts
    ) -> TextTemplate.Part? {
        guard !text.isEmpty else {
            findings.add(
                .placeholder, at: place, scalar: start, "this placeholder is empty",
                hint: "write a path or a name of \"let\" between the braces, for example {{$.id}}")
            return nil
        }
        guard let (slot, known) = useVariable(text, at: place, scalar: start) else { return nil }
        facts.uses.formUnion(known.uses)
        facts.isAlwaysThere = facts.isAlwaysThere && known.isAlwaysThere
        return .variable(slot, name: text)
    }
}

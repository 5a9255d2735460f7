import EventPattern
import JSON

/// Conditions: `where`, `$if` and the parts of `when` are one language.
extension MappingCompiler {
    /// Compiles a pattern; nil where it is faulty, which has been reported.
    func condition(_ place: Place) -> EventPattern? {
        let (pattern, diagnostics) = EventPattern.compile(place.node)
        report(diagnostics)
        remarkOnNames(place)
        if let pattern { conditionsRead.append(Mapping.ConditionMark(pattern: pattern, loops: loops)) }
        return pattern
    }

    /// Conditions name members; who writes a path there waits for a member that is called `$.status`.
    func remarkOnNames(_ place: Place) {
        for member in place.members {
            if PathText.looksLikePath(member.name), member.name.count > 2 {
                findings.add(
                    .looksLikePath, name: member, "\"\(member.name.prefix(60))\" is a member's name here, and no path",
                    hint: PathText.nested(String(member.name.dropFirst(2))).map { "write \($0)" }
                        ?? "write the name alone")
            }
            remarkOnNames(member.place)
        }
        guard place.pointer.tokens.last == "$or" else { return }
        for element in place.elements { remarkOnNames(element) }
    }

    /// Passes on what another part of the language found; its nodes stand in this very file.
    func report(_ diagnostics: [PatternDiagnostic]) {
        // Of members that stand twice the file's reader has told, wherever they are.
        for diagnostic in diagnostics where diagnostic.code != .duplicateName {
            findings.add(
                DiagnosticCode(diagnostic.code), diagnostic.position, diagnostic.pointer, diagnostic.message,
                hint: diagnostic.hint)
        }
    }
}

extension DiagnosticCode {
    /// The code of a pattern's diagnostic.
    init(_ code: PatternDiagnostic.Code) {
        self =
            switch code {
            case .duplicateName: .duplicateMember
            case .notAList: .valueNotInList
            case .unknownOperator: .unknownOperator
            case .emptyRange: .emptyRange
            case .mixedAnythingBut: .mixedAnythingBut
            case .wildcardSyntax: .wildcardSyntax
            case .contradiction: .contradiction
            case .alwaysTrue: .alwaysTrue
            case .objectCondition: .existsOnObject
            case .numericOnText: .numericOnText
            case .beyondLimits: .patternTooBig
            case .nullPasses: .nullPasses
            case .routingKeySyntax: .routingKey
            case .duplicateBinding: .duplicateBinding
            case .subsumedBinding: .coveredBinding
            case .exchangeWildcard: .exchangeWildcard
            }
    }
}

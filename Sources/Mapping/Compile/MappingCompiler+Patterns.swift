import EventPattern
import JSON

/// Conditions: `where`, `$if` and the parts of `when` are one language.
extension MappingCompiler {
    /// Compiles a pattern; nil where it is faulty, which has been reported.
    func condition(_ place: Place) -> EventPattern? {
        let (pattern, diagnostics) = EventPattern.compile(place.node)
        report(diagnostics)
        return pattern
    }

    /// Passes on what another part of the language found; its nodes stand in this very file.
    func report(_ diagnostics: [PatternDiagnostic]) {
        for diagnostic in diagnostics {
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

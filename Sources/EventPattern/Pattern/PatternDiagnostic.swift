package import JSON

/// One fault of a pattern, or one remark on it, and the place it points to.
package struct PatternDiagnostic: Sendable, CustomStringConvertible {
    /// What is said, by the codes of the reference.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// A member stands twice in one object.
        case duplicateName = "E102"
        /// A condition is no list of values, or a list or an object is empty, or `$or` has no branches to choose from.
        case notAList = "E130"
        /// An operator is unknown or is given something it cannot work with.
        case unknownOperator = "E131"
        /// A numeric range holds no number.
        case emptyRange = "E132"
        /// `anything-but` is given nothing, values of several kinds, or values it does not take.
        case mixedAnythingBut = "E133"
        /// A wildcard text is malformed.
        case wildcardSyntax = "E134"
        /// No event can meet the pattern, or one path has a list both outside and inside `$or`.
        case contradiction = "E135"
        /// Every value meets the condition.
        case alwaysTrue = "W136"
        /// A condition stands on what test events show as an object or a list of objects.
        case objectCondition = "W137"
        /// A numeric condition stands on what test events show as text.
        case numericOnText = "W138"
        /// The pattern is nested too deep, or becomes too many trees when `$or` is multiplied out.
        case beyondLimits = "E139"
        /// `anything-but` lets `null` through, which authors often do not expect.
        case nullPasses = "N139"
        /// A routing key is too long or glues a wildcard to other characters.
        case routingKeySyntax = "E190"
        /// An exchange or a routing key is listed twice.
        case duplicateBinding = "W191"
        /// A routing key is covered by another of the same list.
        case subsumedBinding = "W192"
        /// The name of an exchange holds what would be a wildcard in a routing key.
        case exchangeWildcard = "W193"
    }

    /// How much it matters.
    package enum Severity: String, Sendable, Hashable {
        case error, warning, note
    }

    /// What is said.
    package let code: Code
    /// The value that the diagnostic is about; its way from the root is the pointer to print.
    package let node: JSONNode
    /// Bytes before the place it points to: the value, or the name of a member.
    package let offset: Int
    /// One sentence: what is wrong.
    package let message: String
    /// What to write instead.
    package let hint: String?

    /// How much it matters: it follows from the code.
    package var severity: Severity {
        switch code.rawValue.first {
        case "E": .error
        case "W": .warning
        default: .note
        }
    }

    /// Line and column of the place.
    package var position: JSONPosition { JSONPosition(offset: offset, in: node.document.bytes) }

    /// The value's place in its document.
    package var pointer: JSONPointer { JSONPointer(node.location) }

    /// One line: `3:7: error E131: …`.
    package var description: String {
        "\(position): \(severity.rawValue) \(code.rawValue): \(message)" + (hint.map { " (\($0))" } ?? "")
    }
}

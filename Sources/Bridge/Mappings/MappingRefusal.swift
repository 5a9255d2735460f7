package import Telemetry

/// Why the present content of a file is not in force.
package struct MappingRefusal: Sendable, Hashable {
    /// What kind of reason it is.
    package enum Kind: Sendable, Hashable {
        /// The file has an error, or its tests fail.
        case fault
        /// Another file has the mapping's name.
        case name
        /// The broker does not take a binding that it needs.
        case binding
    }

    /// The file that the reason is about: the mapping's, or that of its tests.
    package let file: String
    /// Where in the file; nil where no place is to blame.
    package let line: Int?
    /// The column, in characters.
    package let column: Int?
    /// What is wrong, in a sentence.
    package let reason: String
    /// What kind of reason it is.
    package let kind: Kind
    /// A hash of the content that is refused.
    package let content: String
    /// The version that stays in force meanwhile; nil when the file has none.
    package internal(set) var lastGood: String?

    /// Whether it was told already: the same content is refused for the same reason.
    ///
    /// What a broker says may change from try to try without being news.
    func isNews(after former: MappingRefusal?) -> Bool {
        guard let former, former.file == file, former.content == content, former.kind == kind else { return true }
        return kind != .binding && (former.reason != reason || former.line != line)
    }

    /// What is told of it.
    package var observation: Observation {
        .mappingRefused(file: file, line: line, column: column, reason: "\(reason); \(stays)")
    }

    /// The same as one sentence, with the place.
    var sentence: String {
        let place = [line, column].compactMap(\.self).map { ":\($0)" }.joined()
        return "\(file)\(place): \(reason); \(stays)"
    }

    private var stays: String {
        lastGood.map { "its last good version \($0) stays live" } ?? "nothing of it is live"
    }
}

package import JSON

/// How one test beside a mapping went.
package struct MappingTestResult: Sendable {
    /// What the test shows.
    package let name: String
    /// Where it stands in the file of tests.
    package let position: JSONPosition
    /// What differs; none when it passes.
    package let differences: [TestDifference]
    /// Why it could not be run; nil when it was.
    package let obstacle: String?
    /// What to write in the mapping, where that is certain; nil otherwise.
    package var advice: String?

    /// Whether it passes.
    package var isPassed: Bool { differences.isEmpty && obstacle == nil }
}

/// How the tests beside a mapping went, and what they do not reach.
package struct MappingTestReport: Sendable {
    /// The tests in the order of the file.
    package let results: [MappingTestResult]
    /// Alternatives and branches: reached or not.
    package let branches: [Branch]
    /// Faults of the file of tests, failing tests (E202), missing events (E204), no tests (W200), branches that none
    /// reaches (W203), stray edits (W205), phone numbers in another form than E.164 (W145), and what the test events tell
    /// about paths and conditions (W221, W222, W137, W138).
    package let diagnostics: [Diagnostic]
    /// The paths of the mapping's conditions on the body at which a test event holds a list: what one element there is
    /// not, another may be.
    package let lists: Set<[String]>

    /// A place that only some events reach.
    package struct Branch: Sendable, Hashable {
        /// The place in the mapping.
        package let pointer: JSONPointer
        /// Whether any test reaches it.
        package let isReached: Bool
    }

    /// Whether the mapping may go live.
    package var isPassed: Bool { !diagnostics.contains { $0.severity == .error } }
}

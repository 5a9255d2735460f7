package import JSON

/// What the data file holds: the account that the sandbox plays.
package struct SandboxData: Sendable {
    /// Trigger campaigns.
    package var campaigns: [Campaign] = []
    /// Scenarios.
    package var scenarios: [Scenario] = []
    /// Resources; nil where the file names none: then every number is one.
    package var resources: [Resource]?
    /// The profile database.
    package var profiles: [Profile] = []
    /// Members of the file that the sandbox does not know, which saving keeps.
    package var others: [(name: String, value: JSONValue)] = []

    /// An empty account.
    package init() {}
}

/// Why a data file cannot be used.
package struct DataFileError: Error, Sendable, CustomStringConvertible {
    /// The file, as named by whoever started us.
    package let path: String
    /// Where it is wrong; nil when it cannot be read at all.
    package let position: JSONPosition?
    /// What is wrong and what belongs there.
    package let message: String

    /// One line: `data.json:3:14: "id" must be a whole number, not a text`.
    package var description: String {
        position.map { "\(path):\($0): \(message)" } ?? "\(path): \(message)"
    }
}

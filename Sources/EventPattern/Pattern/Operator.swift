/// The operators of section 4.2 by name.
enum Operator: String, CaseIterable {
    case exactly
    case prefix
    case suffix
    case equalsIgnoreCase = "equals-ignore-case"
    case wildcard
    case anythingBut = "anything-but"
    case numeric
    case exists
    case cidr

    /// The companion that only `numeric` takes.
    static let textCompanion = "text"
    /// How `numeric` compares.
    static let comparisons = ["=", "<", "<=", ">", ">="]
    /// The name under which alternatives stand.
    static let or = "$or"

    /// The operators that `anything-but` takes inside.
    static let insideAnythingBut: [Operator] = [.prefix, .suffix, .equalsIgnoreCase, .wildcard]

    /// All names.
    static let names = allCases.map(\.rawValue)
}

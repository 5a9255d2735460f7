/// What is wrong with a value, in words that follow the value, and what to write instead.
package struct SettingProblem: Error, Sendable, Hashable {
    /// The fault, for example `is no duration`; never repeats the value, which may be a secret.
    package let message: String
    /// The advice, for example `write a time like 25s`.
    package let hint: String

    /// What is wrong and what to do.
    package init(_ message: String, _ hint: String) {
        self.message = message
        self.hint = hint
    }
}

extension SettingProblem: CustomStringConvertible {
    /// One line: what is wrong and what to write instead.
    package var description: String {
        "\(message); \(hint)"
    }
}

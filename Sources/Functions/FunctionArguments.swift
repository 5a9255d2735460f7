import JSON

/// Arguments by name: those that stand in the file when a function is prepared, all of them when it is applied.
package struct FunctionArguments: Sendable {
    private let values: [(name: String, value: FunctionValue)]
    /// The names of arguments that are written in the file, but whose values only the event knows.
    private let later: [String]

    /// No arguments.
    package static let none = FunctionArguments([])

    /// Takes arguments; a function has few, so they are looked for one after the other.
    ///
    /// - Parameter later: Arguments that come with each event, so that preparing a function does not take them for
    ///   missing.
    package init(_ values: [(name: String, value: FunctionValue)], later: [String] = []) {
        self.values = values
        self.later = later
    }

    /// These arguments with those of `others` behind them; a name that is here hides the same name there.
    package func joining(_ others: FunctionArguments) -> FunctionArguments {
        if others.isEmpty { return self }
        return isEmpty ? others : FunctionArguments(values + others.values)
    }

    /// Whether the values of all arguments are here.
    var isComplete: Bool { later.isEmpty }

    /// Whether an argument is written in the file; its value may come later.
    func isWritten(_ name: String) -> Bool {
        self[name] != nil || later.contains(name)
    }

    /// Whether there are none.
    package var isEmpty: Bool { values.isEmpty }

    /// The argument with this name, or nil.
    package subscript(_ name: String) -> FunctionValue? {
        for entry in values where entry.name == name { return entry.value }
        return nil
    }

    /// The argument as a text, or nil when there is none or it is no text.
    package func text(_ name: String) -> String? {
        self[name]?.text
    }

    /// The argument as a whole number, or nil when there is none or it is none.
    package func integer(_ name: String) -> Int? {
        guard case .json(let value)? = self[name], let number = value.number, let whole = number.int64 else {
            return nil
        }
        return Int(exactly: whole)
    }
}

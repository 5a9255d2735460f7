/// One function of the mapping language: what the checker, the schema and the reference say about it, and how it works.
package struct FunctionSpec: Sendable {
    /// The name in a `pipe`.
    package let name: String
    /// Its arguments, in the order of the reference.
    package let parameters: [ParameterSpec]
    /// What it takes.
    package let input: ValueType
    /// What it gives.
    package let output: ValueType
    /// One sentence: what it does.
    package let summary: String
    /// How it is written and what comes out.
    package let example: FunctionExample
    private let make: Make

    /// Checks the arguments that stand in the file and gives the function made ready with them.
    package typealias Make = @Sendable (FunctionArguments) throws(ArgumentFault) -> PreparedFunction

    /// Describes a function.
    package init(
        _ name: String, _ input: ValueType, to output: ValueType, _ summary: String, parameters: [ParameterSpec] = [],
        example: FunctionExample, make: @escaping Make
    ) {
        self.name = name
        self.parameters = parameters
        self.input = input
        self.output = output
        self.summary = summary
        self.example = example
        self.make = make
    }

    /// Makes the function ready with the arguments that stand in the file.
    ///
    /// The caller has checked names and presence of arguments. `constants` holds the values that stand in the file, and
    /// the names of those that are computed for each event; these values are handed to `apply`.
    ///
    /// - Throws: ``ArgumentFault`` for a constant that can never work: a wrong type, a zone that does not exist.
    package func prepare(_ constants: FunctionArguments) throws(ArgumentFault) -> PreparedFunction {
        try make(constants)
    }
}

/// An example of a function, checked by a test: this call turns this input into this output.
///
/// Where the function takes an exact decimal or a moment, the input goes through `decimal` or `datetime` first.
package struct FunctionExample: Sendable {
    /// The input as JSON text.
    package let input: String
    /// The entry in `pipe` as JSON text.
    package let call: String
    /// The output as JSON text; nil when the value counts as missing.
    package let output: String?

    /// Makes an example.
    package init(_ input: String, _ call: String, _ output: String?) {
        self.input = input
        self.call = call
        self.output = output
    }
}

/// A function made ready: its constant arguments are read and checked.
package struct PreparedFunction: Sendable {
    private let body: @Sendable (FunctionValue, FunctionArguments) -> FunctionResult

    /// Takes the work to do on each value; the arguments are those that only the event knows.
    package init(_ body: @escaping @Sendable (FunctionValue, FunctionArguments) -> FunctionResult) {
        self.body = body
    }

    /// Applies the function.
    package func apply(_ input: FunctionValue, arguments: FunctionArguments = .none) -> FunctionResult {
        body(input, arguments)
    }
}

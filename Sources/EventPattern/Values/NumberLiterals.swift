/// A set of numbers: few are compared in turn, many looked up.
struct NumberLiterals: Sendable {
    /// The numbers in their order.
    let all: [ExactNumber]
    private let set: Set<ExactNumber>

    init(_ numbers: [ExactNumber]) {
        all = numbers
        set = numbers.count > 8 ? Set(numbers) : []
    }

    /// Whether there is no number in the set.
    var isEmpty: Bool { all.isEmpty }

    /// Whether a number is in the set.
    func contains(_ number: ExactNumber) -> Bool {
        set.isEmpty ? all.contains(number) : set.contains(number)
    }
}

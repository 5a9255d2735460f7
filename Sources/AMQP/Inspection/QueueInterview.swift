/// Finds out what a queue was declared with, by asking for what it cannot be: each refusal names one difference.
///
/// Pure. Every declaration carries a value that no queue can be created with, so that none comes into being, not even
/// where the queue is deleted in between; what is there is never changed by a declaration.
struct QueueInterview {
    private let queue: String
    private var asked: ArraySlice<QueueArgument>
    private(set) var facts = QueueFacts()
    /// What the next declaration must say to differ in one thing only.
    private var known: [String: AMQPValue] = [:]
    private var rounds = 0

    /// Whatever a broker answers, it is not asked more often.
    private static let mostRounds = 48

    /// What the interview has come to.
    enum Outcome: Equatable {
        /// Go on with `next`.
        case open
        /// There is no such queue any more.
        case missing
    }

    /// An interview about these arguments.
    init(_ queue: String, _ arguments: [QueueArgument]) {
        self.queue = queue
        asked = arguments[...]
    }

    /// What to ask for next; nil when all is known that can be.
    mutating func next() -> OutboundFrame.QueueDeclaration? {
        guard let argument = asked.first, rounds < Self.mostRounds else { return nil }
        rounds += 1
        var values = known
        values[argument.rawValue] = argument.impossible
        if !argument.isKnownToAll { values[QueueArgument.type.rawValue] = QueueArgument.type.impossible }
        var table = AMQPTable()
        for (name, value) in values.sorted(by: { $0.key < $1.key }) { table.append(AMQPText(name), value) }
        return OutboundFrame.QueueDeclaration(
            name: AMQPText(queue), durable: facts.isDurable, autoDelete: facts.isAutoDelete, arguments: table)
    }

    /// The declaration was taken for the same: the argument means nothing for a queue of this kind.
    mutating func taken() {
        if let argument = asked.popFirst() { facts[argument] = .absent }
    }

    /// The declaration was refused.
    mutating func refused(_ text: String) -> Outcome {
        guard let difference = Inequivalence(text) else {
            // The value itself is refused where there is no queue to compare it with.
            if text.contains("invalid arg '") { return .missing }
            _ = asked.popFirst()
            return .open
        }
        learn(difference)
        return .open
    }

    private mutating func learn(_ difference: Inequivalence) {
        switch difference.name {
        case "durable": facts.isDurable = difference.current == "true"
        case "auto_delete": facts.isAutoDelete = difference.current == "true"
        default:
            if let argument = QueueArgument(rawValue: difference.name) {
                // The guard of an argument that this broker does not compare.
                if argument != asked.first, known[argument.rawValue] != nil || facts[argument] != .unseen {
                    _ = asked.popFirst()
                    return
                }
                facts[argument] = difference.current.map { .value($0) } ?? .absent
                asked.removeAll { $0 == argument }
            }
            known[difference.name] = difference.value
        }
    }
}

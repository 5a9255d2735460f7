import Synchronization

/// All series of one name: they share kind, help and label names, and there are at most so many of them.
package final class MetricFamily<Member: AnyObject & Sendable>: Sendable {
    /// The name in the exposition.
    package let name: String
    let kind: MetricKind
    let help: String
    /// Whether series that were never written are left out: for families with many labels, few of which occur.
    let hidesUntouched: Bool
    let limit: Int
    private let make: @Sendable (LabelSet) -> Member
    private let members = Mutex<[LabelSet: Member]>([:])

    init(
        name: String,
        kind: MetricKind,
        help: String,
        hidesUntouched: Bool,
        limit: Int,
        make: @escaping @Sendable (LabelSet) -> Member
    ) {
        self.name = name
        self.kind = kind
        self.help = help
        self.hidesUntouched = hidesUntouched
        self.limit = limit
        self.make = make
    }

    /// The series with these labels, made at first use; nil when the family is full.
    package func series(_ labels: LabelSet) -> Member? {
        members.withLock { members in
            if let known = members[labels] { return known }
            guard members.count < limit else { return nil }
            let member = make(labels)
            members[labels] = member
            return member
        }
    }

    /// Forgets series: what they told is no longer so.
    package func removeAll(where isGone: (LabelSet) -> Bool = { _ in true }) {
        members.withLock { members in
            members = members.filter { !isGone($0.key) }
        }
    }

    /// All series, in the order of their labels.
    var sorted: [Member] {
        members.withLock { Array($0) }.sorted { $0.key.description < $1.key.description }.map(\.value)
    }
}

/// A family as the registry sees it, whatever its members are.
protocol ExposedFamily: Sendable {
    var name: String { get }
    var kind: MetricKind { get }
    func expose(into text: inout String)
}

extension MetricFamily: ExposedFamily {
    func expose(into text: inout String) {
        let shown = sorted.compactMap { $0 as? any Series }.filter { !hidesUntouched || $0.isTouched }
        guard !shown.isEmpty else { return }
        text += TextFormat.header(name: name, kind: kind, help: help)
        for series in shown { series.expose(as: name, into: &text) }
    }
}

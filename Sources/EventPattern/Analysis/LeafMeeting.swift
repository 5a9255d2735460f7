import JSON

/// What one path can hold so that lists of two patterns accept it.
enum LeafMeeting {
    /// A value that is written into the witness.
    case leaf(JSONValue)
    /// Nothing may stand there.
    case absent
    /// No value suits both: proven.
    case impossible
    /// None was found, and none was excluded.
    case unknown

    /// Most pairs of operators that are compared; longer lists are left open.
    private static let mostPairs = 1_024

    /// What a single list accepts.
    init(_ list: ValueList) {
        for test in list.tests {
            for value in LeafSamples.of(test, atLeast: 1) where list.accepts(value) {
                self = .leaf(value)
                return
            }
        }
        self = list.acceptsAbsent ? .absent : .unknown
    }

    /// What both lists accept.
    ///
    /// An entry of either must accept the leaf, so pairs of entries decide.
    init(_ left: ValueList, _ right: ValueList) {
        if let value = LeafMeeting.literal(of: left, for: right) ?? LeafMeeting.literal(of: right, for: left) {
            self = .leaf(value)
            return
        }
        let (openLeft, openRight) = (left.tests.filter(\.isOpen), right.tests.filter(\.isOpen))
        var isProven = openLeft.count * openRight.count <= Self.mostPairs
        for mine in isProven ? openLeft : [] {
            for theirs in openRight {
                guard let meeting = PairMeeting.of(mine, theirs) else {
                    isProven = false
                    continue
                }
                for value in meeting where left.accepts(value) && right.accepts(value) {
                    self = .leaf(value)
                    return
                }
                if !meeting.isEmpty { isProven = false }
            }
        }
        if left.acceptsAbsent, right.acceptsAbsent {
            self = .absent
        } else {
            self = isProven ? .impossible : .unknown
        }
    }

    /// The first literal of one list that the other accepts too.
    private static func literal(of list: ValueList, for other: ValueList) -> JSONValue? {
        for test in list.tests where !test.isOpen {
            for value in LeafSamples.of(test, atLeast: 1) where other.accepts(value) { return value }
        }
        return nil
    }
}

extension ValueList {
    /// Whether some entry accepts a value that is not in any document yet.
    func accepts(_ value: JSONValue) -> Bool {
        guard let document = try? JSONDocument.parse(value.text()) else { return false }
        return accepts(document.root)
    }
}

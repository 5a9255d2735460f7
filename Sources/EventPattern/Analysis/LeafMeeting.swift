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
        var isProven = true
        for mine in left.tests.filter(\.isOpen) {
            for theirs in right.tests.filter(\.isOpen) {
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

extension ValueTest {
    /// Whether the entry accepts more than one value, so that pairs with it must be thought about.
    var isOpen: Bool {
        switch self {
        case .text, .number, .bool, .null: false
        case .exists(let exists): exists
        case .form, .numeric, .cidr, .anythingBut: true
        }
    }
}

extension ValueList {
    /// Whether some entry accepts a value that is not in any document yet.
    func accepts(_ value: JSONValue) -> Bool {
        guard let document = try? JSONDocument.parse(value.text()) else { return false }
        return accepts(document.root)
    }
}

/// Values that two open entries may share.
enum PairMeeting {
    /// Candidates for a value that both accept; none where that is impossible, nil where it is not known.
    static func of(_ left: ValueTest, _ right: ValueTest) -> [JSONValue]? {
        switch (left, right) {
        case (.exists, let other), (let other, .exists): LeafSamples.of(other, atLeast: 1)
        case (.form(let mine), .form(let theirs)): forms(Glob(mine), Glob(theirs))
        case (.numeric(let mine), .numeric(let theirs)): ranges(mine, theirs)
        case (.cidr(let mine), .cidr(let theirs)):
            mine.overlaps(theirs) ? [.string(mine.firstAddress), .string(theirs.firstAddress)] : []
        case (.anythingBut(let exception), let other), (let other, .anythingBut(let exception)):
            except(exception, other)
        case (.cidr, .numeric), (.numeric, .cidr): []
        case (.form(let form), .numeric(let range)), (.numeric(let range), .form(let form)):
            range.readsText ? texts(form, range) : []
        case (.form(let form), .cidr(let block)), (.cidr(let block), .form(let form)):
            found([.string(block.firstAddress)]) { Glob(form).accepts($0) }
        default: []
        }
    }

    private static func forms(_ left: Glob, _ right: Glob) -> [JSONValue]? {
        switch left.meeting(right) {
        case .none: []
        case .tooLarge: nil
        case .glob(let glob): [.string(glob.sample())]
        }
    }

    private static func ranges(_ left: NumericRange, _ right: NumericRange) -> [JSONValue]? {
        let shared = NumericRange(
            lower: left.isTighterBelow(than: right) ? left.lower : right.lower,
            upper: left.isTighterAbove(than: right) ? left.upper : right.upper, readsText: false)
        if shared.isEmpty { return [] }
        let numbers = LeafSamples.numbers(shared, 1)
        return numbers.isEmpty ? nil : numbers.map { LeafSamples.value($0) }
    }

    /// Texts of a form that are numbers of a range.
    private static func texts(_ form: TextTest, _ range: NumericRange) -> [JSONValue]? {
        let numbers = LeafSamples.numbers(range, 20).compactMap { LeafSamples.value($0).number?.text }
        let candidates = numbers + LeafSamples.texts(Glob(form), 100)
        return found(candidates.map { .string($0) }) { text in
            form.accepts(text) && (ExactNumber(wholeText: text).map(range.contains) ?? false)
        }
    }

    /// Values of an entry outside an exception.
    private static func except(_ exception: AnythingBut, _ other: ValueTest) -> [JSONValue]? {
        if case .anythingBut = other { return [.null, .bool(true)] }
        if case (.numbers(let numbers), .numeric(let range)) = (exception, other), let point = range.onlyNumber {
            if !range.readsText, numbers.contains(point) { return [] }
        }
        let candidates = LeafSamples.of(other, atLeast: exception.count)
        guard case .forms(let forms) = exception, case .form(let form) = other else { return candidates }
        let glob = Glob(form)
        return forms.contains { Glob($0).covers(glob) } ? [] : candidates
    }

    private static func found(_ candidates: [JSONValue], where accepts: (ArraySlice<UInt8>) -> Bool) -> [JSONValue]? {
        let found = candidates.filter { accepts(Array(($0.string ?? "").utf8)[...]) }
        return found.isEmpty ? nil : found
    }
}

extension AnythingBut {
    /// How many values or forms are named.
    var count: Int {
        switch self {
        case .texts(let names, _): names.count
        case .numbers(let numbers): numbers.count
        case .forms(let forms): forms.count
        }
    }
}

extension Glob {
    /// Whether a text has the form.
    func accepts(_ text: ArraySlice<UInt8>) -> Bool {
        covers(Glob(String(decoding: text, as: UTF8.self).unicodeScalars.map { .scalar($0.value) }))
    }
}

extension NumericRange {
    func isTighterBelow(than other: NumericRange) -> Bool {
        guard let mine = lower else { return false }
        guard let theirs = other.lower else { return true }
        return mine.value == theirs.value ? !mine.isInside : mine.value > theirs.value
    }

    func isTighterAbove(than other: NumericRange) -> Bool {
        guard let mine = upper else { return false }
        guard let theirs = other.upper else { return true }
        return mine.value == theirs.value ? !mine.isInside : mine.value < theirs.value
    }

    /// The number inside where there is but one.
    var onlyNumber: ExactNumber? {
        lower?.value == upper?.value ? lower?.value : nil
    }

    /// Whether no number is inside.
    var isEmpty: Bool {
        guard let lower, let upper else { return false }
        return lower.value > upper.value || (lower.value == upper.value && !(lower.isInside && upper.isInside))
    }
}

import JSON

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

    /// A text in both forms, or the proof that there is none.
    private static func forms(_ left: Glob, _ right: Glob) -> [JSONValue]? {
        switch left.meeting(right) {
        case .none: []
        case .tooLarge: nil
        case .glob(let glob): [.string(glob.sample())]
        }
    }

    /// Numbers of the tighter of the bounds on each side.
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
        guard case .forms(let forms, _) = exception, case .form(let form) = other else { return candidates }
        let glob = Glob(form)
        return forms.contains { Glob($0).covers(glob) } ? [] : candidates
    }

    /// The candidates that pass; none found proves nothing, hence nil.
    private static func found(_ candidates: [JSONValue], where accepts: (ArraySlice<UInt8>) -> Bool) -> [JSONValue]? {
        let found = candidates.filter { accepts(Array(($0.string ?? "").utf8)[...]) }
        return found.isEmpty ? nil : found
    }
}

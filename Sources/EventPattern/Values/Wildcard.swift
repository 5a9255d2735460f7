/// A text with `*` for any run of characters, matched in time linear in the text.
///
/// The parts between the stars are looked for from left to right: the first is anchored at the start, the last at the
/// end, and each one in between is taken where it first occurs, found by Knuth, Morris and Pratt. Taking the first
/// occurrence is always right, because it leaves the most text for the rest.
struct Wildcard: Sendable, Hashable {
    /// The literal parts: one more than there are stars.
    let parts: [[UInt8]]
    private let failures: [[Int]]

    /// What is wrong with the text of a wildcard.
    enum Fault: Error {
        case adjacentStars
        case unknownEscape(Character?)
    }

    /// Reads `*`, `\*` and `\\`.
    init(_ text: String) throws(Fault) {
        var parts: [[UInt8]] = [[]]
        var afterStar = false
        var characters = text.unicodeScalars.makeIterator()
        while let character = characters.next() {
            if character == "*" {
                guard !afterStar else { throw .adjacentStars }
                parts.append([])
                afterStar = true
                continue
            }
            afterStar = false
            var literal = character
            if character == "\\" {
                guard let next = characters.next() else { throw .unknownEscape(nil) }
                guard next == "*" || next == "\\" else { throw .unknownEscape(Character(next)) }
                literal = next
            }
            parts[parts.count - 1].append(contentsOf: Array(String(Character(literal)).utf8))
        }
        self.parts = parts
        failures = parts.map(Wildcard.failureTable)
    }

    /// Whether there is no star at all.
    var isLiteral: Bool { parts.count == 1 }

    /// Whether a whole text is of this form.
    func matches(_ text: ArraySlice<UInt8>) -> Bool {
        guard let first = parts.first, let last = parts.last, parts.count > 1 else {
            return text.elementsEqual(parts[0])
        }
        guard text.count >= first.count + last.count, text.starts(with: first),
            text.suffix(last.count).elementsEqual(last)
        else { return false }
        var place = text.startIndex + first.count
        let end = text.endIndex - last.count
        for index in 1..<(parts.count - 1) {
            guard let after = find(index, in: text, from: place, to: end) else { return false }
            place = after
        }
        return true
    }

    /// The place after the first occurrence of a part, or nil.
    private func find(_ part: Int, in text: ArraySlice<UInt8>, from start: Int, to end: Int) -> Int? {
        let wanted = parts[part]
        let failure = failures[part]
        var matched = 0
        var place = start
        while place < end {
            while matched > 0, wanted[matched] != text[place] { matched = failure[matched - 1] }
            if wanted[matched] == text[place] { matched += 1 }
            place += 1
            if matched == wanted.count { return place }
        }
        return nil
    }

    /// For every place of a part, how much of its beginning stands before it: where to go on after a mismatch.
    private static func failureTable(_ part: [UInt8]) -> [Int] {
        var table = [Int](repeating: 0, count: part.count)
        var matched = 0
        for place in part.indices.dropFirst() {
            while matched > 0, part[matched] != part[place] { matched = table[matched - 1] }
            if part[matched] == part[place] { matched += 1 }
            table[place] = matched
        }
        return table
    }
}

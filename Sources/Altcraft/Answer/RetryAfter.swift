/// Reads `Retry-After` (RFC 9110 section 10.2.3): seconds, or a date in any of the three forms of HTTP.
package enum RetryAfter {
    /// The longest wait that a peer can impose: beyond it a probe costs less than a mistake.
    package static let longest: Int64 = 3_600

    /// How long to wait from `now` (seconds since 1970); nil when the field says nothing that can be read, zero when its
    /// date has passed.
    package static func wait(_ field: String, now: Int64) -> Duration? {
        let text = field.trimmed
        guard !text.isEmpty, text.utf8.count <= 64 else { return nil }
        if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            // More digits than an integer holds are a long wait all the same.
            return .seconds(min(Int64(text) ?? longest, longest))
        }
        guard let date = HTTPDate.seconds(text, now: now) else { return nil }
        return .seconds(min(max(date - now, 0), longest))
    }
}

extension String {
    /// The text without white space at its ends.
    var trimmed: Substring {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0.isNewline }
        var text = drop(while: isSpace)
        while let last = text.last, isSpace(last) { text.removeLast() }
        return text
    }
}

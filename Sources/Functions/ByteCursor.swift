/// A place in a text that is read from left to right.
struct ByteCursor {
    let bytes: [UInt8]
    private(set) var place = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Whether nothing is left.
    var isAtEnd: Bool { place == bytes.count }

    /// Takes one character of ASCII if it stands here.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard place < bytes.count, UInt32(bytes[place]) == character.value else { return false }
        place += 1
        return true
    }

    /// Takes bytes if they stand here.
    mutating func take(_ expected: some Collection<UInt8>) -> Bool {
        guard bytes[place...].starts(with: expected) else { return false }
        place += expected.count
        return true
    }

    /// Takes exactly so many digits.
    mutating func digits(_ count: Int) -> Int64? {
        guard count <= 18, place + count <= bytes.count else { return nil }
        var value: Int64 = 0
        for byte in bytes[place..<(place + count)] {
            guard byte &- UInt8(ascii: "0") < 10 else { return nil }
            value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        place += count
        return value
    }

    /// Takes so many digits; where the width is 1, as many as there are up to `most`.
    mutating func number(_ width: Int, most: Int) -> Int64? {
        guard width == 1 else { return digits(width) }
        let count = bytes[place...].prefix(most).prefix { $0 &- UInt8(ascii: "0") < 10 }.count
        return count == 0 ? nil : digits(count)
    }

    /// Takes the digits of a fraction as nanoseconds; where the width is 1, up to nine of them.
    mutating func fraction(_ width: Int) -> Int64? {
        let start = place
        guard let value = number(width, most: 9) else { return nil }
        return (0..<(9 - (place - start))).reduce(value) { value, _ in value * 10 }
    }

    /// Takes one of these words of small letters, in whatever case it stands; answers which.
    mutating func word(_ words: [String]) -> Int? {
        for (number, word) in words.enumerated() {
            let here = bytes[place...].prefix(word.utf8.count)
            guard here.elementsEqual(word.utf8, by: { $0 | 0x20 == $1 }) else { continue }
            place += here.count
            return number
        }
        return nil
    }

    /// Takes a point and digits as nanoseconds, cutting what is finer; 0 without a point, nil for one without digits.
    mutating func pointAndFraction() -> Int64? {
        guard take(".") else { return 0 }
        let count = bytes[place...].prefix { $0 &- UInt8(ascii: "0") < 10 }.count
        guard count > 0, let value = digits(min(count, 9)) else { return nil }
        place += max(0, count - 9)
        return (0..<max(0, 9 - count)).reduce(value) { value, _ in value * 10 }
    }

    /// Takes `Z` or `+03:00`, the forms of RFC 3339; seconds east of UTC.
    mutating func offset() -> Int64? {
        if take("Z") || take("z") { return 0 }
        let start = place
        guard let offset = looseOffset(), place - start == 6 else { return nil }
        return offset
    }

    /// Takes `+03:00`, `+0300` or `+03`; seconds east of UTC.
    mutating func looseOffset() -> Int64? {
        let sign: Int64 = take("+") ? 1 : take("-") ? -1 : 0
        guard sign != 0, let hours = digits(2) else { return nil }
        let hasColon = take(":")
        let minutes = digits(2)
        guard hours < 24, minutes ?? 0 < 60, minutes != nil || !hasColon else { return nil }
        return sign * (hours * 3_600 + (minutes ?? 0) * 60)
    }
}

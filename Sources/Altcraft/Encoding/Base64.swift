/// Base64 as RFC 4648 section 4 has it: padded, in one line.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")

    /// The values of the alphabet's bytes; 0xFF for all others.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, byte) in alphabet.enumerated() { values[Int(byte)] = UInt8(value) }
        return values
    }()

    /// The text of some bytes.
    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var place = 0
        while place < bytes.count {
            let left = bytes.count - place
            let group = (0..<3).reduce(UInt32(0)) { $0 << 8 | ($1 < left ? UInt32(bytes[place + $1]) : 0) }
            for digit in 0..<4 {
                let value = Int(group >> UInt32(18 - 6 * digit) & 63)
                text.append(digit <= left ? alphabet[value] : padding)
            }
            place += 3
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Whether a text is base64 in the one form that every reader takes: whole groups, padding at the end only, and
    /// no bits set in what the padding cuts off.
    static func isValid(_ text: String.UTF8View) -> Bool {
        guard text.count % 4 == 0 else { return false }
        let padded = text.reversed().prefix(2).prefix { $0 == padding }.count
        var last: UInt8 = 0
        for byte in text.dropLast(padded) {
            last = values[Int(byte)]
            if last == 0xFF { return false }
        }
        let unused: UInt8 = padded == 2 ? 0b1111 : padded == 1 ? 0b11 : 0
        return last & unused == 0
    }
}

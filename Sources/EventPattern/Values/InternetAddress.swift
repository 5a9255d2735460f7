/// An address of version 4 or 6.
struct InternetAddress: Sendable, Hashable {
    /// The address as a number.
    let bits: UInt128
    /// 32 or 128: the family.
    let width: Int

    init(bits: UInt128, width: Int) {
        self.bits = bits
        self.width = width
    }

    /// Reads an address as strictly as `inet_pton`: four decimal bytes without leading zeros, or RFC 4291 section 2.2.
    init?(_ text: ArraySlice<UInt8>) {
        guard text.count <= 45 else { return nil }
        if text.contains(UInt8(ascii: ":")) {
            guard let bits = InternetAddress.version6(text) else { return nil }
            self.init(bits: bits, width: 128)
        } else {
            guard let bits = InternetAddress.version4(text) else { return nil }
            self.init(bits: UInt128(bits), width: 32)
        }
    }

    /// The address in a spelling that can be read back.
    var text: String {
        if width == 32 {
            return [24, 16, 8, 0].map { String((bits >> UInt128($0)) & 0xFF) }.joined(separator: ".")
        }
        return stride(from: 112, through: 0, by: -16).map { String((bits >> UInt128($0)) & 0xFFFF, radix: 16) }
            .joined(separator: ":")
    }

    /// Four decimal bytes; a leading zero is refused, because some read it as octal.
    private static func version4(_ text: ArraySlice<UInt8>) -> UInt32? {
        var bits: UInt32 = 0
        var bytes = 0
        var value: UInt32 = 0
        var digits = 0
        for byte in text {
            if byte == UInt8(ascii: ".") {
                guard digits > 0, bytes < 3 else { return nil }
                bits = bits << 8 | value
                bytes += 1
                (value, digits) = (0, 0)
                continue
            }
            guard byte &- UInt8(ascii: "0") < 10, digits == 0 || value != 0 else { return nil }
            value = value * 10 + UInt32(byte - UInt8(ascii: "0"))
            digits += 1
            guard value <= 255 else { return nil }
        }
        return bytes == 3 && digits > 0 ? bits << 8 | value : nil
    }

    /// Eight groups, of which one run of zeros may be left out as `::`.
    private static func version6(_ text: ArraySlice<UInt8>) -> UInt128? {
        let colon = UInt8(ascii: ":")
        var head = text
        var tail: ArraySlice<UInt8>?
        if let gap = text.indices.first(where: { text[$0] == colon && $0 + 1 < text.endIndex && text[$0 + 1] == colon })
        {
            head = text[..<gap]
            tail = text[(gap + 2)...]
        }
        guard let before = groups(head, mayEndInVersion4: tail == nil) else { return nil }
        guard let tail else { return before.count == 8 ? joined(before) : nil }
        guard let after = groups(tail, mayEndInVersion4: true), before.count + after.count <= 7 else { return nil }
        return joined(before + Array(repeating: 0, count: 8 - before.count - after.count) + after)
    }

    /// Groups as one number.
    private static func joined(_ groups: [UInt16]) -> UInt128 {
        groups.reduce(0) { $0 << 16 | UInt128($1) }
    }

    /// Groups of up to four hexadecimal digits; the last two may be written as version 4.
    private static func groups(_ text: ArraySlice<UInt8>, mayEndInVersion4: Bool) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var groups: [UInt16] = []
        for (place, part) in parts.enumerated() {
            if place == parts.count - 1, mayEndInVersion4, part.contains(UInt8(ascii: ".")) {
                guard let bits = version4(part) else { return nil }
                groups += [UInt16(bits >> 16), UInt16(bits & 0xFFFF)]
                continue
            }
            guard (1...4).contains(part.count) else { return nil }
            var value: UInt16 = 0
            for byte in part {
                guard let digit = hexDigit(byte) else { return nil }
                value = value << 4 | digit
            }
            groups.append(value)
        }
        return groups
    }

    private static func hexDigit(_ byte: UInt8) -> UInt16? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}

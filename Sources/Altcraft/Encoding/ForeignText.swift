/// Texts that others wrote, made fit for one line of a log or a header of a parked message.
enum ForeignText {
    /// Most scalars of such a text: more says nothing new.
    static let mostScalars = 300

    /// The text in one line: what would break the line, move the cursor or turn the reading direction becomes a space,
    /// and what is too long is cut.
    static func clean(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var count = 0
        for scalar in text.unicodeScalars {
            guard count < mostScalars else {
                result.append("…")
                break
            }
            result.append(isControl(scalar) || isLayout(scalar) ? " " : scalar)
            count += 1
        }
        return String(result)
    }

    /// Whether a scalar is a control character (C0, DEL, C1).
    static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }

    /// Whether a scalar breaks lines or turns the direction of what follows it.
    private static func isLayout(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x061C, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }
}

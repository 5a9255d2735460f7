import TestSupport

extension SeededGenerator {
    /// Text of any scalars, with those that need escaping more often than chance has them.
    mutating func text(upTo count: Int) -> String {
        let special: [Unicode.Scalar] = [
            "\"", "\\", "\n", "\r", "\t", "\0", "\u{1B}", "\u{7F}", "\u{85}", "\u{2028}", "\u{202E}", "=", " ", "é",
            "я",
            "\u{1F600}", "{", "}",
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...count, using: &self) {
            if Bool.random(using: &self) {
                text.append(special[Int.random(in: 0..<special.count, using: &self)])
            } else if let scalar = Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &self)) {
                text.append(scalar)
            }
        }
        return String(text)
    }
}

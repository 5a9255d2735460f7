/// Which characters and names XML 1.0 (fifth edition) knows, sections 2.2 and 2.3.
enum XMLCharacters {
    /// The first scalar that no XML document can hold, not even as a reference.
    static func firstForbidden(in text: String) -> Unicode.Scalar? {
        // Nearly all texts are plain; bytes are looked at before scalars are made.
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0xEF }) { return nil }
        return text.unicodeScalars.first { !isCharacter($0.value) }
    }

    private static func isCharacter(_ value: UInt32) -> Bool {
        switch value {
        case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    /// Whether a text can be an element's name without a namespace prefix.
    static func isName(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, isNameStart(first.value), text.utf8.count <= 256 else {
            return false
        }
        return text.unicodeScalars.dropFirst().allSatisfy { isNameStart($0.value) || isNameRest($0.value) }
    }

    private static func isNameStart(_ value: UInt32) -> Bool {
        switch value {
        case 0x41...0x5A, 0x5F, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D, 0x37F...0x1FFF,
            0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD,
            0x10000...0xEFFFF:
            true
        default: false
        }
    }

    private static func isNameRest(_ value: UInt32) -> Bool {
        switch value {
        case 0x2D, 0x2E, 0x30...0x39, 0xB7, 0x300...0x36F, 0x203F...0x2040: true
        default: false
        }
    }
}

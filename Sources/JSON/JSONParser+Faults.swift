/// What the parser says when a text is refused.
extension JSONParser {
    func error(_ fault: JSONError.Fault, _ message: String, at offset: Int) -> JSONError {
        JSONError(fault: fault, position: JSONPosition(offset: offset, in: bytes), message: message)
    }

    func notUTF8() -> JSONError {
        error(.notUTF8, "these bytes are not UTF-8", at: place)
    }

    func controlCharacter() -> JSONError {
        let code = String(bytes[place], radix: 16, uppercase: true)
        let padded = String(repeating: "0", count: 4 - code.count) + code
        return error(.syntax, "control character U+\(padded) inside a text; write it as an escape", at: place)
    }

    /// What stands at an offset, for a message: the character itself, or the end of the text.
    func found(at offset: Int) -> String {
        guard offset < bytes.count else { return "the end of the text" }
        let character = String(decoding: bytes[offset...].prefix(4), as: UTF8.self).unicodeScalars.first
        guard let character, character.value >= 0x20, character.value != 0xFFFD else { return "byte \(bytes[offset])" }
        if character == "\"" { return "a double quote" }
        return isVisible(character) ? "\"\(character)\"" : "U+" + hexadecimal(character)
    }

    /// Whether a scalar can be told from what stands beside it, and leaves the line and the terminal as they are.
    private func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: false
        case .spaceSeparator: scalar == " "
        default: true
        }
    }

    /// The beginning of a name, for a message; what cannot be seen stands there as an escape.
    private func shown(_ name: String) -> String {
        name.unicodeScalars.prefix(100).map { isVisible($0) ? String($0) : "\\u" + hexadecimal($0) }.joined()
    }

    /// At least four digits, as code charts write them.
    private func hexadecimal(_ character: Unicode.Scalar) -> String {
        let digits = String(character.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Refuses an object that names a member twice: names are sorted by hash and bytes, so no choice of names is slow.
    func refuseDuplicates(in container: Int) throws(JSONError) {
        guard hasRepeatedHash(in: container) else { return }
        var names: [Int] = []
        names.reserveCapacity(Int(entries[container].extra))
        var index = container + 1
        while index < entries.count {
            names.append(index)
            index = Int(entries[index + 1].next)
        }
        let sorted = names.map { (hash: entries[$0].extra, index: $0, bytes: decodedName($0)) }.sorted { left, right in
            if left.hash != right.hash { return left.hash < right.hash }
            if left.bytes != right.bytes { return left.bytes.lexicographicallyPrecedes(right.bytes) }
            return left.index < right.index
        }
        for (former, latter) in zip(sorted, sorted.dropFirst())
        where former.hash == latter.hash && former.bytes == latter.bytes {
            let name = String(decoding: latter.bytes, as: UTF8.self)
            let message = "the member \"\(shown(name))\" appears twice in one object"
            throw error(.duplicateMember, message, at: Int(entries[latter.index].start))
        }
    }

    /// Whether two names of the object have one hash, which names that differ hardly ever have.
    private func hasRepeatedHash(in container: Int) -> Bool {
        var hashes: [UInt32] = []
        hashes.reserveCapacity(Int(entries[container].extra))
        var index = container + 1
        while index < entries.count {
            hashes.append(entries[index].extra)
            index = Int(entries[index + 1].next)
        }
        hashes.sort()
        for place in hashes.indices.dropFirst() where hashes[place] == hashes[place - 1] { return true }
        return false
    }

    private func decodedName(_ index: Int) -> ArraySlice<UInt8> {
        let entry = entries[index]
        let raw = bytes[(Int(entry.start) + 1)..<(Int(entry.end) - 1)]
        return entry.escaped ? JSONText.decode(raw)[...] : raw
    }
}

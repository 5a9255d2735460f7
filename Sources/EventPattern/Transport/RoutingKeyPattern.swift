/// A topic pattern over routing keys, as AMQP 0-9-1 defines it and RabbitMQ works.
///
/// Words stand between dots. `*` is exactly one word and `#` any number of them, none included; the empty text has no
/// words at all, while `a..b` has an empty one in the middle. Bytes are compared as they are.
package struct RoutingKeyPattern: Sendable, Hashable, CustomStringConvertible {
    /// One word of the pattern.
    enum Word: Sendable, Hashable {
        case literal([UInt8])
        case one
        case many
    }

    /// Why a text is refused.
    package enum Fault: Error, Sendable, Hashable {
        /// More than 255 bytes, which is what the protocol can carry.
        case tooLong(bytes: Int)
        /// `*` or `#` is glued to other characters, where the broker takes it literally.
        case gluedWildcard(word: String)
    }

    /// Most bytes of a routing key (a short string of the protocol).
    package static let mostBytes = 255

    /// The pattern as written.
    package let text: String
    /// The words, with runs of `#` made one.
    let words: [Word]

    /// Reads a pattern.
    package init(_ text: String) throws(Fault) {
        guard text.utf8.count <= Self.mostBytes else { throw .tooLong(bytes: text.utf8.count) }
        var words: [Word] = []
        for bytes in Self.split(Array(text.utf8)[...]) {
            switch bytes {
            case [UInt8(ascii: "*")]: words.append(.one)
            case [UInt8(ascii: "#")]: if words.last != .many { words.append(.many) }
            default:
                guard !bytes.contains(UInt8(ascii: "*")), !bytes.contains(UInt8(ascii: "#")) else {
                    throw .gluedWildcard(word: String(decoding: bytes, as: UTF8.self))
                }
                words.append(.literal(Array(bytes)))
            }
        }
        self.text = text
        self.words = words
    }

    /// The pattern as written.
    package var description: String { text }

    /// Whether there is no wildcard: the pattern is a key.
    package var isLiteral: Bool {
        words.allSatisfy { word in
            if case .literal = word { true } else { false }
        }
    }

    /// The words of a key or a pattern; none for the empty text.
    static func split(_ key: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        key.isEmpty ? [] : key.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    }

    /// Whether a key has this form.
    package func matches(_ key: [UInt8]) -> Bool {
        matches(words: Self.split(key[...]))
    }

    /// Whether a key has this form.
    package func matches(_ key: String) -> Bool {
        matches(Array(key.utf8))
    }

    /// Takes words in turn; on a mismatch the last `#` takes one more, which is enough: an earlier one need never grow.
    func matches(words key: [ArraySlice<UInt8>]) -> Bool {
        var place = 0
        var word = 0
        var retry: (word: Int, place: Int)?
        while place < key.count {
            if word < words.count, words[word] == .many {
                retry = (word, place)
                word += 1
            } else if word < words.count, accepts(words[word], key[place]) {
                word += 1
                place += 1
            } else if let (hash, start) = retry {
                retry = (hash, start + 1)
                (word, place) = (hash + 1, start + 1)
            } else {
                return false
            }
        }
        return words[word...].allSatisfy { $0 == .many }
    }

    /// Whether a word of a key suits a word of the pattern; `#` is the caller's matter.
    private func accepts(_ word: Word, _ bytes: ArraySlice<UInt8>) -> Bool {
        switch word {
        case .one: true
        case .many: false
        case .literal(let literal): bytes.elementsEqual(literal)
        }
    }
}

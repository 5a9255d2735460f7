/// A table of named values: a message's headers, a queue's arguments, a peer's properties.
///
/// Order and duplicate names are kept as they came, so that a message can be sent on as it was.
package struct AMQPTable: Sendable, Hashable {
    /// One name and its value.
    package struct Entry: Sendable, Hashable {
        /// At most 255 bytes (a short string on the wire).
        package let name: AMQPText
        /// The value.
        package let value: AMQPValue

        /// A named value.
        package init(_ name: AMQPText, _ value: AMQPValue) {
            self.name = name
            self.value = value
        }
    }

    /// How deep tables and arrays are decoded; what is deeper stays encoded (`AMQPValue.undecoded`).
    ///
    /// A frame of 128 KiB can nest 20,000 levels, which would recurse in whoever looks at or frees them; no sane
    /// header has ten.
    package static let maximumDepth = 32
    /// How deep tables and arrays may be sent: twice that, so that what was received fits into a table of ours.
    package static let writableDepth = 64

    /// The entries in order.
    package var entries: [Entry]

    /// A table from entries.
    package init(_ entries: [Entry] = []) {
        self.entries = entries
    }

    /// The value of the first entry of this name.
    package subscript(name: String) -> AMQPValue? {
        entries.first { $0.name.string == name }?.value
    }

    /// Whether there are no entries.
    package var isEmpty: Bool { entries.isEmpty }

    /// Adds an entry at the end.
    package mutating func append(_ name: AMQPText, _ value: AMQPValue) {
        entries.append(Entry(name, value))
    }

    /// Takes out all entries of this name.
    package mutating func removeAll(named name: String) {
        entries.removeAll { $0.name.string == name }
    }
}

extension AMQPTable: ExpressibleByDictionaryLiteral {
    /// A table from a literal, in the literal's order.
    package init(dictionaryLiteral elements: (AMQPText, AMQPValue)...) {
        self.init(elements.map { Entry($0, $1) })
    }
}

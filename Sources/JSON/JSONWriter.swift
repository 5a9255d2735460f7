/// Writes JSON text, compact or indented, into bytes.
///
/// The caller keeps to the grammar (a name before each value in an object); commas are the writer's.
package struct JSONWriter {
    /// What has been written.
    package private(set) var bytes: [UInt8] = []
    private let indent: Int?
    private var depth = 0
    private var needsComma = false
    private var afterName = false
    private var justOpened = false

    /// Makes a writer; with `indent` each member and element stands on a line of its own, so many spaces deeper.
    package init(indent: Int? = nil, reserving capacity: Int = 0) {
        self.indent = indent
        bytes.reserveCapacity(capacity)
    }

    /// Begins an object.
    package mutating func beginObject() { open(Ascii.openBrace) }
    /// Ends the innermost object.
    package mutating func endObject() { close(Ascii.closeBrace) }
    /// Begins an array.
    package mutating func beginArray() { open(Ascii.openBracket) }
    /// Ends the innermost array.
    package mutating func endArray() { close(Ascii.closeBracket) }

    /// Writes a member's name.
    package mutating func name(_ name: String) {
        separate()
        JSONText.write(name.utf8, to: &bytes)
        bytes.append(Ascii.colon)
        if indent != nil { bytes.append(0x20) }
        afterName = true
    }

    /// Writes a text.
    package mutating func string(_ text: String) {
        separate()
        JSONText.write(text.utf8, to: &bytes)
        needsComma = true
    }

    /// Writes a number as it is spelled.
    package mutating func number(_ number: JSONNumber) { raw(number.text.utf8) }
    /// Writes an integer.
    package mutating func integer(_ value: some FixedWidthInteger) { raw(String(value).utf8) }
    /// Writes true or false.
    package mutating func bool(_ value: Bool) { raw((value ? "true" : "false").utf8) }
    /// Writes null.
    package mutating func null() { raw("null".utf8) }

    /// Writes a value that is JSON text already; the caller vouches for it.
    package mutating func raw(_ text: some Collection<UInt8>) {
        separate()
        bytes.append(contentsOf: text)
        needsComma = true
    }

    /// Writes a value.
    package mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let bool): self.bool(bool)
        case .number(let number): self.number(number)
        case .string(let text): string(text)
        case .array(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .object(let members):
            beginObject()
            for member in members {
                name(member.name)
                self.value(member.value)
            }
            endObject()
        case .node(let node): self.node(node)
        }
    }

    /// Writes a value of a document: digits and escapes as they came, white space as this writer does it.
    package mutating func node(_ node: JSONNode) {
        switch node.kind {
        case .object:
            beginObject()
            for member in node.members {
                separate()
                bytes.append(contentsOf: member.nameNode.rawBytes)
                bytes.append(Ascii.colon)
                if indent != nil { bytes.append(0x20) }
                afterName = true
                self.node(member.value)
            }
            endObject()
        case .array:
            beginArray()
            for element in node.elements { self.node(element) }
            endArray()
        case .opaque: null()
        default: raw(node.rawBytes)
        }
    }

    private mutating func separate() {
        if afterName {
            afterName = false
            return
        }
        if needsComma { bytes.append(Ascii.comma) }
        if depth > 0 { newLine() }
        needsComma = false
        justOpened = false
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        depth += 1
        needsComma = false
        justOpened = true
    }

    private mutating func close(_ bracket: UInt8) {
        depth -= 1
        if !justOpened { newLine() }
        justOpened = false
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func newLine() {
        guard let indent else { return }
        bytes.append(0x0A)
        bytes.append(contentsOf: repeatElement(0x20, count: indent * depth))
    }
}

extension JSONValue {
    /// The value as JSON text: compact, or indented by two spaces.
    package func text(pretty: Bool = false) -> String {
        var writer = JSONWriter(indent: pretty ? 2 : nil)
        writer.value(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension JSONNode {
    /// The value as JSON text: compact, or indented by two spaces.
    package func text(pretty: Bool = false) -> String {
        JSONValue.node(self).text(pretty: pretty)
    }
}

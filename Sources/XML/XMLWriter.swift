import CLibXML2

/// Writes an XML document through libxml2, so that no text can leave its element.
///
/// One document per writer, written by one thread; the buffer grows with it. Safe, as the pointers never leave it and
/// are freed with it, which happens once as it cannot be copied.
@safe package struct XMLWriter: ~Copyable {
    private let buffer: xmlBufferPtr
    private let writer: xmlTextWriterPtr

    /// Makes a writer.
    ///
    /// - Throws: ``XMLError/library`` when there is no memory.
    package init() throws(XMLError) {
        guard let buffer = unsafe xmlBufferCreate() else { throw .library }
        guard let writer = unsafe xmlNewTextWriterMemory(buffer, 0) else {
            unsafe xmlBufferFree(buffer)
            throw .library
        }
        unsafe self.buffer = buffer
        unsafe self.writer = writer
    }

    deinit {
        unsafe xmlFreeTextWriter(writer)
        unsafe xmlBufferFree(buffer)
    }

    /// Begins an element.
    ///
    /// - Throws: ``XMLError`` when the name is none.
    package func begin(_ name: String) throws(XMLError) {
        guard XMLCharacters.isName(name) else { throw .name(String(name.prefix(80))) }
        guard unsafe xmlTextWriterStartElement(writer, name) >= 0 else { throw .library }
    }

    /// Ends the innermost element; one without content becomes `<name/>`.
    ///
    /// - Throws: ``XMLError/library`` when none is open.
    package func end() throws(XMLError) {
        guard unsafe xmlTextWriterEndElement(writer) >= 0 else { throw .library }
    }

    /// Writes text into the innermost element.
    ///
    /// - Throws: ``XMLError/character(_:)`` when XML has no way to write it.
    package func text(_ text: String) throws(XMLError) {
        if let forbidden = XMLCharacters.firstForbidden(in: text) {
            let digits = String(forbidden.value, radix: 16, uppercase: true)
            throw .character("U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
        }
        guard unsafe xmlTextWriterWriteString(writer, text) >= 0 else { throw .library }
    }

    /// The document so far.
    package consuming func finish() -> [UInt8] {
        unsafe xmlTextWriterFlush(writer)
        guard let content = unsafe xmlBufferContent(buffer) else { return [] }
        return unsafe Array(UnsafeBufferPointer(start: content, count: Int(xmlBufferLength(buffer))))
    }
}

import CLibXML2

/// Reads small XML documents from a peer that is not trusted.
///
/// Nothing is fetched, no document type is accepted, hence no entity is ever defined, and size and depth are bounded
/// before memory is spent on them.
package enum XMLReader {
    /// How much of a document is read.
    package struct Limits: Sendable {
        /// Most bytes.
        package let bytes: Int
        /// Most elements open at once; libxml2 itself stops at 256.
        package let depth: Int
        /// Most elements.
        package let elements: Int

        /// Makes limits.
        package init(bytes: Int = 16 << 20, depth: Int = 64, elements: Int = 500_000) {
            self.bytes = min(max(bytes, 0), Int(Int32.max))
            self.depth = min(max(depth, 1), 256)
            self.elements = elements
        }
    }

    /// Reads a document.
    ///
    /// - Throws: ``XMLError`` with the first fault.
    package static func parse(_ bytes: [UInt8], limits: Limits = Limits()) throws(XMLError) -> XMLElement {
        guard bytes.count <= limits.bytes else { throw .tooBig("bytes") }
        let options = Int32(
            XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
                | XML_PARSE_NOCDATA.rawValue)
        TBXMLBeSilent()
        // The reader keeps pointing into the bytes, so everything happens while they are lent.
        let result: Result<XMLElement, XMLError> = unsafe bytes.withUnsafeBytes { raw in
            guard let start = raw.baseAddress,
                let reader = unsafe xmlReaderForMemory(
                    start.assumingMemoryBound(to: CChar.self), Int32(raw.count), nil, nil, options)
            else { return .failure(.syntax("it is empty")) }
            defer { unsafe xmlFreeTextReader(reader) }
            return Result { () throws(XMLError) in try unsafe read(reader, limits) }
        }
        return try result.get()
    }

    private static func read(_ reader: xmlTextReaderPtr, _ limits: Limits) throws(XMLError) -> XMLElement {
        var tree = Tree(limits: limits)
        while true {
            switch unsafe xmlTextReaderRead(reader) {
            case 1: try unsafe take(reader, into: &tree)
            case 0:
                guard let root = tree.root else { throw .syntax("it has no element") }
                return root
            default: throw .syntax(lastMessage())
            }
        }
    }

    private static func take(_ reader: xmlTextReaderPtr, into tree: inout Tree) throws(XMLError) {
        let type = unsafe xmlReaderTypes(UInt32(bitPattern: xmlTextReaderNodeType(reader)))
        switch type {
        case XML_READER_TYPE_DOCUMENT_TYPE, XML_READER_TYPE_ENTITY_REFERENCE, XML_READER_TYPE_ENTITY:
            throw .documentType
        case XML_READER_TYPE_ELEMENT:
            try tree.open(unsafe text(xmlTextReaderConstName(reader)))
            if unsafe xmlTextReaderIsEmptyElement(reader) == 1 { tree.close() }
        case XML_READER_TYPE_END_ELEMENT: tree.close()
        case XML_READER_TYPE_TEXT, XML_READER_TYPE_CDATA, XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
            tree.add(unsafe text(xmlTextReaderConstValue(reader)))
        default: break
        }
    }

    private static func text(_ pointer: UnsafePointer<xmlChar>?) -> String {
        guard let pointer = unsafe pointer else { return "" }
        return unsafe String(cString: pointer)
    }

    private static func lastMessage() -> String {
        guard let error = unsafe xmlGetLastError(), let message = unsafe error.pointee.message else { return "unknown" }
        let line = unsafe error.pointee.line
        let words = unsafe String(cString: message).split(whereSeparator: \.isNewline).first ?? ""
        return "line \(line): \(words.prefix(200))"
    }

    /// The elements read so far: a stack, so that reading does not recurse.
    private struct Tree {
        let limits: Limits
        var root: XMLElement?
        private var open: [XMLElement] = []
        private var count = 0

        init(limits: Limits) {
            self.limits = limits
        }

        mutating func open(_ name: String) throws(XMLError) {
            count += 1
            guard open.count < limits.depth else { throw .tooBig("levels") }
            guard count <= limits.elements else { throw .tooBig("elements") }
            open.append(XMLElement(name))
        }

        mutating func close() {
            guard let element = open.popLast() else { return }
            if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
        }

        mutating func add(_ text: String) {
            if !open.isEmpty { open[open.count - 1].text += text }
        }
    }
}

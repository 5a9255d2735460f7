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
        let isLong = bytes.count > longText
        // Long texts are read without the library's guards against entities, so nothing may define one.
        if isLong, declaresType(bytes) { throw .documentType }
        let options = Int32(
            XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
                | XML_PARSE_NOCDATA.rawValue | (isLong ? XML_PARSE_HUGE.rawValue : 0))
        TBXMLBeSilent()
        // The reader keeps pointing into the bytes, so everything happens while they are lent.
        let result: Result<XMLElement, XMLError> = unsafe bytes.withUnsafeBytes { raw in
            guard let start = raw.baseAddress,
                let reader = unsafe xmlReaderForMemory(
                    start.assumingMemoryBound(to: CChar.self), Int32(raw.count), nil, isLong ? "UTF-8" : nil, options)
            else { return .failure(.syntax("it is empty")) }
            defer { unsafe xmlFreeTextReader(reader) }
            return Result { () throws(XMLError) in try unsafe read(reader, limits) }
        }
        return try result.get()
    }

    /// From this size on a text may be longer than libxml2 reads by default (10,000,000 bytes), as an attached file's is.
    ///
    /// Such documents are UTF-8 whatever they declare, which the search for a document type relies on.
    private static let longText = 9_000_000

    /// Whether a document type stands before the root element, the only place where one may.
    ///
    /// A root element that does not begin within 64 KB counts as none: nobody means well with such a document.
    private static func declaresType(_ bytes: [UInt8]) -> Bool {
        var rest = bytes.prefix(65_536)
        while let open = rest.firstIndex(of: 0x3C) {
            rest = rest[open...]
            if rest.starts(with: "<!DOCTYPE".utf8) { return true }
            let end: [UInt8]
            if rest.starts(with: "<!--".utf8) {
                end = Array("-->".utf8)
            } else if rest.starts(with: "<?".utf8) {
                end = Array("?>".utf8)
            } else {
                return false
            }
            rest = rest.dropFirst(end.count == 3 ? 4 : 2)
            while !rest.isEmpty, !rest.starts(with: end) { rest = rest.dropFirst() }
        }
        return true
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

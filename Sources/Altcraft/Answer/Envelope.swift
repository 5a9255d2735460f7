import JSON
import XML

/// The platform's answer taken apart: `error`, `error_text`, `error_debug`, and what stands beside them.
///
/// Only a whole, well-formed answer is an envelope: one JSON object (or XML element `xml`) whose `error` is an integer
/// and whose texts, where they are, are texts. Everything that another server could send in the platform's place is
/// none, so that no page of a proxy is ever taken for a success.
struct Envelope {
    /// The platform's code; 0 is success.
    let code: Int64
    /// The platform's text as it came.
    let text: String
    /// The platform's further detail as it came.
    let debug: String?
    /// The object or element itself.
    let root: JSONValue
    /// Whether numbers and truth values came as texts, as everything does in XML.
    let isXML: Bool

    /// Most nesting that an answer may have; the documented ones have three levels.
    private static let depth = 64
    /// Most bytes that an answer may have: what names 10,000 profiles takes a tenth of it.
    static let mostBytes = 16 << 20

    /// Reads an answer's body; nil when it is no envelope.
    init?(_ body: [UInt8]) {
        guard body.count <= Self.mostBytes else { return nil }
        let text = body.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(body.dropFirst(3)) : body
        let first = text.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
        switch first {
        case UInt8(ascii: "{"): self.init(json: text)
        case UInt8(ascii: "<"): self.init(xml: text)
        default: return nil
        }
    }

    private init?(json bytes: [UInt8]) {
        guard let root = Self.parse(bytes) ?? Self.repaired(bytes).flatMap(Self.parse) else { return nil }
        guard root.kind == .object, let code = root.member(Names.error)?.number?.int64 else { return nil }
        let (text, debug) = (root.member(Names.text), root.member(Names.debug))
        guard Self.isText(text), Self.isText(debug) else { return nil }
        self.init(
            code: code, text: text?.string ?? "", debug: debug?.string, root: .node(root), isXML: false)
    }

    private init?(xml bytes: [UInt8]) {
        let limits = XMLReader.Limits(bytes: Self.mostBytes, depth: Self.depth)
        guard let root = try? XMLReader.parse(bytes, limits: limits), root.name == "xml" else { return nil }
        let errors = root.children.filter { $0.name == "error" }
        guard errors.count == 1, let code = Self.integer(errors[0]) else { return nil }
        self.init(
            code: code, text: root["error_text"]?.text ?? "", debug: root["error_debug"]?.text,
            root: Self.value(of: root), isXML: true)
    }

    private init(code: Int64, text: String, debug: String?, root: JSONValue, isXML: Bool) {
        (self.code, self.text, self.debug) = (code, text, debug)
        (self.root, self.isXML) = (root, isXML)
    }

    private static func parse(_ bytes: [UInt8]) -> JSONNode? {
        try? JSONDocument.parse(bytes, limits: JSONLimits(bytes: mostBytes, depth: depth)).root
    }

    /// The body with what is not UTF-8 replaced: a text in another encoding must not turn a success into a doubt, and
    /// the grammar around it is ASCII.
    private static func repaired(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.contains(where: { $0 >= 0x80 }), String(validating: bytes, as: UTF8.self) == nil else { return nil }
        return Array(String(decoding: bytes, as: UTF8.self).utf8)
    }

    private static func isText(_ node: JSONNode?) -> Bool {
        node.map { $0.kind == .string || $0.isNull } ?? true
    }

    private static func integer(_ element: XMLElement) -> Int64? {
        let text = element.text.trimmed
        guard element.children.isEmpty, text.utf8.count <= 19 else { return nil }
        let digits = text.hasPrefix("-") ? text.dropFirst() : text
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        // As in JSON: a damaged 400 must not read as a success.
        guard digits == "0" || digits.first != "0" else { return nil }
        return Int64(text)
    }

    /// Made ready once: an answer may have thousands of elements.
    enum Names {
        static let profileID = JSONName("profile_id")
        static let error = JSONName("error")
        static let text = JSONName("error_text")
        static let debug = JSONName("error_debug")
    }
}

extension Envelope {
    /// An element as JSON: children are members, repeated ones a list, and what is empty is null.
    private static func value(of element: XMLElement) -> JSONValue {
        guard !element.children.isEmpty else { return element.text.isEmpty ? .null : .string(element.text) }
        var members: [(name: String, value: JSONValue)] = []
        var places: [String: Int] = [:]
        for child in element.children {
            let value = value(of: child)
            guard let place = places[child.name] else {
                places[child.name] = members.count
                members.append((child.name, value))
                continue
            }
            members[place].value.appendAsList(value)
        }
        return .object(members)
    }
}

extension JSONValue {
    /// Turns the value into a list, unless it is one, and adds to it.
    fileprivate mutating func appendAsList(_ value: JSONValue) {
        if case .array(var elements) = self {
            self = .null
            elements.append(value)
            self = .array(elements)
        } else {
            self = .array([self, value])
        }
    }
}

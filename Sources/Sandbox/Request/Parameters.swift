import JSON

/// The parameters of a request, or of one element of its list: JSON and XML made one.
///
/// In XML all scalars are texts and a list of one cannot be told from its element; every reader here takes that into
/// account, and takes nothing of it for granted in JSON.
struct Parameters: Sendable {
    private let members: [String: JSONValue]
    /// Whether the request came as XML.
    let isXML: Bool

    /// Takes an object's members.
    init(_ value: JSONValue, isXML: Bool) {
        let members = value.members ?? []
        self.members = Dictionary(members.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        self.isXML = isXML
    }

    private init(members: [String: JSONValue], isXML: Bool) {
        (self.members, self.isXML) = (members, isXML)
    }

    /// No parameters.
    static let none = Parameters(members: [:], isXML: false)

    /// The parameters' names.
    var names: [String] { members.keys.sorted() }

    /// Whether there are none.
    var isEmpty: Bool { members.isEmpty }

    /// A parameter; null counts as absent.
    subscript(_ name: String) -> JSONValue? {
        members[name].flatMap { $0.isNull ? nil : $0 }
    }

    func text(_ name: String) throws(Refusal) -> String? {
        guard let value = self[name] else { return nil }
        guard let text = value.string else { throw wrong(name, "a text", value) }
        return text
    }

    /// A text that a matching mode cannot do without.
    func companion(_ name: String, of mode: MatchingMode) throws(Refusal) -> String {
        guard let text = try text(name), !text.isEmpty else {
            throw .request("matching \"\(mode.rawValue)\" needs \"\(name)\"")
        }
        return text
    }

    /// A whole number; also as digits, since the documents call the id both `string` and `int`.
    func integer(_ name: String) throws(Refusal) -> Int? {
        guard let value = self[name] else { return nil }
        guard let number = value.number?.int64 ?? value.string.flatMap({ Int64($0) }) else {
            throw wrong(name, "a whole number", value)
        }
        return Int(number)
    }

    func bool(_ name: String) throws(Refusal) -> Bool? {
        guard let value = self[name] else { return nil }
        if let bool = value.bool { return bool }
        switch value.string {
        case "true" where isXML, "1" where isXML: return true
        case "false" where isXML, "0" where isXML: return false
        default: throw wrong(name, "true or false", value)
        }
    }

    func object(_ name: String) throws(Refusal) -> JSONValue? {
        guard let value = self[name] else { return nil }
        // An empty element of XML is all there is of an empty object.
        guard value.kind == .object else { throw wrong(name, "an object", value) }
        return value
    }

    /// A list of objects; in XML one element is a list of one.
    ///
    /// - Parameter allowsOne: Whether JSON may give one object for a list of one as well, as some pages show.
    func list(_ name: String, allowsOne: Bool = false) throws(Refusal) -> [Parameters]? {
        guard let value = self[name] else { return nil }
        let elements = value.elements ?? (value.kind == .object && (isXML || allowsOne) ? [value] : nil)
        guard let elements else { throw wrong(name, "a list", value) }
        var list: [Parameters] = []
        list.reserveCapacity(elements.count)
        for element in elements {
            guard element.kind == .object else { throw wrong(name, "a list of objects", element) }
            list.append(Parameters(element, isXML: isXML))
        }
        return list
    }

    /// An object that XML carries as JSON text in its element, as the documents show for `custom_request`.
    func objectOrText(_ name: String) throws(Refusal) -> JSONValue? {
        guard isXML, let text = self[name]?.string else { return try object(name) }
        guard let document = try? JSONDocument.parse(text, limits: BodyDecoder.jsonLimits),
            document.root.kind == .object
        else { throw .request("\"\(name)\" must hold a JSON object") }
        return .node(document.root)
    }

    private func wrong(_ name: String, _ wanted: String, _ value: JSONValue) -> Refusal {
        .request("\"\(name)\" must be \(wanted), not \(value.kind.noun)")
    }
}

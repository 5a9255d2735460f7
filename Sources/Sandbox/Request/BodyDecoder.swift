import JSON
import XML

/// Turns a body into parameters, by its Content-Type.
enum BodyDecoder {
    /// What is read of JSON; the size is limited before, by the documented rules.
    static let jsonLimits = JSONLimits(bytes: 256 << 20, depth: 128)
    private static let xmlLimits = XMLReader.Limits(bytes: 256 << 20, depth: 64, elements: 2_000_000)

    /// Reads a body.
    ///
    /// - Throws: ``Refusal`` with 400 and what is wrong with it.
    static func decode(_ bytes: [UInt8], as format: AnswerFormat) throws(Refusal) -> Parameters {
        switch format {
        case .json: try json(bytes)
        case .xml: try xml(bytes)
        }
    }

    /// The format that a Content-Type names.
    static func format(contentType: String?, missing: Verdict) throws(Refusal) -> AnswerFormat {
        guard let contentType else {
            if missing == .success { return .json }
            throw .request("the Content-Type header is missing; it must be application/json or application/xml")
        }
        let parts = contentType.lowercased().split(separator: ";").map { part in String(part.filter { $0 != " " }) }
        for parameter in parts.dropFirst() where parameter.hasPrefix("charset=") {
            guard ["charset=utf-8", "charset=\"utf-8\""].contains(parameter) else {
                throw .request("the Content-Type header names another character set than UTF-8")
            }
        }
        switch parts.first {
        case "application/json": return .json
        case "application/xml": return .xml
        default: throw .request("the Content-Type header must be application/json or application/xml")
        }
    }

    private static func json(_ bytes: [UInt8]) throws(Refusal) -> Parameters {
        do {
            let root = try JSONDocument.parse(bytes, limits: jsonLimits).root
            guard root.kind == .object else {
                throw Refusal.request("the body must be a JSON object, not \(root.kind.noun)")
            }
            return Parameters(.node(root), isXML: false)
        } catch let error as JSONError {
            throw .request("the body is not JSON: \(error)")
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .request("the body is not JSON")
        }
    }

    private static func xml(_ bytes: [UInt8]) throws(Refusal) -> Parameters {
        let root: XMLElement
        do {
            root = try XMLReader.parse(bytes, limits: xmlLimits)
        } catch {
            throw .request("the body is not XML: \(error)")
        }
        guard root.name == "xml" else { throw .request("the root element must be <xml>") }
        let value = XMLValue.of(root)
        return Parameters(value.kind == .object ? value : .object([]), isXML: true)
    }
}

/// An XML element as a value: repeated children are a list, an element without any is its text, an empty one null.
enum XMLValue {
    /// The value of an element.
    static func of(_ element: XMLElement) -> JSONValue {
        guard !element.children.isEmpty else { return element.text.isEmpty ? .null : .string(element.text) }
        var order: [String] = []
        var groups: [String: [JSONValue]] = [:]
        for child in element.children {
            if groups[child.name] == nil { order.append(child.name) }
            groups[child.name, default: []].append(of(child))
        }
        return .object(
            order.map { name in
                let values = groups[name] ?? []
                return (name: name, value: values.count == 1 ? values[0] : .array(values))
            })
    }
}

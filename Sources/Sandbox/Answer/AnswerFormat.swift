import JSON
import XML

/// How bodies are written.
enum AnswerFormat: String, Sendable {
    case json
    case xml

    /// The value of the Content-Type header.
    var contentType: String {
        switch self {
        case .json: "application/json; charset=utf-8"
        case .xml: "application/xml; charset=utf-8"
        }
    }

    /// An answer's bytes.
    func encode(_ answer: APIAnswer) -> [UInt8] {
        switch self {
        case .json: Array(JSONValue.object(answer.members).text().utf8)
        case .xml: XMLAnswerWriter.write(answer.members)
        }
    }
}

/// Writes an envelope as the documents print it: root `<xml>`, null as an empty element, lists as repeated elements.
private enum XMLAnswerWriter {
    static func write(_ members: [(name: String, value: JSONValue)]) -> [UInt8] {
        do {
            let writer = try XMLWriter()
            try writer.begin("xml")
            for member in members { try write(member.name, member.value, to: writer) }
            try writer.end()
            return writer.finish()
        } catch {
            // Names are ours and texts are cleaned, so only want of memory leads here.
            return Array("<xml><error>500</error><error_text>\(Refusal.text(500))</error_text></xml>".utf8)
        }
    }

    private static func write(_ name: String, _ value: JSONValue, to writer: borrowing XMLWriter) throws(XMLError) {
        if let elements = value.elements {
            for element in elements { try write(name, element, to: writer) }
            return
        }
        try writer.begin(name)
        if let members = value.members {
            for member in members { try write(member.name, member.value, to: writer) }
        } else if !value.isNull {
            try writer.text(cleaned(FieldText.of(value)))
        }
        try writer.end()
    }

    /// The text with what XML cannot hold replaced.
    private static func cleaned(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
            switch scalar.value {
            case 0x9, 0xA, 0xD, 0x20...0xFFFD, 0x10000...: scalar
            default: "\u{FFFD}"
            }
        }
        return String(String.UnicodeScalarView(scalars))
    }
}

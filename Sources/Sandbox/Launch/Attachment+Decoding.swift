import Foundation
import JSON

extension Attachment {
    /// Reads the list `attach`: data URIs with base64, as printed; or `mimetype` beside plain base64, as one page has it.
    static func list(_ parameters: Parameters) throws(Refusal) -> [Attachment] {
        var attachments: [Attachment] = []
        for file in try parameters.list("attach", allowsOne: true) ?? [] { attachments.append(try one(file)) }
        return attachments
    }

    private static func one(_ file: Parameters) throws(Refusal) -> Attachment {
        guard let name = try file.text("name"), !name.isEmpty else { throw .request("an attachment has no \"name\"") }
        guard let data = try file.text("data") else { throw .request("the attachment \"\(name)\" has no \"data\"") }
        guard data.hasPrefix("data:") else {
            guard let mime = try file.text("mimetype") else {
                throw .request("\"data\" of the attachment \"\(name)\" must be a data URI with base64")
            }
            return Attachment(name: name, mime: mime, bytes: try size(data[...], name))
        }
        guard let comma = data.firstIndex(of: ",") else {
            throw .request("the data URI of the attachment \"\(name)\" has no comma")
        }
        let head = data[data.index(data.startIndex, offsetBy: 5)..<comma]
        guard head.hasSuffix(";base64"), head.contains("/") else {
            throw .request("the data URI of the attachment \"\(name)\" must be data:TYPE/SUBTYPE;base64,…")
        }
        return Attachment(
            name: name, mime: String(head.dropLast(7)), bytes: try size(data[data.index(after: comma)...], name))
    }

    private static func size(_ base64: Substring, _ name: String) throws(Refusal) -> Int {
        guard let bytes = Data(base64Encoded: String(base64)) else {
            throw .request("the attachment \"\(name)\" is not base64")
        }
        return bytes.count
    }
}

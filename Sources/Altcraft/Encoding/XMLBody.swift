import JSON
import XML

/// Bodies in XML: a transcription of the JSON that a call would get.
///
/// As the documents have it: the root is `<xml>`, a list is its elements one after the other under the list's name, null
/// is an empty element, and `custom_request` holds JSON as text. An empty list is no element at all. A list directly in
/// a list, a name that is no XML name, and a character that XML does not know cannot be written, and are refused.
enum XMLBody {
    /// The XML of a body.
    ///
    /// - Throws: ``LaunchFault`` when a name or text cannot be written in XML.
    static func bytes(_ json: [UInt8]) throws(LaunchFault) -> [UInt8] {
        let document: JSONDocument
        do throws(JSONError) {
            let limits = JSONLimits(
                bytes: JSONLimits.mostBytes, depth: JSONLimits.deepestDepth, refusesDuplicates: false)
            document = try JSONDocument.parse(json, limits: limits)
        } catch {
            throw LaunchFault(.notInXML, "the launch nests deeper than XML bodies may")
        }
        do throws(XMLError) {
            let writer = try XMLWriter()
            try write(document.root, as: "xml", below: nil, to: writer)
            return writer.finish()
        } catch {
            throw LaunchFault(
                .notInXML, "\(error), so the launch cannot be sent as XML",
                instead: "clean the value in the mapping, or set altcraft.encoding to json")
        }
    }

    private static func write(
        _ value: JSONNode, as name: String, below parent: String?, to writer: borrowing XMLWriter
    ) throws(XMLError) {
        try writer.begin(name)
        switch value.kind {
        case .object where isQuery(name, below: parent): try writer.text(value.text())
        case .object:
            for member in value.members { try write(member, below: name, to: writer) }
        case .array: throw .syntax("a list directly in a list")
        case .string: try writer.text(value.string ?? "")
        case .number, .bool: try writer.text(String(decoding: value.rawBytes, as: UTF8.self))
        case .null, .opaque: break
        }
        try writer.end()
    }

    private static func write(
        _ member: JSONMember, below parent: String, to writer: borrowing XMLWriter
    ) throws(XMLError) {
        guard member.value.kind == .array else {
            return try write(member.value, as: member.name, below: parent, to: writer)
        }
        for element in member.value.elements { try write(element, as: member.name, below: parent, to: writer) }
    }

    /// Whether a member is the query of the call or of a batch's element, rather than a name in somebody's content.
    private static func isQuery(_ name: String, below parent: String?) -> Bool {
        name == "custom_request" && (parent == "xml" || parent == "data")
    }
}

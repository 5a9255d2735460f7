import JSON

/// What a request sends along with its launches.
struct LaunchContents: Sendable {
    let content: JSONValue?
    let customData: JSONValue?
    let attachments: [Attachment]
    /// `fields` of a link of version 1.0, as JSON text.
    var fields: String?
    /// Parameters that the call does not know.
    let ignored: [String]
    private let contentText: String?

    /// Reads `content`, `attach` and `custom_data`.
    init(_ parameters: Parameters, known: Set<String>) throws(Refusal) {
        try self.init(parameters, ignored: parameters.names.filter { !known.contains($0) })
    }

    /// Reads them, with what is not known told already.
    init(_ parameters: Parameters, ignored: [String]) throws(Refusal) {
        content = try parameters.object("content")
        customData = try parameters.object("custom_data")
        attachments = try Attachment.list(parameters)
        self.ignored = ignored
        contentText = content?.text()
    }

    /// Writes them into a record; an element's own `custom_data` goes before the one at the root.
    func fill(_ record: inout LaunchRecord, own: JSONValue? = nil) {
        record.content = contentText
        let data = own ?? customData
        record.customData = data?.text()
        record.eventID = data?["event_id"].map(FieldText.of)
        record.attachments = attachments
        record.fields = fields
        record.ignored = ignored
    }
}

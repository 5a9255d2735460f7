import JSON

/// What a request sends along with its launches.
struct LaunchContents: Sendable {
    private(set) var content: JSONValue?
    private(set) var customData: JSONValue?
    let attachments: [Attachment]
    /// `fields` of a link of version 1.0, as JSON text.
    var fields: String?
    /// Parameters that the call does not know.
    let ignored: [String]
    private let contentText: String?
    /// Most unknown parameters that are told of; what is not known may come in any number.
    private static let mostIgnored = 50

    /// About how many bytes it takes to keep it.
    var bytes: Int {
        [contentText, fields].reduce(0) { $0 + ($1?.utf8.count ?? 0) }
    }

    /// Reads `content`, `attach` and `custom_data`.
    init(_ parameters: Parameters, known: Set<String>) throws(Refusal) {
        try self.init(parameters, ignored: parameters.names.filter { !known.contains($0) })
    }

    /// Reads them, with what is not known told already.
    init(_ parameters: Parameters, ignored: [String]) throws(Refusal) {
        content = try parameters.object("content")
        customData = try parameters.object("custom_data")
        attachments = try Attachment.list(parameters)
        self.ignored = ignored.prefix(Self.mostIgnored).map { String($0.prefix(64)) }
        contentText = content?.text()
    }

    /// The same contents without a hold on the body that they were read from.
    var detached: LaunchContents {
        var contents = self
        (contents.content, contents.customData) = (content?.detached, customData?.detached)
        return contents
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

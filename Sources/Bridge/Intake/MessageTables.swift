import AMQP
import EventPattern
import JSON

/// Headers and properties of a message for mappings, made when one asks for them: most mappings do not.
final class MessageTables: EventTables {
    private let source: AMQPProperties
    private var headerDocument: JSONDocument?
    private var propertyDocument: JSONDocument?

    init(_ properties: AMQPProperties) {
        source = properties
    }

    var headers: JSONNode? {
        if let headerDocument { return headerDocument.root }
        let document = TransportDocuments.headers(source.headers)
        headerDocument = document
        return document.root
    }

    /// Asked of each event: no document is made for it.
    var messageID: String? {
        source.messageID?.string ?? properties?["message_id"]?.string
    }

    var properties: JSONNode? {
        if let propertyDocument { return propertyDocument.root }
        let document = TransportDocuments.properties(source)
        propertyDocument = document
        return document.root
    }
}

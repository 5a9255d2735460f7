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

    var properties: JSONNode? {
        if let propertyDocument { return propertyDocument.root }
        let document = TransportDocuments.properties(source)
        propertyDocument = document
        return document.root
    }
}

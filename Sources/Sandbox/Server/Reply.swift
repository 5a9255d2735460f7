import Foundation
import HTTPTypes
import Hummingbird
import JSON
import NIOCore

/// A whole HTTP answer as plain data, before it is handed to the server or mangled by a fault.
struct Reply: Sendable {
    var status = 200
    var contentType: String
    var body: [UInt8]
    /// Further headers by name.
    var headers: [(name: String, value: String)] = []

    /// An envelope, with the HTTP status that the options say.
    static func envelope(_ answer: APIAnswer, _ format: AnswerFormat, _ options: SandboxOptions) -> Reply {
        var reply = Reply(contentType: format.contentType, body: format.encode(answer))
        if answer.error != 0, options.statusOnError == .mirrored {
            reply.status = (400...599).contains(answer.error) ? answer.error : 400
        }
        return reply
    }

    /// JSON that is no envelope.
    static func json(_ value: JSONValue, status: Int = 200) -> Reply {
        Reply(status: status, contentType: "application/json", body: Array((value.text() + "\n").utf8))
    }

    /// What goes wrong with a request to the sandbox's own paths.
    static func mistake(_ message: String, status: Int) -> Reply {
        .json(.object([("error", .string(message))]), status: status)
    }

    /// A page.
    static func html(_ text: String, status: Int = 200) -> Reply {
        Reply(status: status, contentType: "text/html; charset=utf-8", body: Array(text.utf8))
    }

    /// The answer for the server.
    var response: Response {
        var response = head
        // RFC 9110: these have no content.
        let isEmpty = status == 204 || status == 304
        response.body = isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: body))
        return response
    }

    /// The answer without its body.
    var head: Response {
        var fields = HTTPFields()
        fields[.contentType] = contentType
        fields[.cacheControl] = "no-store"
        for header in headers {
            if let name = HTTPField.Name(header.name) { fields[name] = header.value }
        }
        return Response(status: .init(code: status), headers: fields)
    }
}

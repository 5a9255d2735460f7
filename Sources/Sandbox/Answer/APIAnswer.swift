import JSON

/// An answer of the API before it is written as JSON or XML.
struct APIAnswer: Sendable {
    /// The envelope's `error`; 0 for success.
    var error = 0
    /// The envelope's `error_text`.
    var text = "Successful operation"
    /// The envelope's `error_debug`.
    var debug: String?
    /// The envelope's `data`: absent, or null on a trigger's start, or an object.
    var data: JSONValue?
    /// The envelope's `result`: the profiles that a batch was sent to, null for one that nobody matched.
    var result: [String?]?
    /// The envelope's `profile_id`, for operations on profiles.
    var profileID: String?

    /// `{"data": null, "error": 0, "error_text": "Successful operation"}`.
    static let success = APIAnswer(data: .null)

    /// The envelope of a refusal, with the members of the printed one.
    static func refused(_ refusal: Refusal) -> APIAnswer {
        APIAnswer(error: refusal.code, text: refusal.text, debug: refusal.debug)
    }

    /// The members in the order that the documents print them: by name.
    var members: [(name: String, value: JSONValue)] {
        var members: [(name: String, value: JSONValue)] = []
        if let data { members.append(("data", data)) }
        members.append(("error", .number(JSONNumber(error))))
        if let debug { members.append(("error_debug", .string(debug))) }
        members.append(("error_text", .string(text)))
        if let profileID { members.append(("profile_id", .string(profileID))) }
        if let result {
            let ids = result.map { id in
                id.map { JSONValue.object([(name: "profile_id", value: .string($0))]) } ?? .null
            }
            members.append(("result", .array(ids)))
        }
        return members
    }
}

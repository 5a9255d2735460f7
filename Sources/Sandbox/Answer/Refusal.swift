/// Why a request is not carried out, as the envelope tells it.
struct Refusal: Error, Sendable, Equatable {
    /// The envelope's `error`; never 0.
    let code: Int
    /// The envelope's `error_text`.
    let text: String
    /// The envelope's `error_debug`, which the one printed refusal has as well.
    let debug: String?

    init(_ code: Int, debug: String?) {
        self.code = code
        text = Self.text(code)
        self.debug = debug
    }

    /// A request that is wrong in itself: 400, "Invalid request", and what is wrong.
    static func request(_ debug: String) -> Refusal { Refusal(400, debug: debug) }

    /// A body over the limit, word for word as the documentation prints it.
    static let bodyTooLarge = Refusal.request("http: request body too large")

    /// The text of a code: as printed for 400, as described for 401 and 402; the row of 403 is cut after "No".
    static func text(_ code: Int) -> String {
        switch code {
        case 400: "Invalid request"
        case 401: "API token required"
        case 402: "Tariff limit reached"
        case 403: "No access"
        case 404: "Not found"
        case 405: "Method not allowed"
        case 500...599: "Internal error"
        default: "Error \(code)"
        }
    }
}

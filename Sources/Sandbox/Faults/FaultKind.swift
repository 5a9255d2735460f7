import JSON

/// What a fault does to a request.
enum FaultKind: Sendable, Equatable {
    /// The answer is as always, after a wait of so many milliseconds.
    case latency(ClosedRange<Int>)
    /// The answer is as always, sent in small pieces over so many milliseconds.
    case slow(Int)
    /// An HTTP status with a text that is no envelope.
    case status(Int, RetryAfter?)
    /// Some status from 500 to 504, chosen by the seed.
    case serverError(RetryAfter?)
    /// The request is read and never answered.
    case hang
    /// The connection is closed when the request has been read.
    case cut
    /// The connection is closed before the body is read.
    case cutBefore
    /// The connection is reset when the request has been read.
    case reset
    /// The connection is closed in the middle of the answer.
    case truncate
    /// A page of HTML with status 200.
    case garbage
    /// A redirect to another place.
    case redirect(String)
    /// JSON with status 200 that is no envelope.
    case wrongEnvelope
    /// An envelope with this `error`.
    case error(Int, String?)

    /// The names of kinds, as `POST /sandbox/faults` takes them.
    static let names = [
        "latency", "slow", "status", "5xx", "hang", "timeout", "cut", "cut_before", "reset", "truncate", "garbage",
        "redirect", "wrong_envelope", "error",
    ]

    /// Whether the answer is the usual one, only later.
    var onlyDelays: Bool {
        switch self {
        case .latency, .slow: true
        default: false
        }
    }

    /// The kind as ``names`` has it.
    var name: String {
        switch self {
        case .latency: "latency"
        case .slow: "slow"
        case .status: "status"
        case .serverError: "5xx"
        case .hang: "hang"
        case .cut: "cut"
        case .cutBefore: "cut_before"
        case .reset: "reset"
        case .truncate: "truncate"
        case .garbage: "garbage"
        case .redirect: "redirect"
        case .wrongEnvelope: "wrong_envelope"
        case .error: "error"
        }
    }
}

/// A `Retry-After` header: RFC 9110 allows seconds and a date, and clients must read both.
struct RetryAfter: Sendable, Equatable {
    let seconds: Int
    let asDate: Bool
}

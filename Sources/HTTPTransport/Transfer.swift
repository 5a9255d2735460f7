import CCurl
import CCurlShim

/// One request in flight, and the easy handle that carries it; handles are reused, with their options.
///
/// The only owner of its easy handle. libcurl holds the object's address as the context of its callbacks, and calls
/// them only while the handle is in the multi handle, where the transport keeps the object alive.
@safe final class Transfer {
    /// The easy handle.
    let easy: UnsafeMutableRawPointer
    /// Where libcurl writes what went wrong, `CURL_ERROR_SIZE` bytes.
    private let errorText: UnsafeMutablePointer<CChar>
    private let answerLimit: Int
    private let headerLimit: Int
    private let keepsDate: Bool

    /// The caller's token, nil while no request is carried.
    var token: UInt64?
    /// What is known about the request's fate.
    var evidence = TransferEvidence()
    private var method = HTTPMethod.get
    private var body = BodyBuffer()
    private var answer: [UInt8] = []
    private var headerBytes = 0
    /// Whether the answer's headers are complete.
    private(set) var headEnded = false
    /// The `Date` header of the answer, where it is kept.
    private(set) var date: String?
    /// What the handle's options were last set to, so that equal ones are not set again.
    private var setting = Setting()

    /// The options that differ from request to request; nil for never set.
    private struct Setting {
        var url: String?
        var method: HTTPMethod?
        var headers: HeaderList?
        var bodySize: Int?
        var connectTimeout: Int?
        var timeout: Int?
    }

    /// Makes a handle with all options that stay.
    init(_ settings: HTTPTransportSettings) throws(HTTPTransportError) {
        guard let easy = unsafe curl_easy_init() else { throw .initialisation }
        unsafe self.easy = easy
        unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        answerLimit = settings.answerLimit
        headerLimit = settings.headerLimit
        keepsDate = settings.keepsDate
        try setOptionsThatStay(settings)
        try unsafe setCallbacks(context: Unmanaged.passUnretained(self).toOpaque())
        try check("ERRORBUFFER", unsafe curl_easy_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText))
    }

    deinit {
        unsafe curl_easy_cleanup(easy)
        unsafe errorText.deallocate()
    }

    /// The transfer of an easy handle, from its private pointer.
    static func of(_ easy: UnsafeMutableRawPointer?) -> Transfer? {
        var context: UnsafeMutableRawPointer?
        guard let easy = unsafe easy, unsafe curl_easy_get_private(easy, &context) == CURLE_OK else { return nil }
        guard let context = unsafe context else { return nil }
        return unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }

    /// Loads a request; an error when libcurl does not take it, mostly for want of memory.
    func load(_ request: HTTPRequest, token: UInt64, headers: HeaderList) throws(HTTPTransportError) {
        self.token = token
        method = request.method
        answer = []
        headerBytes = 0
        headEnded = false
        date = nil
        evidence = TransferEvidence()
        unsafe errorText.pointee = 0
        try setOptionsThatDiffer(request, headers)
    }

    /// Forgets the request; the handle keeps its options.
    func unload() {
        token = nil
        answer = []
    }

    private func setOptionsThatDiffer(_ request: HTTPRequest, _ headers: HeaderList) throws(HTTPTransportError) {
        if setting.url != request.url {
            setting.url = nil
            try check("URL", unsafe curl_easy_set_text(easy, CURLOPT_URL, request.url))
            setting.url = request.url
        }
        switch request.method {
        case .get: try setGet()
        case .post: try setPost(request.body)
        }
        if setting.headers !== headers {
            try check("HTTPHEADER", unsafe curl_easy_set_list(easy, CURLOPT_HTTPHEADER, headers.head))
            // Only now may the list before it go.
            setting.headers = headers
        }
        try setTimeouts(request)
    }

    private func setGet() throws(HTTPTransportError) {
        guard setting.method != .get else { return }
        setting.method = nil
        try set(CURLOPT_HTTPGET, 1, "HTTPGET")
        setting.method = .get
    }

    /// The body goes out in one write with the headers, from our memory; see `mayWrite` for why it goes out once.
    private func setPost(_ bytes: [UInt8]) throws(HTTPTransportError) {
        let moved = body.hold(bytes)
        if moved || setting.method != .post {
            setting.method = nil
            // Makes the request a POST, too.
            try check("POSTFIELDS", unsafe curl_easy_set_pointer(easy, CURLOPT_POSTFIELDS, body.address))
            setting.method = .post
        }
        guard setting.bodySize != bytes.count else { return }
        setting.bodySize = nil
        let size = curl_off_t(bytes.count)
        try check("POSTFIELDSIZE", unsafe curl_easy_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, size))
        setting.bodySize = bytes.count
    }

    private func setTimeouts(_ request: HTTPRequest) throws(HTTPTransportError) {
        let connectTimeout = Self.milliseconds(request.connectTimeout)
        if setting.connectTimeout != connectTimeout {
            try set(CURLOPT_CONNECTTIMEOUT_MS, connectTimeout, "CONNECTTIMEOUT")
            setting.connectTimeout = connectTimeout
        }
        let timeout = Self.milliseconds(request.timeout)
        if setting.timeout != timeout {
            try set(CURLOPT_TIMEOUT_MS, timeout, "TIMEOUT")
            setting.timeout = timeout
        }
    }

    /// Rounded up, at least 1 (libcurl takes 0 for no limit), at most what libcurl takes: 24 days.
    static func milliseconds(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        guard seconds < 2_000_000 else { return 2_000_000_000 }
        guard seconds >= 0 else { return 1 }
        return max(1, Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
    }

    /// libcurl's words for the end of this transfer.
    func detail(_ code: CURLcode) -> String {
        unsafe errorText.pointee == 0 ? CurlLibrary.text(code) : String(cString: errorText)
    }

    /// Gives up the answer's bytes.
    func takeAnswer() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &answer)
        return taken
    }
}

// What libcurl's callbacks do.
extension Transfer {
    /// Whether a request may be written now: a POST once only.
    ///
    /// libcurl repeats a request by itself when a reused connection ends without an answer. That is right for a GET;
    /// a POST may have been carried out. Every request that libcurl writes, a repeated one too, is asked for here
    /// first, so refusing the second ends the transfer with the server having seen one. (Refusing to rewind the body,
    /// the usual remedy, leaves a POST without a body unguarded, and sends head and body apart.)
    func mayWrite() -> Bool {
        if method == .post, evidence.reachedRequest {
            evidence.resendStopped = true
            return false
        }
        evidence.reachedRequest = true
        return true
    }

    /// Keeps a part of the answer; false when it goes over the limit.
    func keepAnswer(_ part: UnsafeRawBufferPointer) -> Bool {
        guard answer.count + part.count <= answerLimit else {
            evidence.answerTooBig = true
            return false
        }
        unsafe answer.append(contentsOf: part)
        return true
    }

    /// Notes a line of a header block; false when there are too many.
    ///
    /// An empty line ends a block; a status line begins the next one, after an informational answer.
    func noteHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        headerBytes += line.count
        if unsafe line.first == 0x0D || line.first == 0x0A {
            headEnded = true
        } else if unsafe line.starts(with: Self.statusLineStart) {
            headEnded = false
        } else if keepsDate {
            unsafe noteDate(line)
        }
        evidence.answerTooBig = headerBytes > headerLimit
        return !evidence.answerTooBig
    }

    private func noteDate(_ line: UnsafeRawBufferPointer) {
        guard let colon = unsafe line.firstIndex(of: UInt8(ascii: ":")) else { return }
        let name = unsafe String(decoding: line[..<colon], as: UTF8.self)
        guard name.lowercased() == "date" else { return }
        let value = unsafe String(decoding: line[(colon + 1)...], as: UTF8.self)
        date = String(value.drop { $0.isWhitespace }.prefix { !$0.isNewline })
    }

    private static let statusLineStart = [UInt8]("HTTP/".utf8)
}

import CCurl
import CCurlShim

// The options that no request changes.
extension Transfer {
    /// Sets them, once for the life of the handle.
    func setOptionsThatStay(_ settings: HTTPTransportSettings) throws(HTTPTransportError) {
        // No signals: the resolver has its own thread, and a request saves the calls that mask SIGPIPE.
        try set(CURLOPT_NOSIGNAL, 1, "NOSIGNAL")
        // Without it, ending a transfer during name look-up waits for the look-up's thread, as long as that takes.
        try set(CURLOPT_QUICK_EXIT, 1, "QUICK_EXIT")
        try set(CURLOPT_PROTOCOLS_STR, "http,https", "PROTOCOLS")
        try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1), "HTTP_VERSION")
        try set(CURLOPT_FOLLOWLOCATION, 0, "FOLLOWLOCATION")
        try set(CURLOPT_TCP_NODELAY, 1, "TCP_NODELAY")
        try set(CURLOPT_USERAGENT, settings.userAgent, "USERAGENT")
        try set(CURLOPT_MAXAGE_CONN, max(1, Int(settings.idleLimit.components.seconds)), "MAXAGE_CONN")
        try set(CURLOPT_FORBID_REUSE, settings.reusesConnections ? 0 : 1, "FORBID_REUSE")
        // A proxy's own headers are not the answer's.
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1, "SUPPRESS_CONNECT_HEADERS")
        // An announced length over the limit ends the transfer before its body comes.
        let limit = curl_off_t(settings.answerLimit)
        try check("MAXFILESIZE", unsafe curl_easy_set_offset(easy, CURLOPT_MAXFILESIZE_LARGE, limit))
        try setTLS(settings)
    }

    private func setTLS(_ settings: HTTPTransportSettings) throws(HTTPTransportError) {
        try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2), "SSLVERSION")
        try set(CURLOPT_SSL_VERIFYPEER, 1, "SSL_VERIFYPEER")
        try set(CURLOPT_SSL_VERIFYHOST, 2, "SSL_VERIFYHOST")
        guard let caFile = settings.caFile else { return }
        try set(CURLOPT_CAINFO, caFile, "CAINFO")
        // Else the system's directory of certificates would be trusted beside the file.
        try check("CAPATH", unsafe curl_easy_set_text(easy, CURLOPT_CAPATH, nil))
    }

    /// Sets the callbacks and the object they get.
    func setCallbacks(context: UnsafeMutableRawPointer) throws(HTTPTransportError) {
        try check("PRIVATE", unsafe curl_easy_set_pointer(easy, CURLOPT_PRIVATE, context))
        try check("WRITEFUNCTION", unsafe curl_easy_set_sink(easy, CURLOPT_WRITEFUNCTION, keepAnswerOfTransfer))
        try check("WRITEDATA", unsafe curl_easy_set_pointer(easy, CURLOPT_WRITEDATA, context))
        try check("HEADERFUNCTION", unsafe curl_easy_set_sink(easy, CURLOPT_HEADERFUNCTION, noteHeaderOfTransfer))
        try check("HEADERDATA", unsafe curl_easy_set_pointer(easy, CURLOPT_HEADERDATA, context))
        try check("PREREQFUNCTION", unsafe curl_easy_set_prerequest(easy, askBeforeWriting))
        try check("PREREQDATA", unsafe curl_easy_set_pointer(easy, CURLOPT_PREREQDATA, context))
    }

    func set(_ option: CURLoption, _ value: Int, _ name: String) throws(HTTPTransportError) {
        try check(name, unsafe curl_easy_set_long(easy, option, value))
    }

    func set(_ option: CURLoption, _ value: String, _ name: String) throws(HTTPTransportError) {
        try check(name, unsafe curl_easy_set_text(easy, option, value))
    }

    func check(_ name: String, _ code: CURLcode) throws(HTTPTransportError) {
        guard code == CURLE_OK else { throw .option(name, detail: CurlLibrary.text(code)) }
    }
}

// libcurl's callbacks. The context of each is the transfer, alive because libcurl calls only while the handle is in
// the multi handle. None of them calls libcurl, or anything of the caller.

/// The transfer behind a context.
private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    guard let context = unsafe context else { return nil }
    return unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
}

/// `CURLOPT_WRITEFUNCTION`: any number but the one given ends the transfer.
private func keepAnswerOfTransfer(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    let part = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
    guard let transfer = unsafe transfer(context), unsafe transfer.keepAnswer(part) else { return -1 }
    return size * count
}

/// `CURLOPT_HEADERFUNCTION`, called for each line.
private func noteHeaderOfTransfer(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    let line = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
    guard let transfer = unsafe transfer(context), unsafe transfer.noteHeader(line) else { return -1 }
    return size * count
}

/// `CURLOPT_PREREQFUNCTION`: the last word before a request is written.
private func askBeforeWriting(
    _ context: UnsafeMutableRawPointer?, _: UnsafeMutablePointer<CChar>?, _: UnsafeMutablePointer<CChar>?, _: Int32,
    _: Int32
) -> Int32 {
    guard let transfer = unsafe transfer(context), transfer.mayWrite() else { return CURL_PREREQFUNC_ABORT }
    return CURL_PREREQFUNC_OK
}

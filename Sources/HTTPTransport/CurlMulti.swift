import CCurl
import CCurlShim
import Poll

/// The owner of libcurl's multi handle: transfers in, sockets to watch and ended transfers out.
///
/// Lives and is used on one thread, the reactor's. Nothing here waits: libcurl works on sockets that are ready and
/// returns. The socket callback only writes `sockets` and never calls back into libcurl.
@safe final class CurlMulti {
    private let handle: UnsafeMutableRawPointer
    /// What libcurl wants to be told about.
    private(set) var sockets = WatchedSockets()

    /// Makes the handle, with as many connections as requests in flight.
    init(_ settings: HTTPTransportSettings) throws(HTTPTransportError) {
        if let fault = CurlLibrary.fault { throw fault }
        guard let handle = unsafe curl_multi_init() else { throw .initialisation }
        unsafe self.handle = handle
        // From here on a throw runs `deinit`, which frees the handle.
        let limit = settings.inFlightLimit
        // No second connection waits for a free slot: a transfer that has started connects or reuses at once.
        try set(CURLMOPT_MAX_TOTAL_CONNECTIONS, limit, "MAX_TOTAL_CONNECTIONS")
        try set(CURLMOPT_MAXCONNECTS, limit, "MAXCONNECTS")
        try set(CURLMOPT_PIPELINING, Int(CURLPIPE_NOTHING), "PIPELINING")
        // The context is not retained: `deinit` takes the callback away before the object goes.
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        let code = unsafe curl_multi_set_socket_callback(handle, noteSocket, context)
        guard code == CURLM_OK else { throw .option("SOCKETFUNCTION", detail: Self.text(code)) }
    }

    deinit {
        // Closing connections would call back with a context that is going away.
        _ = unsafe curl_multi_set_socket_callback(handle, nil, nil)
        _ = unsafe curl_multi_cleanup(handle)
    }

    private func set(_ option: CURLMoption, _ value: Int, _ name: String) throws(HTTPTransportError) {
        let code = unsafe curl_multi_set_long(handle, option, value)
        guard code == CURLM_OK else { throw .option(name, detail: Self.text(code)) }
    }

    private static func text(_ code: CURLMcode) -> String {
        guard let text = unsafe curl_multi_strerror(code) else { return "error \(code.rawValue)" }
        return unsafe String(cString: text)
    }

    /// Takes a transfer in, to start with the next `actOnTimers`.
    ///
    /// False when libcurl refuses.
    func add(_ transfer: Transfer) -> Bool {
        unsafe curl_multi_add_handle(handle, transfer.easy) == CURLM_OK
    }

    /// Lets a transfer go, ended or not; a connection in the middle of a request is closed.
    func remove(_ transfer: Transfer) {
        _ = unsafe curl_multi_remove_handle(handle, transfer.easy)
    }

    /// Goes on with the transfer of a ready socket.
    ///
    /// An error on the socket is passed on as what was waited for: libcurl then finds it by itself, with its cause.
    func act(on entry: WatchedSockets.Entry, _ readiness: Readiness) {
        let ready = readiness.hasFailed ? readiness.union(entry.interest) : readiness
        var bits: Int32 = 0
        if ready.contains(.readable) { bits |= CURL_CSELECT_IN }
        if ready.contains(.writable) { bits |= CURL_CSELECT_OUT }
        act(entry.descriptor, bits)
    }

    /// Starts added transfers and ends those whose deadline has passed.
    func actOnTimers() {
        act(CURL_SOCKET_BAD, 0)
    }

    /// What goes wrong with one transfer ends that transfer; the code is about the call itself and tells nothing more.
    private func act(_ descriptor: Int32, _ bits: Int32) {
        var running: Int32 = 0
        _ = unsafe curl_multi_socket_action(handle, descriptor, bits, &running)
    }

    /// Milliseconds until `actOnTimers` has work; 0 for now, nil for never.
    ///
    /// Asked instead of taken from the timer callback: that one is not repeated for a timer that was fired a little
    /// early, and a transfer without its timer never ends.
    var millisecondsToTimer: Int? {
        var milliseconds = -1
        guard unsafe curl_multi_timeout(handle, &milliseconds) == CURLM_OK, milliseconds >= 0 else { return nil }
        return milliseconds
    }

    /// A transfer that has ended and libcurl's code for it; nil when there is no other.
    func nextEnded() -> (transfer: Transfer, code: CURLcode)? {
        var left: Int32 = 0
        while let message = unsafe curl_multi_info_read(handle, &left) {
            // The message goes away with the transfer: read it first.
            guard unsafe message.pointee.msg == CURLMSG_DONE else { continue }
            let code = unsafe message.pointee.data.result
            guard let transfer = unsafe Transfer.of(message.pointee.easy_handle) else { continue }
            return (transfer, code)
        }
        return nil
    }

    /// libcurl's wish about one socket.
    fileprivate func note(_ descriptor: Int32, _ wish: Int32) {
        switch wish {
        case CURL_POLL_IN: sockets.watch(descriptor, for: .readable)
        case CURL_POLL_OUT: sockets.watch(descriptor, for: .writable)
        case CURL_POLL_INOUT: sockets.watch(descriptor, for: [.readable, .writable])
        case CURL_POLL_REMOVE: sockets.forget(descriptor)
        default: sockets.watch(descriptor, for: [])
        }
    }
}

/// `CURLMOPT_SOCKETFUNCTION`; the context is the `CurlMulti`, which outlives its handle.
private func noteSocket(
    _: UnsafeMutableRawPointer?,
    _ descriptor: curl_socket_t,
    _ wish: Int32,
    _ context: UnsafeMutableRawPointer?,
    _: UnsafeMutableRawPointer?
) -> Int32 {
    guard let context = unsafe context else { return 0 }
    unsafe Unmanaged<CurlMulti>.fromOpaque(context).takeUnretainedValue().note(descriptor, wish)
    return 0
}

/// Requests in flight over libcurl, driven by the caller's poll.
///
/// Belongs to one thread, the reactor's: it is made, used and released there (it is not `Sendable`). Nothing in it
/// waits; names are resolved on threads of libcurl's. One round of the caller's loop is `register`, poll until
/// `deadline`, `process`, then `submit` as often as wanted and `start`.
///
/// Every submitted token comes back from `process`, exactly once, unless the transport is released before.
///
/// The process must ignore `SIGPIPE`: OpenSSL writes to sockets without `MSG_NOSIGNAL`.
package final class HTTPTransport {
    private let settings: HTTPTransportSettings
    let multi: CurlMulti
    /// All transfers made so far, at most `inFlightLimit`; the idle ones are in `idle` too.
    private var transfers: [Transfer] = []
    /// The last one used is the next one: its memory is warm.
    private var idle: [Transfer] = []
    private var headerLists = HeaderLists()
    /// What `register` added, in the order of the poll set from `firstPlace` on.
    var registered: [WatchedSockets.Entry] = []
    var firstPlace = 0
    /// Ended, and not yet handed out.
    var ended: [HTTPCompletion] = []

    /// Makes a transport without connections.
    package init(_ settings: HTTPTransportSettings = HTTPTransportSettings()) throws(HTTPTransportError) {
        self.settings = settings
        multi = try CurlMulti(settings)
        // An option that libcurl does not take shows here, not with the first request.
        let first = try Transfer(settings)
        transfers = [first]
        idle = [first]
    }

    deinit {
        // Out of the multi handle, then freed, then (with the last reference to `multi`) the multi handle.
        for transfer in transfers where transfer.token != nil { multi.remove(transfer) }
        idle = []
        transfers = []
    }

    /// Requests submitted and not yet ended.
    package var inFlight: Int { transfers.count - idle.count }

    /// Whether `submit` would take another request.
    package var hasRoom: Bool { inFlight < settings.inFlightLimit }

    /// Takes a request in; false, and nothing is taken, when `inFlightLimit` is reached.
    ///
    /// The token is the caller's own and comes back with the result. Writing begins with `start` or `process`.
    package func submit(_ request: HTTPRequest, token: UInt64) -> Bool {
        guard hasRoom else { return false }
        do throws(HTTPTransportError) {
            let transfer = try idleTransfer()
            guard let headers = headerLists.list(for: request.headers) else { throw .initialisation }
            try load(request, token, headers, into: transfer)
        } catch {
            let failure = HTTPFailure(reason: .local, detail: "\(error)")
            ended.append(HTTPCompletion(token: token, result: .neverWritten(failure)))
        }
        return true
    }

    private func idleTransfer() throws(HTTPTransportError) -> Transfer {
        if let transfer = idle.last { return transfer }
        let transfer = try Transfer(settings)
        transfers.append(transfer)
        idle.append(transfer)
        return transfer
    }

    /// Moves the last idle transfer into the multi handle, or leaves it idle.
    private func load(
        _ request: HTTPRequest, _ token: UInt64, _ headers: HeaderList, into transfer: Transfer
    ) throws(HTTPTransportError) {
        guard !request.url.utf8.contains(0) else { throw .option("URL", detail: "it contains a zero byte") }
        do throws(HTTPTransportError) {
            try transfer.load(request, token: token, headers: headers)
            guard multi.add(transfer) else { throw .initialisation }
        } catch {
            transfer.unload()
            throw error
        }
        idle.removeLast()
    }

    func release(_ transfer: Transfer, result: HTTPResult) -> HTTPCompletion {
        let completion = HTTPCompletion(token: transfer.token ?? 0, result: result)
        multi.remove(transfer)
        transfer.unload()
        idle.append(transfer)
        return completion
    }

    func takeEnded() -> [HTTPCompletion] {
        guard !ended.isEmpty else { return [] }
        var taken: [HTTPCompletion] = []
        swap(&taken, &ended)
        return taken
    }
}

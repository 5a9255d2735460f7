import CCurl
package import Poll

/// Requests in flight over libcurl, driven by the caller's poll.
///
/// Belongs to one thread, the reactor's: it is made, used and released there (it is not `Sendable`). Nothing in it
/// waits; names are resolved on threads of libcurl's. One round of the caller's loop is `register`, poll until
/// `deadline`, `process`, then `submit` as often as wanted and `start`.
///
/// Every submitted token comes back exactly once: from `process`, or from `cancel` or `cancelAll`.
///
/// The process must ignore `SIGPIPE`: OpenSSL writes to sockets without `MSG_NOSIGNAL`.
package final class HTTPTransport {
    private let settings: HTTPTransportSettings
    private let multi: CurlMulti
    /// All transfers made so far, at most `inFlightLimit`; the idle ones are in `idle` too.
    private var transfers: [Transfer] = []
    /// The last one used is the next one: its memory is warm.
    private var idle: [Transfer] = []
    private var headerLists = HeaderLists()
    /// What `register` added, in the order of the poll set from `firstPlace` on.
    private var registered: [WatchedSockets.Entry] = []
    private var firstPlace = 0
    /// Ended, and not yet handed out.
    private var ended: [HTTPCompletion] = []

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

    /// Gives a request up; returns what is certain about it, nil when the token is not in flight.
    ///
    /// No completion comes for it any more. Its connection is closed if the request had been begun.
    package func cancel(_ token: UInt64) -> HTTPResult? {
        if let transfer = transfers.first(where: { $0.token == token }) {
            return release(transfer, result: transfer.resultOfCancelling).result
        }
        guard let place = ended.firstIndex(where: { $0.token == token }) else { return nil }
        return ended.remove(at: place).result
    }

    /// Gives everything up; returns all that `process` has not returned.
    package func cancelAll() -> [HTTPCompletion] {
        for transfer in transfers where transfer.token != nil {
            ended.append(release(transfer, result: transfer.resultOfCancelling))
        }
        return takeEnded()
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

    private func release(_ transfer: Transfer, result: HTTPResult) -> HTTPCompletion {
        let completion = HTTPCompletion(token: transfer.token ?? 0, result: result)
        multi.remove(transfer)
        transfer.unload()
        idle.append(transfer)
        return completion
    }

    private func takeEnded() -> [HTTPCompletion] {
        guard !ended.isEmpty else { return [] }
        var taken: [HTTPCompletion] = []
        swap(&taken, &ended)
        return taken
    }

    // MARK: Driven by the caller's poll

    /// Adds the sockets that libcurl wants watched; the next `process` must get the same set, after its `wait`.
    package func register(in set: inout PollSet) {
        registered = multi.sockets.entries
        for (offset, entry) in registered.enumerated() {
            let place = set.add(entry.descriptor, entry.interest)
            if offset == 0 { firstPlace = place }
        }
    }

    /// When `process` must be called even if no socket is ready; nil for never.
    package func deadline(now: MonotonicTime) -> MonotonicTime? {
        guard ended.isEmpty else { return now }
        guard let milliseconds = multi.millisecondsToTimer else { return nil }
        return now.advanced(byNanoseconds: Int64(milliseconds) * 1_000_000)
    }

    /// Goes on with what is ready in the set of the last `register`, fires timers, and returns what has ended.
    package func process(_ set: PollSet) -> [HTTPCompletion] {
        let waited = registered
        registered = []
        for (offset, entry) in waited.enumerated() {
            let readiness = set.readiness(at: firstPlace + offset)
            guard !readiness.isEmpty, multi.sockets.isCurrent(entry) else { continue }
            multi.act(on: entry, readiness)
        }
        start()
        return takeEnded()
    }

    /// Starts what was submitted, without a poll in between; saves a round of the loop after a batch of submits.
    package func start() {
        if multi.millisecondsToTimer == 0 { multi.actOnTimers() }
        while let (transfer, code) = multi.nextEnded() {
            ended.append(release(transfer, result: transfer.result(code)))
        }
    }
}

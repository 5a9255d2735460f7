import Altcraft
import HTTPTransport
import Outcome
import Poll
import Relay
import Telemetry

/// Requests out, answers in.
extension Reactor {
    /// Takes in what has ended.
    func takeAnswers() {
        let completions = transport.process(poll)
        guard !completions.isEmpty else { return }
        now = .now()
        for completion in completions {
            guard completion.token != LaunchID.probeToken else {
                isProbing = false
                relay.probed(Self.probeAnswer(completion.result, now: now.wallSeconds), at: now)
                continue
            }
            let id = LaunchID(token: completion.token)
            if let start = requestStarts.take(id.slot) {
                let latency = now.monotonic.since(start)
                parts.observer.metrics.apiLatency.record(latency)
                apiLatencies[id.slot] = latency
            }
            let outcome = completion.result.outcome(now: now.wallSeconds)
            relay.answered(id, redacted(outcome), at: now)
        }
    }

    private func redacted(_ outcome: LaunchOutcome) -> LaunchOutcome {
        guard case .refused(let refusal) = outcome else { return outcome }
        return .refused(refusal.redacting(token))
    }

    /// Writes the request of a launch.
    func send(_ id: LaunchID) {
        guard let planned = relay.plannedLaunch(id) else { return }
        do {
            let request = try httpRequest(parts.encoder.encode(planned.request, token: token))
            guard transport.submit(request, token: id.token) else {
                relay.answered(id, .busy(Busy(.connect)), at: now)
                return
            }
            requestStarts[id.slot] = now.monotonic
        } catch {
            relay.answered(id, .refused(Refusal(code: 0, text: "\(error)")), at: now)
        }
    }

    private func httpRequest(_ request: EncodedRequest) throws -> HTTPRequest {
        HTTPRequest(
            request.method == .get ? .get : .post, url: request.url, headers: try headers.headers(for: request.headers),
            body: request.body, connectTimeout: parts.connectTimeout, timeout: parts.requestTimeout)
    }

    /// Asks the platform something that launches nothing, with the token as it is now.
    func probe() {
        readToken()
        guard !isProbing else { return }
        guard let campaign = intake.mappings.anyCampaign else { return relay.probed(.inconclusive, at: now) }
        do {
            let request = try httpRequest(parts.encoder.encode(.campaign(campaign), token: token))
            isProbing = transport.submit(request, token: LaunchID.probeToken)
            if !isProbing { relay.probed(.inconclusive, at: now) }
        } catch {
            relay.probed(.inconclusive, at: now)
        }
    }

    /// Reads the token again; a new one is tried at once.
    func readToken() {
        guard let renewed = parts.tokenSource?(), renewed != token else { return }
        token = renewed
        parts.observer.observe(.tokenReloaded)
        relay.tokenRenewed(at: now)
    }

    /// What the answer to a probe says about the platform: any envelope that does not speak of the account is well.
    private static func probeAnswer(_ result: HTTPResult, now: Int64) -> ProbeAnswer {
        if case .response(let response) = result, [404, 405, 501].contains(response.status) {
            // A platform, or a stand-in, that does not offer the call.
            return .inconclusive
        }
        switch result.outcome(now: now) {
        case .accepted, .refused: return .well
        // Perhaps that one campaign is not ours to ask about, which says nothing of the others.
        case .busy(let busy) where busy.scope == .maybeTarget: return .inconclusive
        case .busy(let busy): return .sick(busy.reason, retryAfter: busy.retryAfter)
        case .unknown(let reason): return .sick(reason, retryAfter: nil)
        }
    }
}

extension HTTPResult {
    /// What the end of a request means for its launch, by the rules of the platform's model.
    func outcome(now: Int64) -> LaunchOutcome {
        switch self {
        case .response(let response):
            let retryAfter = response.retryAfter.map { String($0.nanoseconds / 1_000_000_000) }
            let answer = Answer(status: response.status, retryAfter: retryAfter, body: response.body)
            return .classify(answer, now: now)
        case .neverWritten(let failure): return .classify(.certainlyNotWritten(failure.kind))
        case .maybeWritten(let failure): return .classify(.maybeWritten(failure.kind))
        }
    }
}

extension HTTPFailure {
    /// The failure in the words of the platform's model.
    fileprivate var kind: TransportFailure.Kind {
        switch reason {
        case .badURL, .resolve, .connect, .proxy, .tls, .certificate, .local: .connect
        case .timeout: .timeout
        case .cut, .cancelled: .cut
        case .notHTTP, .answerTooBig: .badAnswer
        }
    }
}

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
        for completion in completions { take(completion) }
    }

    private func take(_ completion: HTTPCompletion) {
        let result = completion.result
        switch RequestToken(completion.token) {
        case .probe:
            let tried = probeToken
            probeToken = nil
            relay.probed(Self.probeAnswer(result, now: now.wallSeconds), at: now)
            // What the platform says of a token that was renewed meanwhile holds for the old one alone.
            if tried != token { relay.tokenRenewed(at: now) }
        case .launch(let id):
            if let latency = latency(of: requestStarts.take(id.slot)) { apiLatencies[id.slot] = (id.use, latency) }
            let isLink = relay.plannedLaunch(id)?.request.call.isLink ?? false
            relay.answered(id, outcome(result, bareSuccess: isLink && parts.bareLinkSuccess), at: now)
        case .batch(let id):
            if let latency = latency(of: batchStarts.take(id.slot)) {
                for launch in relay.batchMembers(id) { apiLatencies[launch.slot] = (launch.use, latency) }
            }
            relay.answered(id, outcome(result), at: now)
        case .task(let id):
            _ = latency(of: batchStarts.take(id.slot))
            relay.taskAnswered(id, result.taskStatus(now: now.wallSeconds), at: now)
        }
    }

    /// How long a call took, counted among all calls.
    private func latency(of start: MonotonicTime?) -> Duration? {
        guard let start else { return nil }
        let latency = now.monotonic.since(start)
        parts.observer.metrics.apiLatency.record(latency)
        return latency
    }

    /// What the end of a request means, without the token, should the platform have quoted it.
    private func outcome(_ result: HTTPResult, bareSuccess: Bool = false) -> LaunchOutcome {
        let outcome = result.outcome(
            now: now.wallSeconds, bareSuccess: bareSuccess, refusesUnder4xx: parts.refusesUnder4xx)
        guard case .refused(let refusal) = outcome else { return outcome }
        return .refused(refusal.redacting(token))
    }

    /// Writes the request of a launch.
    func send(_ id: LaunchID) {
        guard let planned = relay.plannedLaunch(id) else { return }
        do {
            guard try submit(parts.encoder.encode(planned.request, token: token), for: .launch(id)) else {
                relay.answered(id, .busy(Busy(.connect)), at: now)
                return
            }
            requestStarts[id.slot] = now.monotonic
        } catch {
            relay.unsendable(id, Refusal(code: 0, text: "\(error)"), at: now)
        }
    }

    /// Writes the request of a batch.
    func send(_ id: BatchID) {
        guard let batch = relay.batchRequest(id) else { return }
        do {
            guard try submit(parts.encoder.encode(batch, token: token), for: .batch(id)) else {
                relay.answered(id, .busy(Busy(.connect)), at: now)
                return
            }
            batchStarts[id.slot] = now.monotonic
        } catch {
            // Halved until the launch that cannot be written stands alone.
            relay.unsendable(id, Refusal(code: 0, text: "\(error)"), at: now)
        }
    }

    /// Asks how the task of a batch stands.
    func askTask(_ id: BatchID) {
        guard let task = relay.batchTask(id) else { return }
        do {
            guard try submit(parts.encoder.encode(.task(task), token: token), for: .task(id)) else {
                relay.taskAnswered(id, .unanswered(.busy(Busy(.connect))), at: now)
                return
            }
            batchStarts[id.slot] = now.monotonic
        } catch {
            relay.taskAnswered(id, .unanswered(.unknown(.notAnEnvelope)), at: now)
        }
    }

    /// Hands a request to the transport; false where that has no place for it.
    private func submit(_ request: EncodedRequest, for token: RequestToken) throws -> Bool {
        let request = HTTPRequest(
            request.method == .get ? .get : .post, url: request.url, headers: try headers.headers(for: request.headers),
            body: request.body, connectTimeout: parts.connectTimeout, timeout: parts.requestTimeout)
        return transport.submit(request, token: token.value)
    }

    /// Asks the platform something that launches nothing, with the token as it is now; whether there is another one by
    /// now is looked up meanwhile.
    func probe() {
        parts.lookForToken()
        guard probeToken == nil else { return }
        guard let campaign = intake.mappings.anyCampaign else { return relay.probed(.inconclusive, at: now) }
        do {
            guard try submit(parts.encoder.encode(.campaign(campaign), token: token), for: .probe) else {
                return relay.probed(.inconclusive, at: now)
            }
            probeToken = token
        } catch {
            relay.probed(.inconclusive, at: now)
        }
    }

    /// Goes over to the token that was read last; a new one is tried at once.
    func takeToken() {
        guard let renewed = parts.currentToken?(), renewed != token else { return }
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
    func outcome(now: Int64, bareSuccess: Bool = false, refusesUnder4xx: Bool = true) -> LaunchOutcome {
        switch self {
        case .response(let response):
            return .classify(
                Answer(response), now: now, bareSuccess: bareSuccess, refusesUnder4xx: refusesUnder4xx)
        case .neverWritten(let failure): return .classify(.certainlyNotWritten(failure.kind))
        case .maybeWritten(let failure): return .classify(.maybeWritten(failure.kind))
        }
    }
}

extension HTTPResult {
    /// What the end of a question after a task says of the task.
    fileprivate func taskStatus(now: Int64) -> TaskStatus {
        guard case .response(let response) = self else { return .unanswered(outcome(now: now)) }
        return .read(Answer(response), now: now)
    }
}

extension Answer {
    /// An answer in the words of the platform's model.
    fileprivate init(_ response: HTTPResponse) {
        let retryAfter = response.retryAfter.map { String($0.nanoseconds / 1_000_000_000) }
        self.init(status: response.status, retryAfter: retryAfter, body: response.body)
    }
}

extension HTTPFailure {
    /// The failure in the words of the platform's model.
    fileprivate var kind: TransportFailure.Kind {
        switch reason {
        case .badURL, .resolve, .connect, .proxy, .tls, .certificate, .local: .connect
        case .timeout: .timeout
        case .cut: .cut
        case .notHTTP, .answerTooBig: .badAnswer
        }
    }
}

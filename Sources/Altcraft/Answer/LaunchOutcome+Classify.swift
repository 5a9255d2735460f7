import Outcome

extension LaunchOutcome {
    /// What an answer means: the one place that decides it.
    ///
    /// Success is HTTP 2xx and an envelope and `error` 0, nothing less. What speaks of the platform or the account is
    /// busy or unknown, whoever says it; a refusal is an envelope that speaks of this request. `now` is wall time in
    /// seconds since 1970, for a `Retry-After` that names a date.
    ///
    /// What a v1.0 link answers is not documented: `bareSuccess` takes HTTP 2xx without an envelope for a success, and is
    /// meant for links only. Nor is the HTTP status of a refusal: without `refusesUnder4xx` an envelope under 4xx is
    /// somebody else's.
    package static func classify(
        _ answer: Answer, now: Int64, bareSuccess: Bool = false, refusesUnder4xx: Bool = true
    ) -> LaunchOutcome {
        let wait = answer.retryAfter.flatMap { RetryAfter.wait($0, now: now) }
        if let outcome = byCode(Int64(answer.status), wait) { return outcome }
        // The status line alone says that the body was not read: a proxy's limit, or the platform's.
        if answer.status == 413 { return .refused(tooLarge(answer.body)) }
        let isRefusalStatus = refusesUnder4xx && (400..<500).contains(answer.status)
        guard (200..<300).contains(answer.status) || isRefusalStatus,
            let envelope = Envelope(answer.body)
        else {
            let isBare = bareSuccess && (200..<300).contains(answer.status)
            return isBare ? .accepted(Acceptance()) : .unknown(.notAnEnvelope)
        }
        guard envelope.code != 0 else {
            // A success under an error status contradicts itself.
            return answer.status < 300 ? .accepted(envelope.acceptance) : .unknown(.notAnEnvelope)
        }
        return byCode(envelope.code, wait) ?? .refused(envelope.refusal)
    }

    /// What the lack of an answer means.
    package static func classify(_ failure: TransportFailure) -> LaunchOutcome {
        switch failure {
        case .certainlyNotWritten(.timeout): .busy(Busy(.timeoutBeforeWrite))
        case .certainlyNotWritten: .busy(Busy(.connect))
        case .maybeWritten(.timeout): .unknown(.timeout)
        case .maybeWritten(.connect), .maybeWritten(.cut): .unknown(.cut)
        case .maybeWritten(.badAnswer): .unknown(.notAnEnvelope)
        }
    }

    /// What a code means that speaks of platform or account, be it the HTTP status or the envelope's `error`: platforms
    /// are known to mirror one in the other, and a number means the same in both.
    private static func byCode(_ code: Int64, _ wait: Duration?) -> LaunchOutcome? {
        switch code {
        case 401: .busy(Busy(.unauthorized, retryAfter: wait))
        case 402: .busy(Busy(.tariff, retryAfter: wait))
        case 403: .busy(Busy(.forbidden, retryAfter: wait, scope: .maybeTarget))
        case 429: .busy(Busy(.http429, retryAfter: wait))
        case 503: .busy(Busy(.http503, retryAfter: wait))
        case 500...599: .unknown(serverError(code))
        default: nil
        }
    }

    /// The nearest of the three reasons: what gateways say of the server behind them counts as 502 or, where it did not
    /// answer in time, as 504 (520 to 527 and 530 are Cloudflare's, 598 and 599 other proxies'); the rest as 500.
    private static func serverError(_ code: Int64) -> Reason {
        switch code {
        case 502, 520...523, 525...527, 530: .http502
        case 504, 524, 598, 599: .http504
        default: .http500
        }
    }

    private static func tooLarge(_ body: [UInt8]) -> Refusal {
        if let envelope = Envelope(body), envelope.code != 0 { return envelope.refusal }
        return Refusal(code: 413, text: "HTTP 413: the request is too large")
    }
}

extension Refusal {
    /// The platform's words for a body that it did not read to the end.
    private static let tooLargeWords = "request body too large"

    /// Whether the request was too large: a smaller batch may pass.
    package var isTooLarge: Bool {
        code == 413 || debug?.contains(Self.tooLargeWords) == true || text.contains(Self.tooLargeWords)
    }

    /// The refusal without the token, should the platform have quoted it.
    package func redacting(_ token: APIToken) -> Refusal {
        Refusal(
            code: code, text: text.replacing(token.secret, with: APIToken.mask),
            debug: debug?.replacing(token.secret, with: APIToken.mask))
    }
}

extension Envelope {
    /// The refusal, with texts made fit for a log.
    var refusal: Refusal {
        Refusal(code: code, text: ForeignText.clean(text), debug: debug.map(ForeignText.clean))
    }

    /// What the success tells: profiles of `result`, the task of `data`.
    var acceptance: Acceptance {
        Acceptance(profileIDs: profileIDs, taskID: taskID)
    }
}

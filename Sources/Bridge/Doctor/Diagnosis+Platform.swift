import Altcraft
import HTTPTransport
import Outcome
import Settings

/// The platform: reached, the token taken, the clock, the campaigns.
extension Diagnosis {
    private static let call = "campaigns/triggers/get"

    mutating func judgePlatform() {
        let sight = facts.platform
        let answers = (sight.forms[plan.form].map { [$0] } ?? []) + plan.campaigns.compactMap { sight.campaigns[$0] }
        guard judgeReach(answers) else { return }
        judgeToken(answers)
        judgeForms()
        judgeClock()
        for campaign in plan.campaigns {
            if let answer = sight.campaigns[campaign] { judge(campaign, answer) }
        }
        judgeUnasked()
    }

    /// Whether the platform answers as one; else says why not.
    private mutating func judgeReach(_ answers: [PlatformAnswer]) -> Bool {
        let troubles = answers.compactMap(\.trouble)
        guard let first = troubles.first ?? (answers.isEmpty ? .late : nil), troubles.count == answers.count else {
            if !troubles.isEmpty {
                find(
                    .platform, "platform", .warning, "\(troubles.count) of \(answers.count) questions had no answer",
                    "look at the network and at altcraft.timeout")
            }
            return true
        }
        find(.platform, "platform", .error, first.sentence, first.advice)
        return false
    }

    private mutating func judgeToken(_ answers: [PlatformAnswer]) {
        let reasons = answers.map(\.busyReason)
        if reasons.contains(.unauthorized) {
            let other = plan.form.token == .body ? RequestOptions.TokenPlace.header : .body
            let works = facts.platform.forms.contains { $0.key.token == other && $0.value.isTaken }
            return find(
                .token, "token", .error, "the platform refuses the token",
                works
                    ? "set altcraft.token_in to \(other.rawValue): there the platform takes it"
                    : "put a valid one into altcraft.token_file (Altcraft: Settings, Tokens)")
        }
        if reasons.contains(.tariff) {
            return find(
                .token, "token", .error, "the account has reached a limit of its tariff", "its owner must raise it")
        }
        if reasons.contains(.http429) {
            find(
                .platform, "platform", .warning, "it asks to slow down (429)",
                "altcraft.rate or altcraft.in_flight lower the pace")
        }
        if answers.contains(where: \.isTaken) {
            find(.token, "token", .ok, "the platform takes the token")
        } else if answers.contains(where: \.lacksCall) {
            find(
                .token, "token", .warning,
                "what answers at altcraft.url does not offer \(Self.call): the token was not tried",
                "look at altcraft.url: if it is no Altcraft platform, nothing will be launched")
        } else if reasons.contains(.forbidden) {
            find(.token, "token", .ok, "the platform knows the token")
        }
    }

    /// What the documents leave open and a question shows: the place of the token, the slash at the end.
    private mutating func judgeForms() {
        let forms = facts.platform.forms
        guard !forms.isEmpty else { return }
        func takes(_ fits: (CallForm) -> Bool) -> Bool { forms.contains { fits($0.key) && $0.value.isTaken } }
        let inBody = takes { $0.token == .body }
        let inHeader = takes { $0.token == .header }
        let withSlash = takes { $0.slash == .always }
        let without = takes { $0.slash == .never }
        // Where only the form of the settings was answered, nothing is known of the others.
        guard inBody || inHeader, withSlash || without else { return }
        let places = [inBody ? "body" : nil, inHeader ? "header" : nil].compactMap(\.self).joined(separator: " and ")
        let slashes = [withSlash ? "with" : nil, without ? "without" : nil].compactMap(\.self)
            .joined(separator: " and ")
        let message = "\(Self.call) is taken \(slashes) a slash at the end, the token in the \(places)"
        let (fits, advice) = slashAdvice(withSlash: withSlash, without: without)
        find(.options, "options", fits ? .ok : .warning, message, advice)
    }

    private func slashAdvice(withSlash: Bool, without: Bool) -> (fits: Bool, advice: String?) {
        switch plan.form.slash {
        // The documents print both forms for the launches.
        case .documented where withSlash && without: (true, nil)
        case .documented: (false, "set altcraft.trailing_slash to \(withSlash)")
        case .always: (withSlash, withSlash ? nil : "set altcraft.trailing_slash to false")
        case .never: (without, without ? nil : "set altcraft.trailing_slash to true")
        }
    }

    /// Clocks may differ by this much before anybody is told.
    private static let mostSkew: Int64 = 5

    private mutating func judgeClock() {
        guard let clock = facts.platform.clock else {
            return find(.clock, "clock", .unseen, "the platform's answers carry no Date", "timedatectl status")
        }
        let skew = clock.skew
        guard abs(skew) > Self.mostSkew else {
            return find(.clock, "clock", .ok, "agrees with the platform's")
        }
        find(
            .clock, "clock", .warning,
            "the platform's clock is \(DurationText.describe(.seconds(abs(skew)))) \(skew > 0 ? "ahead of" : "behind") "
                + "this machine's: expire_after and dates in the content are judged by this machine's",
            "let a time service set both (timedatectl set-ntp true)")
    }

    private mutating func judge(_ campaign: Int64, _ answer: PlatformAnswer) {
        let subject = "campaign \(campaign)"
        switch answer {
        case .campaign(let info):
            let name = info.name.map { "\"\($0)\"" } ?? "it"
            guard info.obstacles.isEmpty else {
                return find(
                    .campaign, subject, .error, "\(name): \(info.obstacles.joined(separator: "; "))",
                    "activate it in Altcraft as a campaign launched by API call, or change the mappings that name it")
            }
            let isSure = info.isActive == true
            find(
                .campaign, subject, isSure ? .ok : .unseen,
                isSure ? "\(name) is active" : "\(name) is known; whether it is active was not told")
        case .other(_, .refused(let refusal)):
            find(
                .campaign, subject, .error, "the platform refuses to describe it: \(refusal.words)",
                "check the number beside the campaign's name in Altcraft, and the token's object groups")
        case .other(_, .busy(let busy)) where busy.reason == .forbidden:
            find(
                .campaign, subject, .warning, "the token may not look at it (403)",
                "give the token the role and the object group of the campaign")
        case .other, .failed, .late: break
        }
    }

    private mutating func judgeUnasked() {
        let others = plan.otherTargets
        if !others.isEmpty {
            find(
                .unasked, "targets", .unseen,
                "\(others.prefix(10).joined(separator: ", "))\(others.count > 10 ? ", …" : ""): the API has no question "
                    + "about these", "look in Altcraft whether they are active")
        }
        guard facts.platform.unasked > 0 else { return }
        find(.unasked, "targets", .unseen, "\(facts.platform.unasked) more campaigns were not asked about")
    }
}

extension Refusal {
    /// The platform's words with its number.
    fileprivate var words: String {
        let text = [text, debug ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
        return text.isEmpty ? "error \(code)" : "error \(code), \(text)"
    }
}

/// Why the platform did not answer as one.
struct PlatformTrouble: Sendable {
    let sentence: String
    let advice: String

    static let late = PlatformTrouble(
        sentence: "no answer in time", advice: "look at altcraft.url, the network and altcraft.timeout")
}

extension PlatformAnswer {
    /// Whether the platform took the question and the token, whatever it thinks of the campaign.
    var isTaken: Bool {
        switch self {
        case .campaign, .other(_, .refused): true
        case .other(_, .accepted): true
        case .other, .failed, .late: false
        }
    }

    /// The reason of an answer that speaks of the account.
    var busyReason: Reason? {
        if case .other(_, .busy(let busy)) = self { busy.reason } else { nil }
    }

    /// Whether what answers knows no such call.
    var lacksCall: Bool {
        if case .other(let status, .unknown(.notAnEnvelope)) = self { [404, 405, 501].contains(status) } else { false }
    }

    /// What keeps this from being an answer of the platform; nil where it is one.
    var trouble: PlatformTrouble? {
        switch self {
        case .campaign: nil
        case .failed(let failure): PlatformTrouble(failure)
        case .late: .late
        case .other(let status, let outcome): Self.trouble(status, outcome)
        }
    }

    private static func trouble(_ status: Int, _ outcome: LaunchOutcome) -> PlatformTrouble? {
        switch outcome {
        case .accepted(_), .refused(_): return nil
        case .busy(let busy):
            guard busy.reason == .http503 else { return nil }
            return PlatformTrouble(sentence: "it answers 503: it is down or busy", advice: "run waits until it is well")
        case .unknown(.notAnEnvelope) where (300..<400).contains(status):
            return PlatformTrouble(
                sentence: "it redirects (\(status)), and a token is not sent after a redirect",
                advice: "write altcraft.url as the redirect has it; look at altcraft.trailing_slash")
        case .unknown(.notAnEnvelope) where [404, 405, 501].contains(status): return nil
        case .unknown(.notAnEnvelope):
            return PlatformTrouble(
                sentence: "what answers (HTTP \(status)) is not the Altcraft API", advice: "check altcraft.url")
        case .unknown:
            return PlatformTrouble(
                sentence: "it answers \(status)", advice: "look at the platform; run waits meanwhile")
        }
    }
}

extension PlatformTrouble {
    fileprivate init(_ failure: HTTPFailure) {
        let advice =
            switch failure.reason {
            case .badURL: "write scheme and host in altcraft.url"
            case .resolve: "check the host in altcraft.url, and DNS"
            case .connect: "check altcraft.url, the network, firewalls and the proxy variables"
            case .proxy: "check the proxy variables (https_proxy, no_proxy)"
            case .tls: "check that altcraft.url is right to say https"
            case .certificate: "name the authority's file in altcraft.ca_file; write the host as the certificate does"
            case .timeout: "check altcraft.url, the network, and altcraft.timeout"
            case .cut, .notHTTP, .answerTooBig: "check that altcraft.url leads to the Altcraft API"
            case .local: "raise the limits of this process"
            }
        self.init(sentence: "no answer: \(failure)", advice: advice)
    }
}

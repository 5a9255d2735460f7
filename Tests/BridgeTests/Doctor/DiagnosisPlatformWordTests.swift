import Altcraft
import HTTPTransport
import Outcome
import Testing

@testable import Bridge

/// What the doctor says of the platform, to the letter.
@Suite("The doctor's words about the platform", .timeLimit(.minutes(1)))
struct DiagnosisPlatformWordTests {
    /// The platform's model has another type of this name.
    typealias Form = Bridge.CallForm

    private static func lines(_ diagnosis: Diagnosis, _ checks: DoctorFinding.Check...) -> [String] {
        diagnosis.findings.filter { checks.contains($0.check) }.map { finding in
            "\(finding.severity.rawValue): \(finding.message)" + (finding.advice.map { " -> \($0)" } ?? "")
        }
    }

    /// All questions are answered alike.
    private static func answered(_ answer: PlatformAnswer) throws -> Diagnosis {
        try DiagnosisTests.facts { facts in
            facts.platform.campaigns = [7: answer]
            facts.platform.forms = facts.platform.forms.mapValues { _ in answer }
        }
    }

    @Test(
        "Of an answer that is not the platform's",
        arguments: [
            (
                503, LaunchOutcome.busy(Busy(.http503)),
                "it answers 503: it is down or busy -> run waits until it is well"
            ),
            (500, .unknown(.http500), "it answers 500 -> look at the platform; run waits meanwhile"),
            (504, .unknown(.http504), "it answers 504 -> look at the platform; run waits meanwhile"),
            (
                302, .unknown(.notAnEnvelope),
                "it redirects (302), and a token is not sent after a redirect -> "
                    + "write altcraft.url as the redirect has it; look at altcraft.trailing_slash"
            ),
            (
                200, .unknown(.notAnEnvelope),
                "what answers (HTTP 200) is not the Altcraft API -> check altcraft.url"
            ),
            (
                418, .unknown(.notAnEnvelope),
                "what answers (HTTP 418) is not the Altcraft API -> check altcraft.url"
            ),
        ])
    func troubles(status: Int, outcome: LaunchOutcome, line: String) throws {
        let diagnosis = try Self.answered(.other(status: status, outcome))
        #expect(Self.lines(diagnosis, .platform) == ["error: \(line)"])
        #expect(diagnosis.verdict == .platformUnreachable)
        #expect(Self.lines(diagnosis, .token, .clock, .campaign).isEmpty, "one cause is told once")
    }

    @Test(
        "Of no answer at all",
        arguments: [
            (HTTPFailure.Reason.resolve, "check the host in altcraft.url, and DNS"),
            (.connect, "check altcraft.url, the network, firewalls and the proxy variables"),
            (.proxy, "check the proxy variables (https_proxy, no_proxy)"),
            (.tls, "check that altcraft.url is right to say https"),
            (
                .certificate,
                "name the authority's file in altcraft.ca_file; write the host as the certificate does"
            ),
            (.timeout, "check altcraft.url, the network, and altcraft.timeout"),
            (.cut, "check that altcraft.url leads to the Altcraft API"),
            (.notHTTP, "check that altcraft.url leads to the Altcraft API"),
            (.answerTooBig, "check that altcraft.url leads to the Altcraft API"),
            (.local, "raise the limits of this process"), (.badURL, "write scheme and host in altcraft.url"),
        ])
    func failures(reason: HTTPFailure.Reason, advice: String) throws {
        let failure = HTTPFailure(reason: reason, detail: "said curl")
        let diagnosis = try Self.answered(.failed(failure))
        #expect(Self.lines(diagnosis, .platform) == ["error: no answer: \(failure) -> \(advice)"])
        #expect(diagnosis.verdict == .platformUnreachable)
    }

    @Test(
        "Of the token",
        arguments: [
            (
                200, LaunchOutcome.busy(Busy(.unauthorized)),
                "error: the platform refuses the token -> "
                    + "put a valid one into altcraft.token_file (Altcraft: Settings, Tokens)"
            ),
            (
                200, .busy(Busy(.tariff)),
                "error: the account has reached a limit of its tariff -> its owner must raise it"
            ),
            (403, .busy(Busy(.forbidden, scope: .maybeTarget)), "ok: the platform knows the token"),
            (
                404, .unknown(.notAnEnvelope),
                "warning: what answers at altcraft.url does not offer campaigns/triggers/get: the token was not tried "
                    + "-> look at altcraft.url: if it is no Altcraft platform, nothing will be launched"
            ),
            (200, .refused(Refusal(code: 301, text: "Wrong")), "ok: the platform takes the token"),
        ])
    func token(status: Int, outcome: LaunchOutcome, line: String) throws {
        #expect(Self.lines(try Self.answered(.other(status: status, outcome)), .token) == [line])
    }

    @Test(
        "Of a campaign",
        arguments: [
            (#""is_active":true,"trigger_type":"api_call""#, "ok: \"Paid\" is active"),
            (#""is_active":true"#, "ok: \"Paid\" is active"),
            (#""trigger_type":"api_call""#, "unseen: \"Paid\" is known; whether it is active was not told"),
            (
                #""is_active":false,"trigger_type":"import""#,
                "error: \"Paid\": the campaign is not active; the campaign is started by import, not by an API call -> "
                    + "activate it in Altcraft as a campaign launched by API call, or change the mappings that name it"
            ),
        ])
    func campaign(facts: String, line: String) throws {
        let answer = try DiagnosisTests.info(facts)
        let diagnosis = try DiagnosisTests.facts { $0.platform.campaigns = [7: answer] }
        #expect(Self.lines(diagnosis, .campaign) == [line])
    }

    @Test(
        "Of a campaign that is not described",
        arguments: [
            (LaunchOutcome.refused(Refusal(code: 301, text: "Wrong params")), "error 301, Wrong params"),
            (.refused(Refusal(code: 301, text: "Wrong params", debug: "id")), "error 301, Wrong params, id"),
            (.refused(Refusal(code: 9, text: "")), "error 9"),
        ])
    func refusedCampaign(outcome: LaunchOutcome, words: String) throws {
        let diagnosis = try DiagnosisTests.facts { $0.platform.campaigns = [7: .other(status: 200, outcome)] }
        #expect(
            Self.lines(diagnosis, .campaign) == [
                "error: the platform refuses to describe it: \(words) -> "
                    + "check the number beside the campaign's name in Altcraft, and the token's object groups"
            ])
    }

    @Test(
        "Of the clock",
        arguments: [
            (Int64(10), "ok: agrees with the platform's"), (15, "ok: agrees with the platform's"),
            (
                16,
                "warning: the platform's clock is 6s ahead of this machine's: expire_after and dates in the content are "
                    + "judged by this machine's -> let a time service set both (timedatectl set-ntp true)"
            ),
            (4, "ok: agrees with the platform's"),
            (
                3,
                "warning: the platform's clock is 6s behind this machine's: expire_after and dates in the content are "
                    + "judged by this machine's -> let a time service set both (timedatectl set-ntp true)"
            ),
        ] as [(Int64, String)])
    func clock(seconds: Int64, line: String) throws {
        let reading = ClockReading(asked: 10_000, answered: 10_000, platform: seconds)
        let diagnosis = try DiagnosisTests.facts { $0.platform.clock = reading }
        #expect(Self.lines(diagnosis, .clock) == [line])
    }

    /// Which forms of the question are taken, and what is said of the one in the settings.
    @Test(
        "Of the forms that are taken",
        arguments: [
            (
                [Form(token: .body, slash: .always), Form(token: .header, slash: .never)],
                [
                    "ok: campaigns/triggers/get is taken with and without a slash at the end, the token in the body and header"
                ]
            ),
            (
                [Form(token: .body, slash: .always)],
                [
                    "warning: campaigns/triggers/get is taken with a slash at the end, the token in the body -> "
                        + "set altcraft.trailing_slash to true"
                ]
            ),
            (
                [Form(token: .header, slash: .never)],
                [
                    "warning: campaigns/triggers/get is taken without a slash at the end, the token in the header -> "
                        + "set altcraft.trailing_slash to false"
                ]
            ),
            ([], []), ([Form(token: .body, slash: .documented)], []),
        ] as [([Form], [String])])
    func forms(taken: [Form], lines: [String]) throws {
        let known = try DiagnosisTests.info()
        let diagnosis = try DiagnosisTests.facts { facts in
            facts.platform.forms = facts.platform.forms.mapValues { _ in .late }
            for form in taken { facts.platform.forms[form] = known }
        }
        #expect(Self.lines(diagnosis, .options) == lines)
    }

    @Test("Of questions without an answer beside some that have one, and of what was not asked")
    func partly() throws {
        let diagnosis = try DiagnosisTests.facts { facts in
            facts.plan.campaigns = [7, 8, 9]
            facts.platform.campaigns[8] = .late
            facts.platform.unasked = 12
            facts.plan.otherTargets = (1...11).map { "scenario \($0)" }
        }
        #expect(
            Self.lines(diagnosis, .platform) == [
                "warning: 1 of 3 questions had no answer -> look at the network and at altcraft.timeout"
            ])
        let named = (1...10).map { "scenario \($0)" }.joined(separator: ", ")
        #expect(
            Self.lines(diagnosis, .unasked) == [
                "unseen: \(named), …: the API has no question about these -> look in Altcraft whether they are active",
                "unseen: 12 more campaigns were not asked about",
            ])
        #expect(diagnosis.verdict == .ready)
    }
}

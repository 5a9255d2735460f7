import Outcome
import Testing

@testable import Altcraft

/// Answers with one thing wrong, all of them: cut at each byte at either end, one byte changed, two in one.
///
/// Whatever happened on the way, it never makes a success of what was none.
@Suite(.timeLimit(.minutes(2)))
struct DamagedAnswerTests {
    private static let successes = [
        #"{"error":0,"error_text":"","result":[{"profile_id":"6606e08f"},{"profile_id":"6606e090"}]}"#,
        #"{"data":{"task_id":"task_b2f9"},"error":0,"error_text":"Successful operation"}"#,
        "<xml><data/><error>0</error><error_text>Successful operation</error_text></xml>",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><xml><error>0</error><result><profile_id>a</profile_id></result></xml>",
    ]
    private static let refusals = [
        #"{"error":400,"error_debug":"http: request body too large","error_text":"Invalid request"}"#,
        #"{"data":null,"error_text":"нет такого","error":1001}"#,
        "<xml><error>400</error><error_text>Invalid request</error_text></xml>",
        "<?xml version=\"1.0\"?><xml><error_text>no</error_text><error> -12 </error></xml>",
    ]

    private func classify(_ body: [UInt8], _ status: Int = 200) -> LaunchOutcome {
        LaunchOutcome.classify(Answer(status: status, body: body), now: 0)
    }

    @Test(arguments: successes + refusals, [200, 201, 299, 404])
    func cutAtEitherEnd(text: String, status: Int) {
        let body = Array(text.utf8)
        for count in 1...body.count {
            let (beginning, end) = (Array(body.dropLast(count)), Array(body.dropFirst(count)))
            #expect(classify(beginning, status) == .unknown(.notAnEnvelope), "without the last \(count)")
            // The declaration before an XML document is none of it.
            guard String(decoding: end, as: UTF8.self).hasPrefix("<xml>") == false else { continue }
            #expect(classify(end, status) == .unknown(.notAnEnvelope), "without the first \(count)")
        }
    }

    @Test(arguments: refusals)
    func noOtherByteMakesASuccessOfARefusal(text: String) {
        var body = Array(text.utf8)
        for place in body.indices {
            let former = body[place]
            for byte in UInt8.min...UInt8.max where byte != former {
                body[place] = byte
                let outcome = classify(body)
                #expect(outcome.launchClass != .accepted, "\(byte) at \(place): \(outcome)")
            }
            body[place] = former
        }
    }

    @Test(arguments: refusals)
    func noByteTooManyOrTooFewMakesASuccessOfARefusal(text: String) {
        let body = Array(text.utf8)
        for place in body.indices {
            var other = body
            other.remove(at: place)
            #expect(classify(other).launchClass != .accepted, "without \(place)")
            for byte in Array("0 -\",:<>{}[]\u{0}".utf8) {
                other = body
                other.insert(byte, at: place)
                #expect(classify(other).launchClass != .accepted, "\(byte) before \(place)")
            }
        }
    }

    @Test func twoAnswersAreNone() {
        for first in Self.successes + Self.refusals {
            for second in Self.successes + Self.refusals {
                for between in ["", "\n", ","] {
                    #expect(classify(Array((first + between + second).utf8)) == .unknown(.notAnEnvelope))
                }
            }
        }
    }

    /// A zero is written in one way.
    @Test(arguments: [
        ("0", true), (" 0\n", true), ("-0", true), ("00", false), ("000", false), ("-00", false), ("0400", false),
        ("+0", false), ("0.0", false), ("0e0", false), ("", false), ("-", false), ("0 0", false), ("٠", false),
    ])
    func zeroInXML(text: String, isSuccess: Bool) {
        let outcome = classify(Array("<xml><error>\(text)</error></xml>".utf8))
        #expect(outcome == (isSuccess ? .accepted(Acceptance()) : .unknown(.notAnEnvelope)))
    }

    @Test(arguments: [
        ("0", true), ("-0", true), ("0.0", true), ("0e5", true), ("0E-99999999999999999999", true), ("00", false),
        ("0.4", false), ("1e-400", false), ("\"0\"", false), ("0x0", false), ("null", false), ("[0]", false),
    ])
    func zeroInJSON(text: String, isSuccess: Bool) {
        let outcome = classify(Array(#"{"error": \#(text)}"#.utf8))
        #expect(outcome == (isSuccess ? .accepted(Acceptance()) : .unknown(.notAnEnvelope)))
    }

    /// The same for questions: what is cut says nothing of a task, and nothing of a campaign.
    @Test(arguments: [
        #"{"data":{"status":"completed","progress":100,"result":{"errors":[],"total":3}},"error":0}"#,
        #"{"error":0,"data":{"status":"failed","id":84,"is_active":true}}"#,
        "<xml><error>0</error><data><status>success</status><id>84</id></data></xml>",
    ])
    func cutAnswersToQuestions(text: String) throws {
        let body = Array(text.utf8)
        for count in body.indices {
            let cut = Answer(status: 200, body: Array(body[..<count]))
            #expect(TaskStatus.read(cut, now: 0) == .unanswered(.unknown(.notAnEnvelope)), "\(count)")
            #expect(throws: CampaignQuestionError.self, "\(count)") { try CampaignInfo.read(cut, now: 0) }
        }
        let whole = Answer(status: 200, body: body)
        #expect(
            ![TaskStatus.running(progress: nil), .unanswered(.unknown(.notAnEnvelope))].contains(.read(whole, now: 0)))
        _ = try CampaignInfo.read(whole, now: 0)
    }
}

import JSON
import TestSupport
import Testing

@testable import Altcraft

/// Launches made at random: whatever is written is whole, says what was meant, and holds no secret it should not.
@Suite(.timeLimit(.minutes(2)))
struct RandomLaunchTests {
    private static let nasty = [
        "", "a", "john@example.com", "\"", "\\", "</xml>", "{\"$ne\":null}", "日本", "😀", "\u{0}", "\u{1F}", "\u{7F}",
        "\u{2028}", "é", "e\u{301}", "\u{FFFE}", "&amp;", "a,b;c", "\r\n", String(repeating: "x", count: 300),
    ]

    @Test(arguments: Fuzzing.seeds(from: 1, count: 8))
    func bodiesAreWhole(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let launch = makeLaunch(&random)
            let form = random.pick(CallForm.allCases, or: .single)
            let options = makeOptions(&random)
            guard let request = try? LaunchRequest(launch, as: form, options: options) else { continue }
            #expect(launch.faults(as: form, options: options).isEmpty)
            try check(request, launch, options)
        }
    }

    /// A launch that has no fault is written in JSON, always.
    @Test(arguments: Fuzzing.seeds(from: 100, count: 8))
    func faultsAreTheOnlyObstacle(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let launch = makeLaunch(&random)
            let form = random.pick(CallForm.allCases, or: .single)
            let options = RequestOptions()
            let isFaultless = launch.faults(as: form, options: options).isEmpty
            let isWritten = (try? LaunchRequest(launch, as: form, options: options)) != nil
            #expect(isFaultless == isWritten, "\(launch)")
        }
    }

    private func check(_ request: LaunchRequest, _ launch: Launch, _ options: RequestOptions) throws {
        let encoder = RequestEncoder(baseURL: "http://h", options: options)
        let secret = try token("bfc505684d774e52b188fa1f003cd5ed")
        let encoded = try encoder.encode(request, token: secret)
        let preview = try encoder.preview(request)
        let shown = preview.headers.map(\.value).joined() + String(decoding: preview.body, as: UTF8.self)
        #expect(!shown.contains(secret.secret))
        let sent = encoded.headers.map(\.value).joined() + String(decoding: encoded.body, as: UTF8.self)
        #expect(sent.contains(secret.secret))
        #expect(encoded.headers.allSatisfy { $0.value.utf8.allSatisfy { (0x20...0x7E).contains($0) } })
        guard options.encoding == .json else {
            _ = try xml(encoded.body)
            return
        }
        let body = try json(encoded.body)
        #expect((body["token"] != nil) == (options.tokenPlace == .body))
        #expect(body[request.call.idName]?.number?.int64 == 77)
        #expect((body["data"]?.elements != nil) == request.call.isBatch)
        if let content = launch.content { #expect(body["content"] == content) }
        try checkSearch(body, launch)
    }

    private func checkSearch(_ body: JSONValue, _ launch: Launch) throws {
        let element = body["data"]?.elements?.first
        switch launch.audience {
        case .query(let query): #expect((element ?? body)["custom_request"] == query)
        case .profile(let recipient):
            #expect(body["matching"]?.string == recipient.matching.rawValue)
            if let name = recipient.fieldName { #expect(body["field_name"]?.string == name) }
            if let email = recipient.email { #expect((element ?? body)["email"]?.string == email) }
        }
    }

    // MARK: Making them

    private func makeOptions(_ random: inout SeededGenerator) -> RequestOptions {
        RequestOptions(
            tokenPlace: random.pick(RequestOptions.TokenPlace.allCases, or: .body),
            encoding: random.chance(30) ? .xml : .json,
            trailingSlash: random.pick(RequestOptions.TrailingSlash.allCases, or: .documented),
            singleModes: random.pick(RequestOptions.SingleModes.allCases, or: .documented),
            customDataPlace: random.pick(RequestOptions.CustomDataPlace.allCases, or: .element),
            databaseID: random.chance(20) ? 1 : nil, sendsFormat: random.chance(30))
    }

    private func makeLaunch(_ random: inout SeededGenerator) -> Launch {
        var launch = Launch(
            target: random.chance(70) ? .campaign(77) : .scenario(77), audience: makeAudience(&random))
        if random.chance(50) { launch.content = makeObject(&random, depth: 3) }
        if random.chance(30) { launch.customData = makeObject(&random, depth: 1) }
        if random.chance(20) {
            launch.attachments = [Attachment(name: text(&random), mediaType: "text/csv", base64: "SEVMTE8K")]
        }
        if random.chance(10) { launch.subscriptionFilter = SubscriptionFilter(.email(text(&random))) }
        if random.chance(20) {
            launch.profile = ProfileImport(fields: makeObject(&random, depth: 2), detectGeo: random.chance(50))
        }
        return launch
    }

    private func makeAudience(_ random: inout SeededGenerator) -> Audience {
        if random.chance(15) { return .query(makeObject(&random, depth: 1)) }
        let mode = random.pick(
            random.chance(60) ? [.email, .phone, .profileID, .custom] : Matching.allCases, or: .email)
        var recipient = Recipient.example(mode)
        if recipient.email != nil { recipient.email = text(&random) }
        if recipient.fieldValue != nil { recipient.fieldValue = .string(text(&random)) }
        if random.chance(10) { recipient = recipient.adding(random.pick(Companion.allCases, or: .email)) }
        if random.chance(5) { recipient = recipient.without(random.pick(Companion.allCases, or: .email)) }
        return .profile(recipient)
    }

    private func makeObject(_ random: inout SeededGenerator, depth: Int) -> JSONValue {
        let names = ["a", "b", "Имя", "_fname", "x y", "1", "$or"].shuffled(using: &random)
        return .object(
            names.prefix(Int.random(in: 0...3, using: &random)).map { ($0, makeValue(&random, depth: depth)) })
    }

    private func makeValue(_ random: inout SeededGenerator, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
        case 0: .null
        case 1: .bool(random.chance(50))
        case 2: .number(JSONNumber(Int.random(in: -5...5, using: &random)))
        case 3, 4: .string(text(&random))
        case 5: .array((0..<Int.random(in: 0...3, using: &random)).map { _ in makeValue(&random, depth: depth - 1) })
        default: makeObject(&random, depth: depth - 1)
        }
    }

    private func text(_ random: inout SeededGenerator) -> String { random.pick(Self.nasty, or: "") }
}

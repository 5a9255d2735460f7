import JSON
import Testing

@testable import Altcraft

/// Launches that share a call: which may, how much fits, and how a batch comes apart.
@Suite(.timeLimit(.minutes(1)))
struct BatchRequestTests {
    private let content = JSONValue.object([("title", .string("Ёлка"))])

    private func request(_ launch: Launch, _ options: RequestOptions = RequestOptions()) throws -> LaunchRequest {
        try LaunchRequest(launch, as: .batch, options: options)
    }

    private func batch(_ count: Int, _ options: RequestOptions = RequestOptions()) throws -> BatchRequest {
        let requests = try (0..<count).map { try request(.campaign(1, .email("p\($0)@example.com")), options) }
        var batch = try #require(BatchRequest(requests[0]))
        for request in requests.dropFirst() {
            let joined = batch.append(request, limits: BatchLimits(items: count))
            #expect(joined)
        }
        return batch
    }

    @Test func singleLaunchIsNoBatch() throws {
        #expect(BatchRequest(try LaunchRequest(.campaign(1, .email("a@example.com")))) == nil)
    }

    // MARK: What a call must share

    @Test func whatIsSharedKeepsLaunchesApart() throws {
        let base = Launch.campaign(1, .email("a@example.com")).with { $0.content = content }
        let other: [Launch] = [
            base.with { $0.target = .campaign(2) },
            base.with { $0.audience = .profile(Recipient(matching: .emailSub, email: "a@example.com")) },
            base.with { $0.content = .object([("title", .string("Ель"))]) }, base.with { $0.content = nil },
            base.with { $0.attachments = [Attachment(name: "a", mediaType: "text/csv", base64: "AAAA")] },
            base.with { $0.profile = ProfileImport(fields: .object([])) },
            .campaign(1, .custom("A", "1")), .campaign(1, .custom("B", "1")),
        ]
        let keys = try Set(([base] + other).map { try request($0).batchKey })
        #expect(keys.count == other.count + 1)
    }

    @Test func whatIsNotSharedDoesNot() throws {
        let base = Launch.campaign(1, .custom("A", "1")).with { $0.content = content }
        let key = try request(base).batchKey
        #expect(try request(base.with { $0.audience = .profile(.custom("A", "2")) }).batchKey == key)
        #expect(try request(base.with { $0.customData = .object([("n", .string("x"))]) }).batchKey == key)
    }

    @Test func customDataAtTheRootIsShared() throws {
        let base = Launch.campaign(1, .email("a@example.com"))
        let launches = ["x", "y"].map { text in base.with { $0.customData = .object([("n", .string(text))]) } }
        let root = RequestOptions(customDataPlace: .root)
        let keys = try launches.map { try request($0, root).batchKey }
        #expect(keys[0] != keys[1])
        let shared = try json(try request(launches[0], root).body)
        #expect(try shared["custom_data"] == json(#"{"n": "x"}"#))
        let own = try request(launches[0])
        #expect(try json(try #require(own.element)) == json(#"{"email": "a@example.com", "custom_data": {"n": "x"}}"#))
    }

    /// The pages of scenario batches do not say that elements may carry it.
    @Test func customDataOfScenariosStaysAtTheRoot() throws {
        let launch = Launch(
            target: .scenario(1), audience: .profile(.email("a@example.com")), customData: .object([("n", .null)]),
            profile: ProfileImport(fields: .object([])))
        #expect(try json(request(launch).body)["custom_data"] != nil)
    }

    @Test(arguments: Matching.allCases)
    func elementHoldsWhatIsSearchedBy(mode: Matching) throws {
        let request = try request(.campaign(1, .example(mode)))
        let element = try json(try #require(request.element))
        let root = try json(request.body)
        let companions = mode.facts.required + mode.facts.anyOf
        #expect(element.members?.map(\.name) == companions.filter { $0 != .fieldName }.map(\.rawValue))
        #expect((root["field_name"] != nil) == companions.contains(.fieldName))
        #expect(root["matching"]?.string == mode.rawValue)
    }

    @Test func queriesStandInTheElements() throws {
        let launch = Launch(target: .campaign(1), audience: .query(.object([("City", .string("Riga"))])))
        let request = try request(launch)
        #expect(try json(try #require(request.element)) == json(#"{"custom_request": {"City": "Riga"}}"#))
        #expect(try json(request.body) == json(#"{"trigger_id": 1}"#))
    }

    // MARK: How much fits

    @Test func itemsAreLimited() throws {
        var batch = try batch(3)
        let one = try request(.campaign(1, .email("q@example.com")))
        let limits = BatchLimits(items: 3)
        #expect(!batch.takes(one, limits: limits))
        let before = batch
        let joined = batch.append(one, limits: limits)
        #expect(!joined && batch == before)
        #expect(batch.isWithin(limits) && !batch.isWithin(BatchLimits(items: 2)))
    }

    @Test(arguments: [RequestOptions.Encoding.json, .xml])
    func accountedSizeIsNeverLessThanTheBody(encoding: RequestOptions.Encoding) throws {
        let options = RequestOptions(encoding: encoding)
        let encoder = RequestEncoder(baseURL: "http://example.com", options: options)
        let longest = try token(String(repeating: "t", count: 4_096))
        for count in [1, 2, 50] {
            let batch = try batch(count, options)
            let body = try encoder.encode(batch, token: longest).body
            #expect(body.count <= batch.byteCount)
            #expect(batch.byteCount - body.count < 8 << 10 + count * 20)
        }
    }

    @Test func bytesAreLimited() throws {
        let one = try batch(1)
        let joins = try request(.campaign(1, .email("q@example.com")))
        #expect(one.takes(joins, limits: BatchLimits(items: 9, bytes: one.byteCount + joins.elementSize + 1)))
        #expect(!one.takes(joins, limits: BatchLimits(items: 9, bytes: one.byteCount + joins.elementSize)))
        #expect(!one.isWithin(BatchLimits(items: 9, bytes: 10)))
    }

    @Test func filesHaveALimitOfTheirOwn() throws {
        let file = Attachment(name: "a", mediaType: "text/csv", base64: String(repeating: "A", count: 400_000))
        let launch = Launch.campaign(1, .email("a@example.com")).with { $0.attachments = [file] }
        let batch = try #require(BatchRequest(request(launch)))
        #expect(batch.isWithin(BatchLimits(items: 9, bytes: 50_000)))
        #expect(!batch.isWithin(BatchLimits(items: 9, bytes: 50_000, bytesWithFiles: 400_000)))
    }

    // MARK: Halves

    @Test(arguments: [2, 3, 7, 100])
    func halvesAreTheWhole(count: Int) throws {
        let whole = try batch(count)
        let (left, right) = try #require(whole.halves)
        #expect(left.count == (count + 1) / 2 && left.count + right.count == count)
        #expect(left.key == whole.key && right.key == whole.key)
        #expect(left.elements + [UInt8(ascii: ",")] + right.elements == whole.elements)
        #expect(left.byteCount + right.byteCount >= whole.byteCount)
    }

    @Test func halvingEndsWithEachAlone() throws {
        var open = [try batch(13)]
        var alone: [[UInt8]] = []
        while let batch = open.popLast() {
            guard let (left, right) = batch.halves else {
                alone.append(batch.elements)
                continue
            }
            open += [right, left]
        }
        let expected = (0..<13).map { Array(#"{"email":"p\#($0)@example.com"}"#.utf8) }
        #expect(alone == expected)
    }

    @Test func profileIDsFollowTheirElements() throws {
        let requests = try (0..<5).map { try request(.campaign(1, .profile("id\($0)"))) }
        var whole = try #require(BatchRequest(requests[0]))
        for request in requests.dropFirst() { _ = whole.append(request, limits: BatchLimits(items: 5)) }
        let (_, right) = try #require(whole.halves)
        #expect((0..<right.count).map { right.profileID(at: $0) } == ["id3", "id4"])
    }
}

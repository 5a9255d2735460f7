import JSON
import Testing
import XML

@testable import Altcraft

/// Each of the eleven ways to find a profile, byte for byte: alone, in a batch, and in XML.
@Suite(.timeLimit(.minutes(1)))
struct ModeBodyTests {
    /// A mode, whom it searches for, the members of a single call's body, and those of a batch's element.
    struct Example: Sendable, CustomTestStringConvertible {
        let recipient: Recipient
        let single: String
        let element: String
        var testDescription: String { recipient.matching.rawValue }

        init(_ recipient: Recipient, _ single: String, element: String? = nil) {
            self.recipient = recipient
            self.single = single
            self.element = element ?? single
        }
    }

    private static let field = #""field_name":"CRM_ID","field_value":"C-77""#

    static let examples: [Example] = [
        .init(.init(matching: .email, email: "a+b@example.com"), #""email":"a+b@example.com""#),
        .init(.init(matching: .emailProfile, email: "é@example.com"), #""email":"é@example.com""#),
        .init(.init(matching: .emailSub, email: "a@example.com"), #""email":"a@example.com""#),
        .init(.init(matching: .phone, phone: "+79161234567"), #""phone":"+79161234567""#),
        .init(.init(matching: .phoneSub, phone: "+79161234567"), #""phone":"+79161234567""#),
        .init(.init(matching: .profileID, profileID: "60ae529b3f62"), #""profile_id":"60ae529b3f62""#),
        .init(
            .init(matching: .pushSub, provider: "ios", subscriptionID: "s\"1"),
            #""provider":"ios","subscription_id":"s\"1""#),
        .init(
            .init(matching: .custom, fieldName: "CRM_ID", fieldValue: .string("C-77")), field,
            element: #""field_value":"C-77""#),
        .init(
            .init(matching: .customSub, fieldName: "CRM_ID", fieldValue: .number(JSONNumber(7))),
            #""field_name":"CRM_ID","field_value":7"#, element: #""field_value":7"#),
        .init(.init(matching: .emailPhone, phone: "+7916"), #""phone":"+7916""#),
        .init(
            .init(matching: .emailPhoneSub, email: "a@example.com", phone: "+7916"),
            #""email":"a@example.com","phone":"+7916""#),
    ]

    private func written(
        _ example: Example, as form: CallForm, _ encoding: RequestOptions.Encoding = .json
    ) throws -> [UInt8] {
        let options = RequestOptions(encoding: encoding, singleModes: .all)
        let request = try LaunchRequest(.campaign(4101, example.recipient), as: form, options: options)
        return try RequestEncoder(baseURL: "http://h", options: options).encode(request, token: token("t")).body
    }

    @Test func everyModeIsHere() {
        #expect(Self.examples.map(\.recipient.matching) == Matching.allCases)
    }

    @Test(arguments: examples)
    func alone(example: Example) throws {
        let mode = example.recipient.matching.rawValue
        let expected = #"{"token":"t","id":4101,"matching":"\#(mode)",\#(example.single)}"#
        #expect(try String(decoding: written(example, as: .single), as: UTF8.self) == expected)
    }

    /// `field_name` is what all elements share.
    @Test(arguments: examples)
    func inABatch(example: Example) throws {
        let mode = example.recipient.matching.rawValue
        let name = example.recipient.fieldName.map { #""field_name":"\#($0)","# } ?? ""
        let tail = #""matching":"\#(mode)",\#(name)"data":[{\#(example.element)}]}"#
        let batch = try String(decoding: written(example, as: .batch), as: UTF8.self)
        #expect(batch == #"{"token":"t","trigger_id":4101,\#(tail)"#)
        let task = try String(decoding: written(example, as: .task), as: UTF8.self)
        #expect(task == #"{"token":"t","id":4101,\#(tail)"#)
    }

    /// In XML all values are texts, and stand in the order of the JSON.
    @Test(arguments: examples, [CallForm.single, .batch])
    func inXML(example: Example, form: CallForm) throws {
        let root = try JSONDocument.parse(written(example, as: form)).root
        let document = try XMLReader.parse(written(example, as: form, .xml))
        func flat(_ node: JSONNode) -> [String] {
            node.members.flatMap { member -> [String] in
                let value = member.value.kind == .array ? member.value.element(0) ?? member.value : member.value
                return value.kind == .object
                    ? ["\(member.name):"] + flat(value) : ["\(member.name)=\(value.string ?? value.text())"]
            }
        }
        func flat(_ element: XMLElement) -> [String] {
            element.children.flatMap { child in
                child.children.isEmpty ? ["\(child.name)=\(child.text)"] : ["\(child.name):"] + flat(child)
            }
        }
        #expect(document.name == "xml" && flat(document) == flat(root))
    }

    /// Elements of a batch are its launches in their order, whoever they are for.
    @Test func manyInOneBatch() throws {
        let recipients = [
            Recipient(matching: .emailPhone, email: "a@example.com"),
            Recipient(matching: .emailPhone, phone: "+7916"),
            Recipient(matching: .emailPhone, email: "b@example.com", phone: "+7917"),
        ]
        let requests = try recipients.enumerated().map { number, recipient in
            try LaunchRequest(
                .campaign(8, recipient).with { $0.customData = .object([("n", .number(JSONNumber(number)))]) },
                as: .batch)
        }
        var batch = try #require(BatchRequest(requests[0]))
        let joined = requests.dropFirst().map { batch.append($0, limits: BatchLimits(items: 3)) }
        #expect(joined == [true, true])
        let body = try RequestEncoder(baseURL: "http://h").encode(batch, token: token("t")).body
        let elements = [
            #"{"email":"a@example.com","custom_data":{"n":0}}"#, #"{"phone":"+7916","custom_data":{"n":1}}"#,
            #"{"email":"b@example.com","phone":"+7917","custom_data":{"n":2}}"#,
        ]
        func text(_ elements: some Sequence<String>) -> String {
            #"{"token":"t","trigger_id":8,"matching":"email_phone","data":[\#(elements.joined(separator: ","))]}"#
        }
        #expect(String(decoding: body, as: UTF8.self) == text(elements))
        let (first, second) = try #require(batch.halves)
        let halves = try [first, second].map { half in
            try String(
                decoding: RequestEncoder(baseURL: "http://h").encode(half, token: token("t")).body, as: UTF8.self)
        }
        #expect(halves == [text(elements[..<2]), text(elements[2...])])
    }
}

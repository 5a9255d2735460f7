import JSON
import Testing

@testable import Altcraft

/// v1.0 trigger links: how they name a profile, what they carry, and that they stay secret.
@Suite(.timeLimit(.minutes(1)))
struct LinkTests {
    private static let secret = "465ea6fedf0a75fa9ee0b5fb8f9d5fe89af34054909af8bb"
    private let encoder = RequestEncoder(
        baseURL: "https://example.com", links: ["welcome": "http://trk.example.org/trg/\(secret)/"],
        options: RequestOptions(tokenPlace: .header))

    private func launch(_ email: String = "zaycev@example.com", by key: LinkKey = .md5) -> Launch {
        Launch(target: .link("welcome"), audience: .profile(.email(email)), linkKey: key)
    }

    private func url(_ launch: Launch) throws -> String {
        try encoder.encode(LaunchRequest(launch), token: token("secret")).url
    }

    /// RFC 1321's test suite, and xxHash's own for the empty input.
    @Test(arguments: [
        ("", "d41d8cd98f00b204e9800998ecf8427e", "ef46db3751d8e999"),
        ("a", "0cc175b9c0f1b6a831c399e269772661", "d24ec4f1a98c6e5b"),
        ("abc", "900150983cd24fb0d6963f7d28e17f72", "44bc2cf5ad770999"),
        ("message digest", "f96b697d7cb7938d525a2f31aaf161d0", "066ed728fceeb3be"),
    ])
    func hashes(text: String, md5: String, xxh64: String) {
        #expect(AddressHash.md5(text) == md5)
        #expect(AddressHash.xxh64(text) == xxh64)
    }

    @Test func formOfThePrintedLink() throws {
        let url = try url(launch(by: .xxh64))
        #expect(url == "http://trk.example.org/trg/\(Self.secret)/\(AddressHash.xxh64("zaycev@example.com"))")
        #expect(url.count == "http://trk.example.org/trg/\(Self.secret)/dd78094ad0e36ca3".count)
    }

    @Test(arguments: [
        (LinkKey.email, "zaycev@example.com"), (.md5, "4b24dbcac80fe30cab5e83c55840e361"), (.xxh64, ""),
    ])
    func getHasNeitherBodyNorToken(key: LinkKey, segment: String) throws {
        let encoded = try encoder.encode(LaunchRequest(launch(by: key)), token: token("secret"))
        #expect(encoded.method == .get && encoded.body.isEmpty && encoded.headers.isEmpty)
        if !segment.isEmpty { #expect(encoded.url.hasSuffix("/\(segment)")) }
    }

    /// The printed example's `fields`; its other members are left over from version 1.1.
    @Test func postCarriesFields() throws {
        let launch = launch().with {
            $0.fields = [
                LinkField(name: "FirstName", value: .string("Jason"), option: .keep),
                LinkField(name: "Order", value: .string("123abc456-78"), option: .use),
            ]
        }
        let encoded = try encoder.encode(LaunchRequest(launch), token: token("secret"))
        #expect(encoded.method == .post)
        #expect(encoded.headers == [.init("Content-Type", "application/json")])
        let printed = #"""
            {"fields": [
            {
            "name": "FirstName",
            "value": "Jason",
            "option": 0
            },
            {
            "name": "Order",
            "value": "123abc456-78",
            "option": 1
            }
            ]}
            """#
        #expect(try json(encoded.body) == json(printed))
    }

    /// The printed example's `fields` in XML; its other members are left over from version 1.1.
    @Test func postInXML() throws {
        let options = RequestOptions(encoding: .xml)
        let encoder = RequestEncoder(
            baseURL: "https://example.com", links: ["welcome": "http://t/trg/aa"], options: options)
        let launch = launch().with {
            $0.fields = [
                LinkField(name: "FirstName", value: .string("Jason"), option: .keep),
                LinkField(name: "Order", value: .string("123abc456-78"), option: .use),
            ]
        }
        let encoded = try encoder.encode(LaunchRequest(launch, options: options), token: token("secret"))
        let printed = """
            <xml>
            <fields>
            <name>FirstName</name>
            <value>Jason</value>
            <option>0</option>
            </fields>
            <fields>
            <name>Order</name>
            <value>123abc456-78</value>
            <option>1</option>
            </fields>
            </xml>
            """
        #expect(try xml(encoded.body) == xml(printed))
    }

    @Test(arguments: [
        ("a/../b@example.com", "a%2F..%2Fb@example.com"), ("a?b=c#d@example.com", "a%3Fb%3Dc%23d@example.com"),
        ("a\r\nX: y@example.com", "a%0D%0AX%3A%20y@example.com"), ("почта@пример.рф", nil), ("%2e%2e", "%252e%252e"),
    ])
    func addressStaysOneSegment(email: String, segment: String?) throws {
        let url = try url(launch(email, by: .email))
        #expect(url.hasPrefix("http://trk.example.org/trg/\(Self.secret)/"))
        #expect(url.split(separator: "/").count == 5)
        #expect(url.utf8.allSatisfy { (0x21...0x7E).contains($0) } && !url.contains("?") && !url.contains("#"))
        if let segment { #expect(url.hasSuffix("/\(segment)")) }
    }

    @Test(arguments: [".", "..", "", String(repeating: "a", count: 321)])
    func addressThatIsNoSegment(email: String) {
        #expect(throws: LaunchFault.self) { try LaunchRequest(launch(email, by: .email)) }
    }

    @Test func unknownLinkIsAnError() throws {
        let request = try LaunchRequest(launch().with { $0.target = .link("other") })
        #expect(throws: LaunchFault.self) { try encoder.encode(request, token: token("secret")) }
    }

    @Test func previewHidesTheLink() throws {
        let preview = try encoder.preview(LaunchRequest(launch()))
        #expect(preview.url == "http://trk.example.org/trg/***/\(AddressHash.md5("zaycev@example.com"))")
    }
}

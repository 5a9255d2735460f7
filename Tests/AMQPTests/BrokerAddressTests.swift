import AMQP
import Testing

@Suite(.timeLimit(.minutes(1)))
struct BrokerAddressTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let url: String
        let hosts: [String]
        var user = "guest"
        var password = "guest"
        var virtualHost = "/"
        var encrypted = false
        var testDescription: String { url }
    }

    static let cases = [
        Case(url: "amqp://localhost", hosts: ["localhost:5672"]),
        Case(url: "AMQP://localhost", hosts: ["localhost:5672"]),
        Case(url: "amqps://localhost", hosts: ["localhost:5671"], encrypted: true),
        Case(url: "amqp://localhost/", hosts: ["localhost:5672"]),
        Case(url: "amqp://localhost/%2F", hosts: ["localhost:5672"]),
        Case(url: "amqp://localhost/shop", hosts: ["localhost:5672"], virtualHost: "shop"),
        Case(url: "amqp://localhost/a%2fb", hosts: ["localhost:5672"], virtualHost: "a/b"),
        Case(url: "amqp://u:p@h:1234/v", hosts: ["h:1234"], user: "u", password: "p", virtualHost: "v"),
        Case(url: "amqp://u@h", hosts: ["h:5672"], user: "u", password: ""),
        Case(url: "amqp://u:@h", hosts: ["h:5672"], user: "u", password: ""),
        Case(url: "amqp://u%3A1:p%40%2F%25@h", hosts: ["h:5672"], user: "u:1", password: "p@/%"),
        Case(url: "amqp://u:p@ss@h", hosts: ["h:5672"], user: "u", password: "p@ss"),
        Case(url: "amqp://u:a:b@h", hosts: ["h:5672"], user: "u", password: "a:b"),
        Case(url: "amqp://u:p%C3%A9@h", hosts: ["h:5672"], user: "u", password: "pé"),
        Case(url: "amqp://[::1]", hosts: ["[::1]:5672"]),
        Case(url: "amqp://[fe80::1]:99/v", hosts: ["[fe80::1]:99"], virtualHost: "v"),
        Case(url: "amqp://a,b:2,[::1]:3", hosts: ["a:5672", "b:2", "[::1]:3"]),
        Case(
            url: "amqps://u:p@a,b/v", hosts: ["a:5671", "b:5671"], user: "u", password: "p", virtualHost: "v",
            encrypted: true),
    ]

    @Test(arguments: cases)
    func parses(_ example: Case) throws {
        let address = try BrokerAddress(parsing: example.url)
        #expect(address.hosts.map(\.description) == example.hosts)
        #expect(address.login == BrokerAddress.Login(user: example.user, password: example.password))
        #expect(address.virtualHost == example.virtualHost)
        #expect(address.encrypted == example.encrypted)
        #expect(try BrokerAddress(parsing: address.description).hosts == address.hosts)
        #expect(try BrokerAddress(parsing: address.description).virtualHost == address.virtualHost)
    }

    @Test(arguments: [
        ("", BrokerAddressError.missingScheme),
        ("localhost:5672", .missingScheme),
        ("http://localhost", .unknownScheme("http")),
        ("amqp://", .emptyHost),
        ("amqp:///v", .emptyHost),
        ("amqp://a,,b", .emptyHost),
        ("amqp://a,", .emptyHost),
        ("amqp://@h", .emptyUser),
        ("amqp://:secret@h", .emptyUser),
        ("amqp://h:", .badPort(host: "h")),
        ("amqp://h:0", .badPort(host: "h")),
        ("amqp://h:65536", .badPort(host: "h")),
        ("amqp://h:x", .badPort(host: "h")),
        ("amqp://h:+5672", .badPort(host: "h")),
        ("amqp://h: 5672", .badPort(host: "h")),
        ("amqp://[::1]5", .badPort(host: "::1")),
        ("amqp://[::1", .openBracket("[::1")),
        ("amqp://h/a/b", .slashInVirtualHost("a/b")),
        ("amqp://shop:s3cret/x@h", .slashBeforeAt),
        ("amqp://h/v@w", .slashBeforeAt),
        ("amqp://h/v?heartbeat=0", .unexpectedQuery),
        ("amqp://u:p#q@h", .unexpectedQuery),
        ("amqp://u:%zz@h", .badEncoding(.password)),
        ("amqp://u:%4@h", .badEncoding(.password)),
        ("amqp://u:%ff@h", .badEncoding(.password)),
        ("amqp://u%00:p@h", .zeroByte(.user)),
        ("amqp://h/%00", .zeroByte(.virtualHost)),
        ("amqp://%:1", .badEncoding(.host)),
    ])
    func refuses(url: String, error: BrokerAddressError) {
        #expect(throws: error) { try BrokerAddress(parsing: url) }
        #expect(!error.description.isEmpty)
    }

    @Test func refusesALongVirtualHost() {
        #expect(throws: BrokerAddressError.virtualHostTooLong(256)) {
            try BrokerAddress(parsing: "amqp://h/" + String(repeating: "v", count: 256))
        }
    }

    /// Nothing that prints an address prints the password.
    @Test func neverPrintsThePassword() throws {
        let address = try BrokerAddress(parsing: "amqp://shop:s3cret@h/v")
        let settings = ConnectionSettings(address: address, connectionName: "n")
        var dumped = ""
        dump(settings, to: &dumped)
        let printed = [
            address.description, "\(address)", String(reflecting: address), "\(Optional(address) as Any)",
            "\(settings)", String(reflecting: settings), dumped, "\(address.login)", String(reflecting: address.login),
        ]
        for text in printed { #expect(!text.contains("s3cret")) }
        #expect(address.description == "amqp://shop:***@h:5672/v")
    }

    /// An error in a URL does not repeat what stands before the `@`.
    @Test(arguments: [
        "amqp://shop:s3cret@h:x", "amqp://shop:s3cret%zz@h", "amqp://shop:s3cret@h/a/b", "amqp://shop:s3cret/@h",
    ])
    func errorsNeverPrintThePassword(url: String) {
        do {
            _ = try BrokerAddress(parsing: url)
            Issue.record("was taken")
        } catch {
            #expect(!"\(error)".contains("s3cret"))
        }
    }
}

import TestSupport
import Testing

@testable import Settings

/// An address and what is read from it.
struct AddressCase: Sendable, CustomTestStringConvertible {
    let text: String
    let wanted: String
    let isEncrypted: Bool
    let port: UInt16
    let isLoopback: Bool

    var testDescription: String { text }

    init(_ text: String, _ wanted: String, encrypted: Bool = true, port: UInt16 = 443, loopback: Bool = false) {
        self.text = text
        self.wanted = wanted
        isEncrypted = encrypted
        self.port = port
        isLoopback = loopback
    }
}

@Suite("Addresses", .timeLimit(.minutes(1)))
struct AddressTests {
    static let platforms = [
        AddressCase("https://api.example.com", "https://api.example.com"),
        AddressCase("https://api.example.com/", "https://api.example.com"),
        AddressCase("HTTPS://API.Example.COM", "https://api.example.com"),
        AddressCase("https://api.example.com:443", "https://api.example.com"),
        AddressCase("https://api.example.com:8443", "https://api.example.com:8443", port: 8443),
        AddressCase("http://api.example.com", "http://api.example.com", encrypted: false, port: 80),
        AddressCase("http://x:80", "http://x", encrypted: false, port: 80),
        AddressCase("http://x:443", "http://x:443", encrypted: false, port: 443),
        AddressCase("http://localhost:1", "http://localhost:1", encrypted: false, port: 1, loopback: true),
        AddressCase("http://LOCALHOST", "http://localhost", encrypted: false, port: 80, loopback: true),
        AddressCase("http://127.1.2.3:65535", "http://127.1.2.3:65535", encrypted: false, port: 65_535, loopback: true),
        AddressCase("https://[::1]", "https://[::1]", loopback: true),
        AddressCase("https://[2001:DB8::1]:8443", "https://[2001:db8::1]:8443", port: 8443),
        AddressCase("https://почта.рф", "https://почта.рф"),
        AddressCase("https://a_b-c.d", "https://a_b-c.d"),
    ]

    @Test("An address of the platform in its parts", arguments: platforms)
    func platform(item: AddressCase) throws {
        let url = try PlatformURL(parsing: item.text)
        #expect(url.description == item.wanted)
        #expect(url.isEncrypted == item.isEncrypted)
        #expect(url.port == item.port)
        #expect(url.isLoopback == item.isLoopback)
        #expect(try PlatformURL(parsing: url.description) == url)
    }

    @Test(
        "What is no address of the platform says why",
        arguments: [
            ("api.example.com", "has no scheme"), ("", "has no scheme"), ("amqp://x", "is neither https nor http"),
            ("://x", "is neither https nor http"), ("https://x/api", "has more than scheme and host"),
            ("https://x//", "has more than scheme and host"), ("https://x?y=z", "has more than scheme and host"),
            ("https://u:p@x", "has a user or password in it"), ("https://", "has no valid host"),
            ("https://x:", "has no valid host"), ("https://x:65536", "has no valid host"),
            ("https://x:+80", "has no valid host"), ("https://x y", "has no valid host"),
            ("https://[]", "has no valid host"),
            ("https://[zz]", "has no valid host"), ("https://x\r\nHost: y", "has no valid host"),
            ("https://\0", "has no valid host"),
        ])
    func noPlatform(text: String, why: String) {
        let problem = #expect(throws: SettingProblem.self) { try PlatformURL(parsing: text) }
        #expect(problem?.message.hasPrefix(why) == true, "\(String(describing: problem))")
        #expect(problem.map { "\($0)" } == problem.map { "\($0.message); \($0.hint)" })
    }

    @Test(
        "Hosts and ports",
        arguments: [
            ("h", "h", nil), ("h:1", "h", 1), ("[::1]", "::1", nil), ("[::1]:1", "::1", 1),
            ("[fe80::1%eth0]:1", "fe80::1%eth0", nil),
            ("1.2.3.4:65535", "1.2.3.4", 65_535),
        ] as [(String, String, UInt16?)])
    func hosts(text: String, host: String, port: UInt16?) {
        let read = HostAndPort(text[...])
        if text.contains("%eth0") {
            // A zone is of one machine only; its letters are no address.
            #expect(read == nil)
        } else {
            #expect(read?.host == host)
            #expect(read?.port == port)
        }
    }

    @Test(
        "What is no host, or has no port after it",
        arguments: ["", ":", ":1", "h:", "h:x", "h:1:2", "[", "[]", "[::1", "[::1]1", "h/", "h "])
    func noHosts(text: String) {
        #expect(HostAndPort(text[...]) == nil)
    }

    @Test("Random addresses: what is taken reads back, and nothing traps")
    func random() {
        var generator = SeededGenerator(seed: 30)
        for _ in 0..<5_000 {
            let text = generator.text(of: "htps:/[]ab.1:9@?#%é \n", upTo: 16)
            for candidate in [text, "https://" + text, "http://h" + text] {
                if let url = try? PlatformURL(parsing: candidate) {
                    #expect((try? PlatformURL(parsing: url.description)) == url, "\(candidate)")
                    #expect(!url.description.contains { $0.isWhitespace })
                }
            }
            if let address = try? ConsoleAddress(parsing: text) {
                #expect((try? ConsoleAddress(parsing: address.description)) == address)
            }
        }
    }

    @Test(
        "Names of links are compared in lower case with underscores",
        arguments: ["back-in-stock", "BACK_IN_STOCK", "Back-In_Stock"])
    func linkNames(name: String) {
        let (settings, _) = Reading.flags(["altcraft.links": ["back_in-stock=https://t.example.com/trg/1"]])
        #expect(settings.altcraft.links[name] != nil)
        #expect(LinkTable.normalised(name) == "back_in_stock")
        #expect(settings.altcraft.links.names == ["back_in_stock"])
    }
}

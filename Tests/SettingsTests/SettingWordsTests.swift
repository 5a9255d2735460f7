import JSON
import Testing

@testable import Settings

/// What is said of settings, to the letter: kinds of JSON, staging lists, links, tokens, and what does not go together.
@Suite("The words of findings", .timeLimit(.minutes(1)))
struct SettingWordsTests {
    @Test(
        "A value of another kind than the setting's, in a file",
        arguments: [
            ("broker.queue", "null", "is null; write a text in quotes"),
            ("broker.queue", "true", "is true or false; write a text in quotes"),
            ("broker.queue", "17", "is a number; write a text in quotes"),
            ("broker.queue", "[\"orders\"]", "is a list; write a text in quotes"),
            ("broker.queue", "{\"name\": \"orders\"}", "is an object; write a text in quotes"),
            ("broker.url", "5672", "is a number; write a text in quotes"),
            ("altcraft.token", "[\"hunter2\"]", "is a list; write a text in quotes"),
            ("broker.declare", "\"true\"", "is the text \"true\"; write true or false, without quotes"),
            ("broker.declare", "1", "is a number; write true or false, without quotes"),
            ("broker.declare", "null", "is null; write true or false, without quotes"),
            ("broker.prefetch", "\"200\"", "is the text \"200\"; write a whole number, without quotes"),
            ("broker.prefetch", "true", "is true or false; write a whole number, without quotes"),
            ("broker.prefetch", "{}", "is an object; write a whole number, without quotes"),
            (
                "broker.prefetch", "\"amqp://u:hunter2@h\"",
                "is a text; write a whole number, without quotes"
            ),
            ("altcraft.rate", "\"50\"", "is the text \"50\"; write a number, without quotes"),
            ("altcraft.rate", "[50]", "is a list; write a number, without quotes"),
            ("limits.event_bytes", "true", "is true or false; write a size like \"16MiB\", or a number of bytes"),
            ("limits.event_bytes", "[1]", "is a list; write a size like \"16MiB\", or a number of bytes"),
            ("broker.heartbeat", "null", "is null; write a time like \"25s\", or a number of seconds"),
            ("broker.heartbeat", "{\"s\": 1}", "is an object; write a time like \"25s\", or a number of seconds"),
            (
                "log.level", "3",
                "is a number; write one of " + #""trace", "debug", "info", "notice", "warning", "error""#
            ),
            ("log.level", "true", "is true or false; write one of " + #""trace", "debug", "info", "notice", "#),
            ("altcraft.trailing_slash", "0", "is a number; write one of " + #""documented", "true", "false""#),
            ("altcraft.error_status", "200", "is a number; write one of " + #""any", "200""#),
            ("recipients.allow", "7", "is a number; write a list of texts"),
            ("recipients.allow", "{}", "is an object; write a list of texts"),
            ("recipients.allow", "[\"@a.b\", 7]", "is a list in which something is no text; write a list of texts"),
            ("retry.ladder", "[5, 30]", "is a list in which something is no text; write a list of texts"),
            ("altcraft.links", "\"https://t/1\"", "is a text; write an object with a text for each name"),
            ("altcraft.links", "[]", "is a list; write an object with a text for each name"),
        ])
    func kinds(key: String, json: String, wanted: String) {
        let file = SettingsFile(path: "f", bytes: Array("{\"\(key)\": \(json)}".utf8))
        #expect(file.findings.count == 1)
        let line = file.findings.first?.description ?? ""
        #expect(line.hasPrefix("f:1:\(key.count + 6): error: \(key): \(wanted)"), "\(line)")
        #expect(!line.contains("hunter2"))
    }

    private static let forms =
        "write anna@example.com, @example.com, +79991234567, or for another id its SHA-256 in 64 hexadecimal digits"

    @Test(
        "An entry of the staging list that allows nobody",
        arguments: [
            ("anna", "holds \"anna\", which is no address, @domain, phone number or SHA-256 hash; \(forms)"),
            ("+7999", "holds \"+7999\", which is no address, @domain, phone number or SHA-256 hash; \(forms)"),
            ("anna@", "holds \"anna@\", which is no address, @domain, phone number or SHA-256 hash; \(forms)"),
            ("a@b..c", "holds \"a@b..c\", which is no address, @domain, phone number or SHA-256 hash; \(forms)"),
            (
                "*@example.com",
                "holds \"*@example.com\", which is no address, @domain, phone number or SHA-256 hash; "
                    + "write @example.com for everybody there"
            ),
            (
                "an*@shop.example.com",
                "holds \"an*@shop.example.com\", which is no address, @domain, phone number or SHA-256 hash; "
                    + "write @shop.example.com for everybody there"
            ),
            (
                "0123456789abcdef",
                "holds \"0123456789abcdef\", which is no address, @domain, phone number or SHA-256 hash; \(forms)"
            ),
        ])
    func allowed(entry: String, wanted: String) {
        let (_, findings) = Reading.flags(["recipients.allow": [entry]])
        let line = "--recipients-allow: error: recipients.allow: \"\(entry)\" \(wanted)"
        #expect(findings.map(\.description) == [line])
        #expect(Reading.flags(["recipients.allow": ["anna@example.com"]]).1.isEmpty)
    }

    @Test("An empty staging list is no list: who wrote it may mean nobody, and would get everybody")
    func emptyList() throws {
        let (settings, findings) = try Reading.file("{\"recipients\": {\"allow\": []}}")
        let wanted = "bridge.json:1:17: error: recipients.allow: has no entry; leave the setting out to allow everybody"
        #expect(findings.count == 1)
        #expect(findings.first?.description.hasSuffix(wanted) == true, "\(findings)")
        #expect(settings.mappings.allowedRecipients.isEmpty)
        #expect(try Reading.file("{\"recipients\": {\"allow\": [\"@example.com\"]}}").1.isEmpty)
        #expect(try Reading.file("{\"recipients\": {}}").1.isEmpty)
    }

    @Test(
        "A link that is none, by flag, variable and file",
        arguments: [
            ("welcome=t.example.com/trg/1", "altcraft.links.welcome: is no link"),
            ("welcome=https://t.example.com/trg/1?x=2", "altcraft.links.welcome: is no link"),
            ("Wel-Come=ftp://t.example.com/1", "altcraft.links.wel_come: is no link"),
            ("https://t.example.com/trg/1", "altcraft.links: has a link without a name"),
        ])
    func links(text: String, wanted: String) {
        let hint =
            wanted.hasSuffix("name")
            ? "write name=https://…/trg/…, or TRIGGER_BRIDGE_ALTCRAFT_LINKS_NAME in the environment"
            : "write https://, the tracking domain and the path up to its last segment"
        let (_, findings) = Reading.flags(["altcraft.links": [text]])
        #expect(findings.map(\.description) == ["--altcraft-links: error: \(wanted); \(hint)"])
    }

    @Test(
        "What does not go together, to the letter",
        arguments: [
            (
                ["altcraft.token": "a", "altcraft.token_file": "b"],
                "--altcraft-token-file: error: altcraft.token_file: is set beside altcraft.token; "
                    + "leave one of the two out"
            ),
            (
                ["circuit.probe_min": "31s"],
                "--circuit-probe-min: error: circuit.probe_min: is longer than circuit.probe_max, which is 30s; "
                    + "make it the shorter of the two"
            ),
            (
                ["altcraft.connect_timeout": "2m", "altcraft.timeout": "90s"],
                "--altcraft-connect-timeout: error: altcraft.connect_timeout: is longer than altcraft.timeout, "
                    + "which is 90s; make it the shorter of the two"
            ),
            (
                ["broker.certificate_file": "c.pem"],
                "--broker-certificate-file: error: broker.certificate_file: is set without broker.key_file; "
                    + "set both, or neither"
            ),
            (
                ["broker.key_file": "k.pem"],
                "--broker-key-file: error: broker.key_file: is set without broker.certificate_file; "
                    + "set both, or neither"
            ),
            (
                ["broker.auth": "external", "broker.url": "amqps://h"],
                "--broker-auth: error: broker.auth: is external, which logs in by certificate; "
                    + "set broker.certificate_file and broker.key_file, and use amqps:// in broker.url"
            ),
            (
                [
                    "broker.auth": "external", "broker.url": "amqp://h", "broker.certificate_file": "c",
                    "broker.key_file": "k",
                ],
                "--broker-auth: error: broker.auth: is external, which logs in by certificate; "
                    + "set broker.certificate_file and broker.key_file, and use amqps:// in broker.url\n"
                    + "--broker-certificate-file: warning: broker.certificate_file: is not used, because broker.url "
                    + "is not encrypted; use amqps://"
            ),
            (
                ["altcraft.url": "http://127.0.0.1.example.com"],
                "--altcraft-url: warning: altcraft.url: plain http to another machine shows the token and all "
                    + "personal data to the network; use https"
            ),
        ])
    func conflicts(values: [String: String], wanted: String) {
        let (_, findings) = Reading.flags(values.mapValues { [$0] })
        #expect(findings.map(\.description).joined(separator: "\n") == wanted)
    }

    @Test(
        "Neighbours of those that do go together",
        arguments: [
            ["circuit.probe_min": "30s"], ["circuit.probe_min": "2m", "circuit.probe_max": "2m"],
            ["altcraft.connect_timeout": "30s"], ["altcraft.timeout": "100ms"], ["circuit.probe_max": "10ms"],
            ["broker.certificate_file": "c", "broker.key_file": "k"], ["altcraft.token": "a"],
            ["broker.ca_file": "ca", "broker.url": "amqps://h"], ["altcraft.url": "https://example.com"],
        ])
    func noConflicts(values: [String: String]) {
        #expect(Reading.flags(values.mapValues { [$0] }).1.isEmpty)
    }

    @Test(
        "What a file holds that is no token",
        arguments: [
            ("", "token.txt is empty; put the token there"),
            (" \r\n\t", "token.txt is empty; put the token there"),
            (
                "abc def",
                "token.txt holds spaces, several lines, or characters that no token has; "
                    + "it must hold the token and nothing else"
            ),
            (
                "\u{FEFF}abc",
                "token.txt holds spaces, several lines, or characters that no token has; "
                    + "it must hold the token and nothing else"
            ),
        ])
    func token(content: String, wanted: String) {
        let problem = #expect(throws: SettingProblem.self) {
            try TokenOrigin.token(in: Array(content.utf8), named: "token.txt")
        }
        #expect(problem?.description == wanted)
    }

    private static let sample = """
        {"broker": {"url": "amqp://u:p@h/v", "declare": true, "prefetch": 7}, "retry": {"ladder": ["1s", "2s"]}, "é": 1}
        """

    @Test("A file that is cut off anywhere is told once, at a place inside it, and sets nothing")
    func truncated() {
        let bytes = Array(Self.sample.utf8)
        for count in bytes.indices {
            let file = SettingsFile(path: "f", bytes: Array(bytes.prefix(count)))
            #expect(file.findings.map(\.code) == [.syntax], "\(count) bytes")
            #expect(file.values.isEmpty)
            #expect(!file.isLegible)
            #expect((file.findings.first?.place?.column ?? 0) <= count + 1)
        }
        #expect(SettingsFile(path: "f", bytes: bytes).findings.map(\.key) == ["é"])
    }

    @Test("A file with any one byte changed is read or told; it never traps")
    func changed() {
        let bytes = Array(Self.sample.utf8)
        for place in bytes.indices {
            for byte in [0x00, 0x22, 0x2C, 0x5C, 0x7D, 0xC3, 0xFF] as [UInt8] {
                var other = bytes
                other[place] = byte
                let file = SettingsFile(path: "f", bytes: other)
                #expect(file.findings.allSatisfy { !$0.description.contains("\n") })
                #expect(file.isLegible || file.values.isEmpty)
            }
        }
    }
}

import JSON
import TestSupport
import Testing

/// `trigger-bridge preview`.
@Suite(.timeLimit(.minutes(2)))
struct PreviewCommandTests {
    private func preview(_ arguments: [String], in folder: TemporaryFolder, input: String = "") async throws
        -> Command.Outcome
    {
        try await Command.run(["preview"] + arguments, in: folder, input: Array(input.utf8))
    }

    private static let event = ["--event", "mappings/events/order-paid.json"]

    @Test func asText() async throws {
        let outcome = try await preview(Self.event, in: try Samples.folder())
        #expect(outcome.exit == 0 && outcome.errors == "")
        #expect(
            outcome.output == """
                order-paid (mappings/order-paid.json): wants this event
                  /recipient/0/email <- $['email'] = "anna@example.com"
                  /recipient/0: taken
                  /content/number <- $['name'] = "#1042"
                  /content/total <- $['total'] = 11849.90
                  /content/coupon: missing, $.coupon selects nothing, or null; left out
                  launches campaign 4101 for email anna@example.com
                    POST https://altcraft.example/api/v1.1/campaigns/triggers/start/
                    Content-Type: application/json

                    {
                      "token": "***",
                      "id": 4101,
                      "matching": "email",
                      "email": "anna@example.com",
                      "content": {
                        "number": "#1042",
                        "total": 11849.90
                      }
                    }

                """)
    }

    @Test func aBareBodyIsToldHowToSayWhereItCameFrom() async throws {
        let folder = try Samples.folder()
        try folder.write("e.json", #"{"status": "paid"}"#)
        let outcome = try await preview(["--event", "e.json"], in: folder)
        #expect(outcome.exit == 0 && outcome.output.contains(#"exchange is ""; wanted ["shop.events"]"#))
        #expect(
            outcome.errors.contains(
                #"write {"amqp": {"exchange": "shop.events", "routing_key": "order.*.paid"}, "body": …}"#),
            "\(outcome.errors)")
    }

    @Test func asJSON() async throws {
        let folder = try Samples.folder()
        let outcome = try await preview(["--json", "mappings/order-paid.json"] + Self.event, in: folder)
        let json = try outcome.json
        #expect(json.members.map(\.name) == ["launches", "stops", "mappings", "diagnostics"])
        let launch = try #require(json["launches"]?.element(0))
        #expect(launch["mapping"]?.string == "order-paid")
        let request = try #require(launch["request"])
        #expect(request.members.map(\.name) == ["method", "url", "headers", "body"])
        #expect(request["method"]?.string == "POST")
        #expect(request["headers"]?.text() == #"{"Content-Type":"application/json"}"#)
        #expect(request["body"]?["token"]?.string == "***" && request["body"]?["id"]?.text() == "4101")
        #expect(request["body"]?["content"]?["total"]?.text() == "11849.90")
    }

    @Test func settingsDecideTheRequest() async throws {
        let folder = try Samples.folder()
        let settings = [
            "--altcraft-url", "http://127.0.0.1:9", "--altcraft-token", "secret-token", "--altcraft-token-in", "header",
        ]
        let outcome = try await preview(Self.event + settings + ["--json"], in: folder)
        let request = try #require(try outcome.json["launches"]?.element(0)?["request"])
        #expect(request["url"]?.string == "http://127.0.0.1:9/api/v1.1/campaigns/triggers/start/")
        #expect(request["headers"]?["Authorization"]?.string == "Bearer ***" && request["body"]?["token"] == nil)
        #expect(!outcome.output.contains("secret-token") && !outcome.errors.contains("secret-token"))
        let xml = try await preview(Self.event + ["--altcraft-encoding", "xml"], in: folder)
        #expect(xml.output.contains("Content-Type: application/xml") && xml.output.contains("<token>***</token>"))
    }

    @Test func whyNobodyWantsIt() async throws {
        let body = #"{"status": "refunded", "id": 1}"#
        let outcome = try await preview(["--event", "-"], in: try Samples.folder(), input: body)
        #expect(outcome.exit == 0)
        #expect(
            outcome.output == """
                order-paid (mappings/order-paid.json): does not want this event
                  exchange is ""; wanted ["shop.events"]
                  routing_key is ""; wanted ["order.*.paid"]
                  status is "refunded"; wanted ["paid"]

                No mapping wants this event: skipped, unmatched.

                """)
        let parking = ["--event", "-", "--mappings-unmatched", "park"]
        let parked = try await preview(parking, in: try Samples.folder(), input: body)
        #expect(parked.output.hasSuffix("\nNo mapping wants this event: parked, unmatched.\n"))
    }

    @Test func whatIsMissing() async throws {
        let folder = try Samples.folder()
        let event = Samples.event.replacing(##""name": "#1042", "##, with: "")
        let outcome = try await preview(["--event", "-", "mappings"], in: folder, input: event)
        #expect(outcome.output.contains("\n  parked, missing at /content/number: $.name selects nothing, or null\n"))
        let json = try await preview(["--event", "-", "--json", "mappings"], in: folder, input: event).json
        #expect(json["launches"]?.count == 0)
        let stop = json["stops"]?.element(0)
        #expect(stop?["outcome"]?.string == "park" && stop?["reason"]?.string == "missing")
        #expect(stop?["at"]?.string == "/content/number" && stop?["path"]?.string == "$.name")
    }

    @Test func aMappingWithErrorsStopsNoOther() async throws {
        let folder = try Samples.folder()
        try folder.write("mappings/broken.json", "{\"name\": \"b\",}")
        let outcome = try await preview(Self.event, in: folder)
        #expect(outcome.exit == 1 && outcome.errors.hasPrefix("mappings/broken.json:1:14: error E101: "))
        #expect(outcome.output.contains("launches campaign 4101"))
        let alone = try await preview(["--json", "mappings/broken.json"] + Self.event, in: folder)
        #expect(alone.exit == 1 && alone.errors == "")
        #expect(try alone.json["diagnostics"]?.element(0)?["code"]?.string == "E101")
    }

    @Test func theTimeThatItIs() async throws {
        let folder = try Samples.folder()
        let mapping = Samples.mapping.replacing("\"$.name\"", with: #"{"$meta": "/now"}"#)
        try folder.write("m.json", mapping)
        let published = try await preview(Self.event + ["--json", "m.json"], in: folder)
        #expect(published.output.contains(#""number": "2026-03-01T09:05:07Z""#))
        let given = try await preview(
            Self.event + ["--json", "m.json", "--now", "2027-01-02T03:04:05+03:00"], in: folder)
        #expect(given.output.contains(#""number": "2027-01-02T00:04:05Z""#))
        #expect(try await preview(Self.event + ["m.json", "--now", "tomorrow"], in: folder).exit == 2)
    }

    @Test func linksAreMasked() async throws {
        let folder = try Samples.folder()
        try folder.write(
            "m.json",
            #"{"name": "a", "when": {}, "launch": {"link": "welcome"}, "recipient": [{"email": "$.email"}]}"#)
        let bare = try await preview(Self.event + ["m.json"], in: folder)
        #expect(bare.exit == 0 && bare.output.contains("GET https://altcraft.example/trg/***/"), "\(bare)")
        let link = ["--altcraft-links", "welcome=https://t.example/trg/0123456789abcdef"]
        let known = try await preview(Self.event + ["m.json"] + link, in: folder)
        #expect(known.output.contains("GET https://t.example/trg/***/") && !known.output.contains("0123456789abcdef"))
    }

    @Test(arguments: ["", "{", #"{"a": 1, "a": 2}"#, #"{"amqp": {"routing_key": 5}, "body": {}}"#])
    func anEventThatCannotBeUsed(event: String) async throws {
        let outcome = try await preview(["--event", "-"], in: try Samples.folder(), input: event)
        #expect(
            outcome.exit == 3 && outcome.output == "" && outcome.errors.hasPrefix("standard input:1:"), "\(outcome)")
    }

    @Test func limitsOfTheSettingsHold() async throws {
        let folder = try Samples.folder()
        let deep = try await preview(Self.event + ["--limits-depth", "2"], in: folder)
        #expect(deep.exit == 3 && deep.errors.contains("deep"))
        #expect(try await preview(Self.event + ["--limits-event-bytes", "20"], in: folder).exit == 3)
    }

    @Test func usageErrors() async throws {
        let folder = try Samples.folder()
        #expect(try await preview(["mappings"], in: folder).exit == 2)
        #expect(try await preview(Self.event + ["--altcraft-url", "ftp://x"], in: folder).exit == 2)
        #expect(try await preview(Self.event, in: try TemporaryFolder()).exit == 2)
        #expect(try await preview(["--event", "none", "mappings"], in: folder).exit == 3)
    }
}

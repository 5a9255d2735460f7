import Altcraft
import EventPattern
import Functions
import JSON
import Mapping
import Testing

/// What a preview tells: the same evaluation, with its reasons.
@Suite(.timeLimit(.minutes(1)))
struct PreviewTests {
    private static let wanted = Sample.mapping(
        #"""
        "name": "paid", "when": {"body": {"status": ["paid"]}},
        "content": {"n": {"$path": "$.n", "pipe": ["trim"]}, "c": {"$path": "$.c", "optional": true},
          "i": {"$each": "$.i[*]", "item": "@.t"}}
        """#, recipient: #"[{"email": "$.email"}, {"matching": "phone", "phone": "$.phone"}]"#)
    private static let other = Sample.mapping(#""name": "refunded", "when": {"body": {"status": ["refunded"]}}"#)

    private func preview(_ body: String) throws -> Preview {
        let files = [SourceFile(name: "b.json", text: Self.other), SourceFile(name: "a.json", text: Self.wanted)]
        let view = EventView(body: try JSONDocument.parse(body).root)
        return MappingSet.compile(files: files).set.preview(Event(view: view, now: Instant(seconds: 0)))
    }

    private static let body = #"{"status": "paid", "n": " 1 ", "phone": "+7", "i": [{"t": "x"}, {"t": "y"}]}"#

    @Test func whatALoopLeavesOutIsCountedAndOfTheFirstExplained() throws {
        let mapping = Sample.mapping(
            #""content": {"x": {"$each": "$.i[*]", "where": {"q": [{"numeric": [">", 0]}]}, "item": "@.q"}}"#)
        func shown(_ quantities: [Int]) throws -> String {
            let body = #"{"i": [\#(quantities.map { #"{"q": \#($0)}"# }.joined(separator: ","))]}"#
            let view = EventView(body: try JSONDocument.parse(body).root)
            let set = MappingSet([try #require(Sample.compile(mapping).mapping)])
            return PreviewText { _ in "" }.render(set.preview(Event(view: view, now: Instant(seconds: 0))))
        }
        #expect(
            try shown([1, 0, -1, 0, 0, 2]).contains(
                #"""
                  /content/x: "where" leaves out 4 elements
                    $['i'][1]: q is 0; wanted [{"numeric":[">",0]}]
                    $['i'][2]: q is -1; wanted [{"numeric":[">",0]}]
                    $['i'][3]: q is 0; wanted [{"numeric":[">",0]}]
                    … and 1 more

                """#))
        #expect(try !shown([1, 2]).contains("leaves out"))
    }

    @Test func asText() throws {
        let text = PreviewText { String(decoding: $0.request.body, as: UTF8.self) }.render(try preview(Self.body))
        #expect(
            text == #"""
                paid (a.json): wants this event
                  /recipient/0/email: missing, $.email selects nothing, or null
                  /recipient/0: not complete, $.email selects nothing, or null
                  /recipient/1/phone <- $['phone'] = "+7"
                  /recipient/1: taken
                  /content/n <- $['n'] = " 1 " -> "1"
                  /content/c: missing, $.c selects nothing, or null; left out
                  for $['i'][0]
                  /content/i/item <- $['i'][0]['t'] = "x"
                  for $['i'][1]
                  /content/i/item <- $['i'][1]['t'] = "y"
                  launches campaign 1 for phone +7
                    {"id":1,"matching":"phone","phone":"+7","content":{"n":"1","i":["x","y"]}}

                refunded (b.json): does not want this event
                  status is "paid"; wanted ["refunded"]

                """#)
    }

    @Test func asJSON() throws {
        let preview = try preview(#"{"status": "paid", "n": "1"}"#)
        let json = PreviewJSON { _ in .null }.render(preview)
        #expect(json["launches"]?.elements?.isEmpty == true)
        let stop = try #require(json["stops"]?.elements?.first)
        #expect(stop["outcome"]?.string == "park" && stop["reason"]?.string == "no_recipient")
        let failure = json["mappings"]?.elements?.last?["failures"]?.elements?.first
        #expect(failure?["wanted"]?.string == #"["refunded"]"#)
        #expect(failure?["found"]?.elements?.first?["value"]?.string == #""paid""#)
        let launched = PreviewJSON { _ in .string("r") }.render(try self.preview(Self.body))
        let launch = try #require(launched["launches"]?.elements?.first)
        #expect(launch["mapping"]?.string == "paid" && launch["request"]?.string == "r")
    }

    /// The lines about values, of a mapping with this content and these variables.
    private func steps(_ members: String, _ body: String) throws -> [String] {
        let text = Sample.mapping(#""name": "m", "# + members)
        let event = Event(
            view: EventView(exchange: "shop", routingKey: "order.paid", body: try JSONDocument.parse(body).root),
            now: Instant(seconds: 0))
        let preview = MappingSet.compile(files: [SourceFile(name: "m.json", text: text)]).set.preview(event)
        let lines = PreviewText { _ in "" }.render(preview).split(separator: "\n").map { $0.dropFirst(2) }
        return lines.filter { $0.hasPrefix("/content") || $0.hasPrefix("/let") }.map(String.init)
    }

    @Test func whatFunctionsMadeIsToldWhereverTheirArgumentsComeFrom() throws {
        let steps = try steps(
            #"""
            "let": {"currency": "$.currency"},
            "content": {"total": {"$path": "$.total",
              "pipe": ["decimal", {"money": {"currency": {"$var": "currency"}, "locale": "en-US"}}]}}
            """#, #"{"email": "a@b.de", "total": "12.5", "currency": "USD"}"#)
        #expect(
            steps == [
                #"/content/total <- $['total'] = "12.5" -> "$12.50""#, #"/let/currency <- $['currency'] = "USD""#,
            ])
    }

    @Test func aValueFromSeveralPlacesIsToldOnceMore() throws {
        let steps = try steps(
            #"""
            "content": {"c": {"$coalesce": ["$.x", "$.y"], "pipe": ["trim"]}, "l": {"$path": "$.i[*].t", "take": "all",
              "pipe": [{"join": ", "}]}}
            """#, #"{"email": "a@b.de", "y": " b ", "i": [{"t": "p"}, {"t": "q"}]}"#)
        #expect(
            steps == [
                "/content/c/$coalesce/0: missing, $.x selects nothing, or null",
                #"/content/c/$coalesce/1 <- $['y'] = " b ""#, #"/content/c -> "b""#,
                #"/content/l <- $['i'][0]['t'] = "p""#, #"/content/l <- $['i'][1]['t'] = "q" -> "p, q""#,
            ])
    }

    @Test func variablesAndFactsAboutTheMessageAreSourcesToo() throws {
        let steps = try steps(
            #"""
            "let": {"who": {"$path": "$.who", "pipe": ["trim"], "default": "you"}},
            "content": {"a": {"$var": "who", "pipe": ["uppercase"]}, "b": {"$template": "for {{who}}"},
              "k": {"$meta": "/routing_key"}, "n": {"$meta": "/now"}}
            """#, #"{"email": "a@b.de"}"#)
        #expect(
            steps == [
                "/let/who: missing, $.who selects nothing, or null; the default stands in",
                #"/content/a <- /let/who = "you" -> "YOU""#, #"/content/b <- /let/who = "you""#,
                #"/content/k <- /routing_key = "order.paid""#, #"/content/n <- /now = "1970-01-01T00:00:00Z""#,
            ])
    }

    @Test func aMappingThatIsSwitchedOffIsNamed() throws {
        let off = SourceFile(name: "a.json", text: Sample.mapping(#""name": "paid", "enabled": false"#))
        let view = EventView(body: try JSONDocument.parse("{}").root)
        let preview = MappingSet.compile(files: [off]).set.preview(Event(view: view, now: Instant(seconds: 0)))
        let text = PreviewText { _ in "" }.render(preview)
        #expect(text.hasPrefix("paid is switched off (enabled: false).\n\nNo mapping wants this event"))
    }

    @Test func anEventThatNobodyWants() throws {
        let preview = try preview(#"{"status": "new"}"#)
        #expect(preview.plan.isUnmatched)
        #expect(PreviewText { _ in "" }.render(preview).hasSuffix("No mapping wants this event: skipped, unmatched.\n"))
    }

    @Test func theTraceChangesNothing() throws {
        let body = try JSONDocument.parse(Self.body).root
        let set = MappingSet.compile(files: [SourceFile(name: "a.json", text: Self.wanted)]).set
        let event = Event(view: EventView(body: body), now: Instant(seconds: 0))
        let plain = set.evaluate(event).launches.map(\.request)
        #expect(set.preview(event).plan.launches.map(\.request) == plain)
    }
}

import JSON
import Testing
import XML

@testable import Sandbox

@Suite("Reading requests", .timeLimit(.minutes(1)))
struct RequestTests {
    private func parameters(_ json: String, isXML: Bool = false) throws -> Parameters {
        Parameters(try parsed(json), isXML: isXML)
    }

    @Test(
        "An element of XML is a value: text, null, object, and a list where it is repeated",
        arguments: [
            ("<xml><a>text</a></xml>", #"{"a": "text"}"#), ("<xml><a/></xml>", #"{"a": null}"#),
            ("<xml><a></a></xml>", #"{"a": null}"#), ("<xml><a>1</a><a>2</a></xml>", #"{"a": ["1", "2"]}"#),
            ("<xml><a>1</a><b/><a>2</a></xml>", #"{"a": ["1", "2"], "b": null}"#),
            ("<xml><a><b>x</b></a></xml>", #"{"a": {"b": "x"}}"#),
            ("<xml>\n <a>\n <b>x</b>\n </a>\n</xml>", #"{"a": {"b": "x"}}"#),
            ("<xml><a>&lt;b&gt; &amp; &#x4E;</a></xml>", #"{"a": "<b> & N"}"#),
            ("<xml><a><![CDATA[<b>]]></a></xml>", #"{"a": "<b>"}"#),
            ("<xml><a><b>1</b></a><a><b>2</b></a></xml>", #"{"a": [{"b": "1"}, {"b": "2"}]}"#),
            ("<xml><имя>Анна</имя></xml>", #"{"имя": "Анна"}"#),
        ])
    func xmlValues(xml: String, json: String) throws {
        let root = try XMLReader.parse(Array(xml.utf8))
        #expect(XMLValue.of(root) == (try parsed(json)))
    }

    @Test("Scalars are read from JSON strictly and from XML as the texts they are")
    func scalars() throws {
        let json = try parameters(#"{"i": 5, "s": "7", "b": true, "t": "true", "n": null, "f": 1.5, "x": "x"}"#)
        #expect(try json.integer("i") == 5)
        #expect(try json.integer("s") == 7)
        #expect(try json.integer("n") == nil)
        #expect(try json.integer("none") == nil)
        #expect(throws: Refusal.self) { try json.integer("f") }
        #expect(throws: Refusal.self) { try json.integer("x") }
        #expect(throws: Refusal.self) { try json.integer("b") }
        #expect(try json.bool("b") == true)
        #expect(throws: Refusal.self) { try json.bool("t") }
        #expect(throws: Refusal.self) { try json.bool("i") }
        #expect(throws: Refusal.self) { try json.text("i") }
        let xml = try parameters(#"{"t": "true", "f": "false", "one": "1", "zero": "0", "x": "yes"}"#, isXML: true)
        #expect(try ["t", "f", "one", "zero"].map { try xml.bool($0) } == [true, false, true, false])
        #expect(throws: Refusal.self) { try xml.bool("x") }
    }

    @Test("A list of one is one element in XML, and in JSON only where the documents show it so")
    func lists() throws {
        let json = try parameters(
            #"{"one": {"a": 1}, "two": [{"a": 1}, {"a": 2}], "none": [], "bad": [1], "text": "x"}"#)
        #expect(try json.list("two")?.count == 2)
        #expect(try json.list("none")?.isEmpty == true)
        #expect(try json.list("absent") == nil)
        #expect(throws: Refusal.self) { try json.list("one") }
        #expect(try json.list("one", allowsOne: true)?.count == 1)
        #expect(throws: Refusal.self) { try json.list("bad") }
        #expect(throws: Refusal.self) { try json.list("text", allowsOne: true) }
        let xml = try parameters(#"{"one": {"a": "1"}}"#, isXML: true)
        #expect(try xml.list("one")?.first?.text("a") == "1")
    }

    @Test("custom_request is an object in JSON and JSON text in XML")
    func objectsAsText() throws {
        let json = try parameters(#"{"q": {"a": 1}, "t": "{}"}"#)
        #expect(try json.objectOrText("q")?["a"]?.number?.int64 == 1)
        #expect(throws: Refusal.self) { try json.objectOrText("t") }
        let xml = try parameters(#"{"q": "{\"a\": 1}", "bad": "{", "list": "[]", "plain": {"a": "1"}}"#, isXML: true)
        #expect(try xml.objectOrText("q")?["a"]?.number?.int64 == 1)
        #expect(throws: Refusal.self) { try xml.objectOrText("bad") }
        #expect(throws: Refusal.self) { try xml.objectOrText("list") }
        #expect(try xml.objectOrText("plain")?["a"]?.string == "1")
    }

    @Test("The table of calls is the documented one: paths, names of ids, modes, tasks")
    func endpoints() {
        #expect(
            Endpoint.api.map { "\($0.rawValue) \($0.idParameter) \($0.listedModes.count) \($0.makesTask)" } == [
                "campaigns/triggers/start id 4 false", "campaigns/triggers/start_batch trigger_id 11 false",
                "campaigns/triggers/start_batch_task id 11 true",
                "campaigns/triggers/import_and_start trigger_id 5 false",
                "campaigns/triggers/import_and_start_batch trigger_id 5 false",
                "campaigns/triggers/import_and_start_batch_task trigger_id 5 true", "campaigns/triggers/get id 0 false",
                "workflows/start id 4 false", "workflows/import_and_start workflow_id 5 false",
                "workflows/import_and_start_batch workflow_id 5 false",
                "workflows/import_and_start_batch_task workflow_id 5 true", "workflows/activate id 0 false",
                "workflows/deactivate id 0 false", "tasks/status task_id 0 false",
            ])
        #expect(Endpoint.api.allSatisfy { ($0.kind == .scenario) == $0.rawValue.hasPrefix("workflows/") })
        #expect(Endpoint.allCases.allSatisfy { $0.parameters.contains($0.idParameter) })
    }

    @Test(
        "The text that a field is found by is the same for numbers and their texts",
        arguments: [
            ("\"a\"", "a"), ("5", "5"), ("5.0", "5"), ("50e-1", "5"), ("1.5", "1.5"), ("true", "true"), ("\"\"", ""),
            ("-0", "0"), ("99999999999999999999", "99999999999999999999"), ("{\"a\": 1}", "{\"a\":1}"),
        ])
    func fieldTexts(json: String, text: String) throws {
        #expect(FieldText.of(try parsed(json)) == text)
    }

    @Test(
        "Tags are split at commas and trimmed",
        arguments: [
            ("a", ["a"]), ("a, b", ["a", "b"]), (" a ,b ,, c d ", ["a", "b", "c d"]), ("", []), (" , ", []),
        ])
    func tags(text: String, tags: [String]) {
        #expect(FieldText.tags(text) == tags)
    }

    @Test(
        "Attachments are read in both documented shapes",
        arguments: [
            (#"[{"data": "data:text/csv;base64,SEVMTE8K", "name": "US.txt"}]"#, "US.txt text/csv 6"),
            (#"{"data": "data:text/csv;base64,SEVMTE8K", "name": "Attach.txt"}"#, "Attach.txt text/csv 6"),
            (#"[{"data": "SEVMTE8K", "name": "a", "mimetype": "text/plain", "file_key": "k"}]"#, "a text/plain 6"),
            (#"[{"data": "data:a/b;charset=utf-8;base64,", "name": "empty"}]"#, "empty a/b;charset=utf-8 0"),
        ])
    func attachments(json: String, shown: String) throws {
        let files = try Attachment.list(try parameters(#"{"attach": \#(json)}"#))
        #expect(files.map { "\($0.name) \($0.mime) \($0.bytes)" } == [shown])
    }

    @Test("An answer is written the same in JSON and XML, member by member")
    func answers() throws {
        let answer = APIAnswer(
            debug: "a < b", data: .object([("n", .number(JSONNumber(1))), ("x", .null), ("ok", .bool(true))]),
            result: ["p1", nil], profileID: "p1")
        #expect(
            String(decoding: AnswerFormat.json.encode(answer), as: UTF8.self)
                == #"{"data":{"n":1,"x":null,"ok":true},"error":0,"error_debug":"a < b","#
                + #""error_text":"Successful operation","profile_id":"p1","result":[{"profile_id":"p1"},null]}"#)
        #expect(
            String(decoding: AnswerFormat.xml.encode(answer), as: UTF8.self)
                == "<xml><data><n>1</n><x/><ok>true</ok></data><error>0</error><error_debug>a &lt; b</error_debug>"
                + "<error_text>Successful operation</error_text><profile_id>p1</profile_id>"
                + "<result><profile_id>p1</profile_id></result><result/></xml>")
    }
}

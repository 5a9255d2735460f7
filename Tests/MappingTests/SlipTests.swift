import JSON
import Mapping
import Testing

/// What looks right, goes out wrong, and is said before.
@Suite(.timeLimit(.minutes(1)))
struct SlipTests {
    private func remark(_ code: String, _ keys: String) -> Diagnostic? {
        Sample.compile(Sample.mapping(keys)).diagnostics.first { $0.code.rawValue == code }
    }

    @Test(arguments: [
        (#"{{$.name}}"#, #"write {"$template": "{{$.name}}"}, or"#),
        (#"Order {{ name }}"#, #"write {"$template": "Order {{ name }}"}, or"#),
        (" $.name", #"write "$.name", or"#), ("$name", #"write "$.name", or"#), (".name", #"write "$.name", or"#),
        ("Order $.name for you", #"write {"$template": "Order {{$.name}} for you"}, or"#),
        ("Your order: $.order.name.", #"write {"$template": "Your order: {{$.order.name}}."}, or"#),
        ("<b>$.order.number</b>", #"write {"$template": "<b>{{$.order.number}}</b>"}, or"#),
        ("#$.number!", ##"write {"$template": "#{{$.number}}!"}, or"##),
        ("{apicontent.number}", #"write "$.number", or"#), ("${order.number}", #"write "$.order.number", or"#),
        ("{$.order.number}", #"write "$.order.number", or"#),
        ("No. {$.order.number}.", #"write {"$template": "No. {{$.order.number}}."}, or"#),
    ])
    func `A text that holds a path goes out as it stands`(text: String, hint: String) throws {
        let found = try #require(remark("W126", #""content": {"x": "\#(text)"}"#), "\(text)")
        #expect(found.hint?.hasPrefix(hint) == true, "\(found)")
        #expect(found.message.hasSuffix("goes out as it stands"))
    }

    @Test(arguments: [
        "Anna", "$ 5", "5 $", "$.99 off", "a.b", "...", ".5", "{{", "anna@example.com", "see you @ noon", "@name",
        "50 $.", "", "a{color:red}", "{", "${", "${}", "{$.", "shop.example", "from $5.99", "1$.a", "US$.x", "{city}",
        "<style>p{margin:0}</style>",
    ])
    func `A text that is one is left alone`(text: String) {
        guard !text.hasPrefix("$.") else { return }
        #expect(remark("W126", #""content": {"x": "\#(text)"}"#) == nil)
    }

    @Test(arguments: [
        (#"{"path": "$.x", "pipe": ["trim"], "optional": true}"#, true), (#"{"path": "$.x", "optional": true}"#, true),
        (#"{"lookup": "t", "key": "$.l"}"#, true), (#"{"if": {"a": [1]}, "then": 1, "else": 2}"#, true),
        (#"{"path": "$.url"}"#, false), (#"{"path": "$.url", "title": "$.t"}"#, false), (#"{"template": "a"}"#, false),
        (#"{"path": "/a", "default": "x"}"#, false), (#"{"$literal": {"path": "$.x", "optional": true}}"#, false),
    ])
    func `An instruction without its dollar goes out as it stands`(value: String, isTold: Bool) {
        #expect((remark("W126", #""content": {"x": \#(value)}"#) != nil) == isTold)
    }

    @Test func `What a function is given is no text for recipients`() {
        let pipe = #"[{"replace": {"find": ".html", "with": "{{x}}"}}]"#
        #expect(remark("W126", #""content": {"x": {"$path": "$.a", "pipe": \#(pipe)}}"#) == nil)
        #expect(remark("W126", #""content": {"x": {"$literal": "{{$.name}}"}}"#) == nil)
    }

    @Test(arguments: [
        #"{"a": \#(call), "b": {"$var": "v"}}"#, #"{"b": {"$var": "v"}, "a": \#(call)}"#, #"{"a": \#(call)}"#,
    ])
    func `A variable's text is told, wherever it is asked for first`(content: String) {
        let text = #""let": {"v": "Dear {{$.name}}"}, "content": \#(content)"#
        #expect(remark("W126", text)?.pointer.description == "/let/v")
    }

    /// A function one of whose arguments is the variable.
    private static let call =
        #"{"$path": "$.t", "pipe": [{"replace": {"find": "x", "with": {"$var": "v", "pipe": [{"truncate": {"length": 9}}]}}}]}"#

    @Test(arguments: [
        (#"{"email": "customer.email"}"#, true), (#"{"email": "email"}"#, true),
        (#"{"email": "anna@example.com"}"#, false), (#"{"email": {"$literal": "customer.email"}}"#, false),
        (#"{"matching": "phone", "phone": "customer.phone"}"#, true),
        (#"{"matching": "phone", "phone": "+79"}"#, false),
        (#"{"matching": "profile_id", "profile_id": "C-77"}"#, false),
        (#"{"matching": "profile_id", "profile_id": "customer.id"}"#, true),
        (#"{"matching": "custom", "field_name": "a.b", "field_value": "VIP"}"#, false),
    ])
    func `A recipient that is a fixed text is told`(recipient: String, isTold: Bool) {
        #expect((remark("W126", #""recipient": [\#(recipient)]"#) != nil) == isTold)
    }

    @Test(arguments: [
        (#""$.a[*].mail", "take": "first""#, #"write "@.mail" for the element's own"#),
        (#""$.a[*]['e mail']", "take": "first""#, #"write "@['e mail']" for the element's own"#),
        (#""$.a[*].mail", "take": "all""#, nil), (#""$.b[*].mail", "take": "first""#, nil),
        (#""$.a[?@.isOwner].mail", "take": "first""#, nil),
        (#""$.mail""#, nil), (#""$.a[0].mail""#, nil),
    ])
    func `A path through the list of its loop is the same for every element`(path: String, hint: String?) {
        let loop = #""for_each": {"path": "$.a[*]"}"#
        #expect(remark("W128", loop + #", "recipient": [{"email": {"$path": \#(path)}}]"#)?.hint == hint)
        #expect(remark("W128", #""recipient": [{"email": {"$path": \#(path)}}]"#) == nil)
        let item = #""content": {"x": {"$each": "$.a[*]", "item": {"$path": \#(path)}}}"#
        #expect(remark("W128", item)?.hint == hint)
    }

    @Test func `Inside of a loop the advice is the element's own path`() {
        let loop = #""for_each": {"path": "$.a[*]"}, "#
        let own = #"write "@.mail" for the element's own"#
        #expect(remark("E121", loop + #""recipient": [{"email": "$.a[*].mail"}]"#)?.hint == own)
        #expect(remark("E121", loop + #""recipient": [{"email": {"$path": "$.a[*].mail"}}]"#)?.hint == own)
        #expect(remark("E121", loop + #""content": {"x": "$.b[*].mail"}"#)?.hint?.contains("take") == true)
    }

    @Test(arguments: [
        (#"{"$template": "paid:{{$.o.status}}"}"#, true), (#""$.o.status""#, true),
        (#"{"$template": "{{s}}-{{$.id}}"}"#, false), (#"{"$template": "{{s}}"}"#, true),
        (#"{"$coalesce": ["constant", "$.id"]}"#, true), (#"{"$coalesce": ["$.id", "constant"]}"#, false),
        (#"{"$path": "$.o.status", "pipe": ["uppercase"]}"#, true), (#""$.kind""#, false), (#""$.flag""#, false),
        (#"{"$meta": "/routing_key"}"#, false), (#"{"$meta": "/exchange"}"#, true),
        (#"{"$path": "$.o.status", "default": "$.id"}"#, false), (#"[{"$var": "s"}, "x"]"#, true),
    ])
    func `A key that the conditions fix tells no events apart`(key: String, isTold: Bool) {
        let when =
            #"{"exchange": ["e"], "routing_key": ["a.*"], "#
            + #""body": {"o": {"status": ["paid"]}, "kind": ["a", "b"], "$or": [{"flag": [true]}, {"x": [1]}]}}"#
        let keys = #""when": \#(when), "let": {"s": "$.o.status"}, "content": {"s": {"$var": "s"}}, "#
        #expect((remark("E211", keys + #""delivery": {"dedup": {"key": \#(key)}}"#) != nil) == isTold)
        #expect((remark("E211", keys + #""event": {"id": \#(key)}"#) != nil) == isTold)
        #expect(remark("E211", keys + #""event": {"id": \#(key)}, "delivery": {"dedup": false}"#) == nil)
    }

    @Test(arguments: [
        (#""locale""#, #"write {"$var": "locale"}"#), (#""ru-KZ""#, #"write what tells it, for example "$.locale""#),
        (#""ru-RU""#, nil), (#""$.locale""#, nil), (#"{"$var": "locale"}"#, nil),
    ])
    func `A key that its table lacks is told`(key: String, hint: String?) {
        let found = Sample.compile(
            Sample.mapping(
                #""let": {"locale": "$.l"}, "tables": {"t": {"ru-RU": 1}}, "#
                    + #""content": {"l": {"$template": "{{locale}}"}, "x": {"$lookup": "t", "key": \#(key), "default": 1}}"#
            )
        ).diagnostics
        #expect(found.map(\.hint) == (hint == nil ? [] : [hint]), "\(found)")
    }

    @Test(arguments: [
        (#""expire_after": "PT6H""#, #"write it inside "delivery""#),
        (#""per_second": 5"#, #"write it inside "delivery", in "rate""#),
        (#""launch": {"campaign": 1, "content": {}}"#, #"write it at the top of the file, beside "launch""#),
        (#""\u0441ontent": {}"#, "character 1 is the Cyrillic letter \"\u{441}\"; write it in Latin letters"),
        (#""own\u200ber": "a""#, "character 4 cannot be seen (U+200B); take it out"),
        (#""contnt": {}"#, #"did you mean "content"?"#),
    ])
    func `A key in the wrong object is told where it belongs`(keys: String, hint: String) {
        #expect(remark("E110", keys)?.hint == hint)
    }

    @Test func `A choice without its dollar is told once`() {
        let found = Sample.compile(Sample.mapping(#""when": {"body": {"or": [{"a": [1]}, {"b": [2]}]}}"#)).diagnostics
        #expect(found.map(\.hint) == [#"did you mean "$or"?"#])
        #expect(remark("E131", #""when": {"body": {"or": [{"prefix": "a"}, "b"]}}"#) == nil)
    }

    @Test(arguments: [
        (#"{"scale": 2}"#, #"write {"scale": {"by": 2}}"#),
        (#"{"scale": "EUR"}"#, #"write {"scale": {"currency": "EUR"}}"#),
        (#"{"scale": {}}"#, #"write {"scale": {"by": 2}} or {"scale": {"currency": "EUR"}}"#),
    ])
    func `An argument without its name gets it`(function: String, hint: String) {
        let pipe = #"["decimal", \#(function)]"#
        #expect(remark("E171", #""content": {"x": {"$path": "$.a", "pipe": \#(pipe)}}"#)?.hint == hint)
    }

    @Test func `One file is put into a list`() throws {
        let file = #"{"name": "a.pdf", "data": "$.d"}"#
        let found = try #require(remark("E105", #""attach": \#(file)"#))
        #expect(found.hint == #"put it in brackets: [{"name":"a.pdf","data":"$.d"}]"#, "\(found)")
    }

    @Test func `The same for all elements leaves one launch`() throws {
        let loop = #""for_each": {"path": "$.a[*]", "unique_by": "#
        let found = try #require(remark("E213", loop + #""$.id"}"#))
        #expect(found.hint == #"write something of the element, for example "@.id""#)
        #expect(remark("E213", loop + #""@.id"}"#) == nil)
        #expect(remark("E213", loop + #"{"$template": "{{$.id}}-{{@.id}}"}}"#) == nil)
        #expect(remark("E213", loop + #"{"$var": "v"}}, "let": {"v": "@.id"}"#) == nil)
        #expect(remark("E213", loop + #"{"$var": "v"}}, "let": {"v": "$.id"}"#) != nil)
    }

    @Test(arguments: [
        (#"{"$.financial_status": ["paid"]}"#, #"write "financial_status": […]"#),
        (#"{"$.customer.orders": ["paid"]}"#, #"write "customer": {"orders": […]}"#),
        (#"{"$['a']": ["paid"]}"#, "write the name alone"),
    ])
    func `A condition names members and no paths`(body: String, hint: String) throws {
        let found = try #require(remark("W126", #""when": {"body": \#(body)}"#))
        #expect(found.hint == hint && found.message.hasSuffix("is a member's name here, and no path"))
        #expect(remark("W126", #""content": {"x": {"$if": \#(body), "then": 1}}"#) != nil)
    }
}

/// What the events of tests tell of conditions and of a mapping that does not want them.
@Suite(.timeLimit(.minutes(1)))
struct NeverPresentTests {
    private func run(when: String, body: String, outcome: String = "launch") throws -> MappingTestReport {
        let text = Sample.mapping(#""when": \#(when)"#, recipient: #"[{"email": "$.e"}, {"email": "a@example.com"}]"#)
        let (mapping, diagnostics) = Sample.compile(text)
        let tests = #"{"tests": [{"name": "t", "event": "e.json", "expect": {"outcome": "\#(outcome)"}}]}"#
        return MappingTester { SourceFile(name: $0, text: body) }
            .run(
                try #require(mapping, "\(diagnostics)"), tests: SourceFile(name: "a.tests.json", text: tests))
    }

    @Test(arguments: [
        (
            #"{"body": {"finansial_status": ["paid"]}}"#, "/when/body/finansial_status",
            #"did you mean "financial_status"?"#
        ),
        (
            #"{"body": {"customer.orders": [1]}}"#, "/when/body/customer.orders",
            #"a dot is part of the name here; write "customer": {"orders": […]}"#
        ),
        (
            #"{"body": {"customer": {"oders": [1]}}}"#, "/when/body/customer/oders", #"did you mean "orders"?"#
        ),
        (
            #"{"body": {"items": {"prefix": ["a"]}}}"#, "/when/body/items/prefix",
            #""prefix" is an operator: write [{"prefix": …}]"#
        ),
        (
            #"{"body": {"$or": [{"paid": [true]}, {"financial_status": ["paid"]}]}}"#, "/when/body/$or/0/paid",
            "check the spelling, or add a test whose event has it"
        ),
    ])
    func `A member that no test event has is told`(when: String, pointer: String, hint: String) throws {
        let body = #"{"financial_status": "paid", "customer": {"orders": 1}, "items": [{"sku": "a"}]}"#
        let report = try run(when: when, body: body)
        let found = try #require(report.diagnostics.first { $0.code == .memberNeverPresent }, "\(report.diagnostics)")
        #expect(found.pointer.description == pointer && found.hint == hint, "\(found)")
        #expect(found.severity == .warning && found.file == "a.json" && found.position.line > 1)
    }

    @Test(arguments: [
        #"{"body": {"gift": [{"exists": false}, true]}}"#, #"{"body": {"items": {"sku": ["a"]}}}"#,
        #"{"headers": {"x-test": ["1"]}}"#, #"{"body": {"customer": [{"exists": true}]}}"#, "{}",
    ])
    func `What is there, may be missing or cannot be known is left alone`(when: String) throws {
        let report = try run(when: when, body: #"{"customer": {"orders": 1}, "items": [[{"sku": "b"}]]}"#)
        #expect(!report.diagnostics.contains { $0.code == .memberNeverPresent })
    }

    @Test func `A test of an event that is not wanted says which condition fails, and nothing of branches`() throws {
        let report = try run(when: #"{"body": {"status": ["paid"]}}"#, body: #"{"status": "new", "e": "a@b.c"}"#)
        let failure = try #require(report.diagnostics.first { $0.code == .failingTest })
        #expect(failure.message.hasSuffix(#"found "no_match (status is \"new\"; wanted [\"paid\"])""#), "\(failure)")
        #expect(!report.diagnostics.contains { $0.code == .unreachedBranch })
        let meant = try run(
            when: #"{"body": {"status": ["paid"]}}"#, body: #"{"status": "new", "e": "a@b.c"}"#, outcome: "no_match")
        #expect(meant.isPassed && meant.diagnostics.contains { $0.code == .unreachedBranch })
    }

    @Test func `Texts that differ in spaces only are told apart`() throws {
        let price = #"{"$path": "$.p", "pipe": ["decimal", {"money": {"currency": "EUR", "locale": "de-DE"}}]}"#
        let (mapping, _) = Sample.compile(Sample.mapping(#""content": {"price": \#(price)}"#))
        let tests =
            #"{"tests": [{"name": "t", "event": "e.json", "expect": {"outcome": "launch", "#
            + #""request_contains": {"content": {"price": "49,99 €"}}}}]}"#
        let report = MappingTester { SourceFile(name: $0, text: #"{"p": "49.99"}"#) }
            .run(try #require(mapping), tests: SourceFile(name: "a.tests.json", text: tests))
        let difference = try #require(report.results.first?.differences.first)
        let told =
            "they differ only in spaces: character 6 is a no-break space (U+00A0) in what was found, and a space "
            + "(U+0020) in what is expected"
        #expect(difference.spaces == told)
        #expect(difference.description.hasSuffix("(\(told))"))
    }
}

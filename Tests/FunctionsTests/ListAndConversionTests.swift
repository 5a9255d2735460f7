import Functions
import JSON
import Testing

/// Functions on lists, and those that change what a value is.
@Suite(.timeLimit(.minutes(1))) struct ListAndConversionTests {
    @Test(arguments: [
        (#"["a","b"]"#, #"{"join":", "}"#, #""a, b""#), ("[]", #"{"join":", "}"#, #""""#),
        ("[10.10,true,\"x\"]", #"{"join":{"separator":""}}"#, #""10.10truex""#), ("[1,2]", #""first""#, "1"),
        ("[1,2]", #""last""#, "2"), ("[]", #""count""#, "0"), ("[[],{}]", #""count""#, "2"),
        ("[1,2,3]", #"{"limit":2}"#, "[1,2]"),
        ("[1]", #"{"limit":{"count":5}}"#, "[1]"), ("[1]", #"{"limit":0}"#, "[]"), ("[1]", #"{"limit":1e0}"#, "[1]"),
        ("[1,1.0,\"1\",1e0,2]", #""unique""#, #"[1,"1",2]"#),
        (#"[{"a":1,"b":2},{"b":2.0,"a":1}]"#, #""unique""#, #"[{"a":1,"b":2}]"#),
        ("[]", #""sum""#, "0"), (#"["0.10",0.2]"#, #""sum""#, "0.30"),
        ("[1e30,1]", #""sum""#, "1000000000000000000000000000001"),
        ("[5,-5.00]", #""sum""#, "0.00"),
        ("[10.10]", #"["first","decimal"]"#, "10.10"),
    ])
    func `Lists`(input: String, pipe: String, output: String) throws {
        #expect(try Pipes.run(input, pipe) == .value(output))
    }

    @Test(arguments: [#""first""#, #""last""#])
    func `An empty list has no first and no last element`(call: String) throws {
        #expect(try Pipes.run("[]", call) == .missing)
    }

    @Test(arguments: [
        (#"[[1]]"#, #"{"join":","}"#), ("[null]", #"{"join":","}"#), ("[1,\"x\"]", #""sum""#), ("[null]", #""sum""#),
        ("[1e100,1]", #""sum""#), ("[1e100,1e100]", #""sum""#), ("[1,[2]]", #""sum""#), (#""a""#, #""first""#),
        ("5", #""count""#),
        ("{}", #""unique""#),
        (#""ab""#, #"{"limit":1}"#), ("true", #"{"join":","}"#), (#""1""#, #""sum""#),
    ])
    func `Lists that cannot be worked on, and what is no list, are invalid`(input: String, call: String) throws {
        #expect(try Pipes.run(input, call).isInvalid)
    }

    @Test(arguments: [
        ("10.10", #""string""#, #""10.10""#), ("1e5", #""string""#, #""1e5""#), ("true", #""string""#, #""true""#),
        (#""x""#, #""string""#, #""x""#), ("10.10", #"["decimal","string"]"#, #""10.10""#),
        (#""2026-03-01T12:00:00+03:00""#, #"["datetime","string"]"#, #""2026-03-01T09:00:00Z""#),
        ("12345678901234567890123", #""string""#, #""12345678901234567890123""#), ("[1, 2]", #""json""#, #""[1, 2]""#),
        (#""a\"b""#, #""json""#, #""\"a\\\"b\"""#), ("10.10", #""json""#, #""10.10""#), ("{}", #""json""#, #""{}""#),
        ("true", #""bool""#, "true"), ("0", #""bool""#, "false"), ("1.0", #""bool""#, "true"),
        (#""YES""#, #""bool""#, "true"),
        (#""no""#, #""bool""#, "false"), (#""False""#, #""bool""#, "false"), (#""1""#, #""bool""#, "true"),
    ])
    func `Conversions`(input: String, pipe: String, output: String) throws {
        let outcome = try Pipes.run(input, pipe)
        if pipe == #""json""#, input == "[1, 2]" {
            // A list of the event is written as it stands or without spaces; it is the same list.
            #expect("\(outcome)".replacing(" ", with: "") == output.replacing(" ", with: ""))
        } else {
            #expect(outcome == .value(output))
        }
    }

    @Test(arguments: [
        ("[1]", #""string""#), ("{}", #""string""#), ("2", #""bool""#), (#""""#, #""bool""#), (#""maybe""#, #""bool""#),
        ("[true]", #""bool""#), ("{}", #""bool""#), ("1e999999999", #""bool""#),
    ])
    func `What cannot be converted is invalid`(input: String, call: String) throws {
        #expect(try Pipes.run(input, call).isInvalid)
    }

    @Test func `Types chain as the reference says`() {
        #expect(!ValueType.decimal.accepts(.any))
        #expect(!ValueType.decimal.accepts(.number))
        #expect(!ValueType.instant.accepts(.any))
        #expect(!ValueType.text.accepts(.decimal))
        #expect(!ValueType.scalar.accepts(.list))
        #expect(ValueType.scalar.accepts(.instant))
        #expect(ValueType.number.accepts(.decimal))
        #expect(ValueType.text.accepts(.any))
        #expect(ValueType.allCases.allSatisfy { ValueType.any.accepts($0) && $0.accepts($0) })
    }
}

import Functions
import JSON
import TestSupport
import Testing

/// Functions that read and move moments.
@Suite(.timeLimit(.minutes(1))) struct MomentTests {
    @Test(arguments: [
        ("2026-03-01T12:05:07+03:00", "2026-03-01T09:05:07Z"), ("2026-03-01t09:05:07z", "2026-03-01T09:05:07Z"),
        ("2026-03-01 09:05:07.250Z", "2026-03-01T09:05:07.25Z"), ("2024-02-29T23:59:60Z", "2024-03-01T00:00:00Z"),
        ("1969-12-31T23:59:59.999999999Z", "1969-12-31T23:59:59.999999999Z"),
        ("2026-03-01T00:00:00.1234567899-00:30", "2026-03-01T00:30:00.123456789Z"),
    ])
    func `RFC 3339 is read without being asked for`(input: String, output: String) throws {
        #expect(try Pipes.run(Pipes.quoted(input), #""datetime""#) == .value(Pipes.quoted(output)))
        #expect(try Pipes.run(Pipes.quoted(input), #"{"datetime":{"from":"rfc3339"}}"#) == .value(Pipes.quoted(output)))
    }

    @Test(arguments: [
        "", "2026-03-01", "2026-03-01T12:05:07", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-03-01T24:00:00Z",
        "2026-03-01T12:60:00Z", "2026-03-01T12:05:07+24:00", "2026-03-01T12:05:07+0300", "2026-03-01T12:05:07.Z",
        "2026-03-01T12:05:07Z ", "0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "٢٠٢٦-03-01T00:00:00Z",
    ])
    func `What is no RFC 3339 is invalid`(input: String) throws {
        #expect(try Pipes.run(Pipes.quoted(input), #""datetime""#).isInvalid)
    }

    @Test(arguments: [
        ("2026-03-01 12:05:07", "yyyy-MM-dd HH:mm:ss"), ("2026-03-01T12:05:07", "yyyy-MM-dd'T'HH:mm:ss"),
        ("2026-03-01", nil), ("2026-13-01 12:05:07", nil), ("01.03.2026 12:05:07", nil), ("2026-03-01 12:05:07 ", nil),
    ])
    func `A time that lacks its zone is told with its pattern`(input: String, pattern: String?) throws {
        guard case .invalid(let why) = try Pipes.run(Pipes.quoted(input), #""datetime""#) else { return }
        let call = pattern.map { #"{"datetime": {"pattern": "\#($0)", "zone": "Europe/Moscow"}}"# }
        #expect(why.contains(call ?? "such as 2026-03-01T09:05:07Z"), "\(why)")
        guard let call else { return }
        // What is advised works.
        #expect(try Pipes.run(Pipes.quoted(input), call) == .value(#""2026-03-01T09:05:07Z""#))
    }

    @Test(arguments: [
        ("1772355907", "unix", "2026-03-01T09:05:07Z"), (#""1772355907""#, "unix", "2026-03-01T09:05:07Z"),
        ("1772355907.5", "unix", "2026-03-01T09:05:07.5Z"), ("1772355907250", "unix_ms", "2026-03-01T09:05:07.25Z"),
        ("1772355907250001", "unix_us", "2026-03-01T09:05:07.250001Z"), ("-1", "unix", "1969-12-31T23:59:59Z"),
        ("-1", "unix_ms", "1969-12-31T23:59:59.999Z"), ("0", "unix_us", "1970-01-01T00:00:00Z"),
        ("1.7723559e9", "unix", "2026-03-01T09:05:00Z"), ("253402300799", "unix", "9999-12-31T23:59:59Z"),
        ("1772355907.1234567899", "unix", "2026-03-01T09:05:07.123456789Z"),
    ])
    func `Counts since 1970 are read exactly`(input: String, from: String, output: String) throws {
        #expect(try Pipes.run(input, #"{"datetime":{"from":"\#(from)"}}"#) == .value(Pipes.quoted(output)))
    }

    @Test(arguments: [
        ("253402300800", "unix"), ("-62167219201", "unix"), ("1e30", "unix"), ("1e999999999", "unix_ms"),
        (#""yesterday""#, "unix"), ("true", "unix"), ("1772355907", "rfc3339"), ("[1]", "unix_us"), ("1e120", "unix"),
    ])
    func `Counts that name no year that can be written are invalid`(input: String, from: String) throws {
        #expect(try Pipes.run(input, #"{"datetime":{"from":"\#(from)"}}"#).isInvalid)
    }

    @Test(arguments: [
        ("2026-03-01 12:05:07", "yyyy-MM-dd HH:mm:ss", "Europe/Moscow", "2026-03-01T09:05:07Z"),
        ("2026-03-01T12:05:07", "yyyy-MM-dd'T'HH:mm:ss", "UTC", "2026-03-01T12:05:07Z"),
        ("01.03.26", "dd.MM.yy", "Asia/Almaty", "2026-02-28T19:00:00Z"),
        ("1/3/2026 9:05 pm", "d/M/yyyy h:mm a", "UTC", "2026-03-01T21:05:00Z"),
        ("12:30 AM 2026-03-01", "hh:mm a yyyy-MM-dd", "UTC", "2026-03-01T00:30:00Z"),
        ("20260301120507250", "yyyyMMddHHmmssSSS", "UTC", "2026-03-01T12:05:07.25Z"),
        ("Sun, 01 Mar 2026 12:05:07 +0300", "EEE, dd MMM yyyy HH:mm:ss Z", "UTC", "2026-03-01T09:05:07Z"),
        ("2026-03-01 12:05:07.5+03", "yyyy-MM-dd HH:mm:ss.SX", "UTC", "2026-03-01T09:05:07.5Z"),
        ("1 MARCH 2026", "d MMMM yyyy", "America/New_York", "2026-03-01T05:00:00Z"),
        ("31.12.69", "dd.MM.yy", "UTC", "2069-12-31T00:00:00Z"),
        ("01.01.70", "dd.MM.yy", "UTC", "1970-01-01T00:00:00Z"),
    ])
    func `Texts of a pattern are read`(input: String, pattern: String, zone: String, output: String) throws {
        let call = #"{"datetime":{"pattern":\#(Pipes.quoted(pattern)),"zone":"\#(zone)"}}"#
        #expect(try Pipes.run(Pipes.quoted(input), call) == .value(Pipes.quoted(output)))
    }

    @Test(arguments: [
        ("2026-3-01 12:05:07", "yyyy-MM-dd HH:mm:ss"), ("2026-02-30 00:00:00", "yyyy-MM-dd HH:mm:ss"),
        ("2026-03-01 25:00:00", "yyyy-MM-dd HH:mm:ss"), ("2026-03-01 12:05", "yyyy-MM-dd HH:mm:ss"),
        ("2026-03-01 12:05:07 ", "yyyy-MM-dd HH:mm:ss"), ("0 PM 2026-03-01", "h a yyyy-MM-dd"),
        ("13 PM 2026-03-01", "h a yyyy-MM-dd"), ("1 Mart 2026", "d MMM yyyy"), ("", "yyyy-MM-dd"),
        ("9999999999-01-01", "yyyyyyyyy-MM-dd"), ("999999999-01-01", "yyyyyyyyy-MM-dd"),
    ])
    func `Texts of another form are invalid`(input: String, pattern: String) throws {
        let call = #"{"datetime":{"pattern":\#(Pipes.quoted(pattern)),"zone":"UTC"}}"#
        #expect(try Pipes.run(Pipes.quoted(input), call).isInvalid)
    }

    @Test(arguments: [
        // Left out in spring: as much later. Twice in autumn: the first.
        ("2026-03-29 02:30:00", "Europe/Berlin", "2026-03-29T01:30:00Z"),
        ("2026-10-25 02:30:00", "Europe/Berlin", "2026-10-25T00:30:00Z"),
        ("2026-03-08 02:30:00", "America/New_York", "2026-03-08T07:30:00Z"),
        ("2026-11-01 01:30:00", "America/New_York", "2026-11-01T05:30:00Z"),
        // Kazakhstan went back an hour for good at the end of February 2024.
        ("2024-02-29 12:00:00", "Asia/Almaty", "2024-02-29T06:00:00Z"),
        ("2024-03-02 12:00:00", "Asia/Almaty", "2024-03-02T07:00:00Z"),
        // A day that Samoa skipped.
        ("2011-12-30 12:00:00", "Pacific/Apia", "2011-12-30T22:00:00Z"),
    ])
    func `Clocks that are put forward and back`(input: String, zone: String, output: String) throws {
        let call = #"{"datetime":{"pattern":"yyyy-MM-dd HH:mm:ss","zone":"\#(zone)"}}"#
        #expect(try Pipes.run(Pipes.quoted(input), call) == .value(Pipes.quoted(output)))
    }

    @Test(arguments: Fuzzing.seeds(from: 300, count: 10))
    func `What date writes, datetime reads`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let patterns = ["yyyy-MM-dd HH:mm:ss", "d/M/yyyy h:mm:ss a", "EEE, dd MMM yyyy HH:mm:ss", "yyyyMMddHHmmss"]
        for _ in 0..<50 {
            let moment = Instant(seconds: Int64.random(in: -2_000_000_000...4_000_000_000, using: &generator))
            let pattern = Pipes.quoted(generator.pick(patterns, or: ""))
            let zone = generator.pick(["UTC", "Asia/Tokyo", "Asia/Kolkata", "GMT-0730"], or: "UTC")
            let there = #"{"date":{"pattern":\#(pattern),"zone":"\#(zone)","locale":"en"}}"#
            let back = #"{"datetime":{"pattern":\#(pattern),"zone":"\#(zone)"}}"#
            let outcome = try Pipes.run(.instant(moment), "[\(there),\(back)]")
            #expect(outcome == .value(Pipes.quoted(moment.rfc3339)), "\(pattern) \(zone)")
        }
    }

    @Test(arguments: [
        ("P7D", "2026-03-08T09:05:07Z"), ("PT6H", "2026-03-01T15:05:07Z"), ("-P1D", "2026-02-28T09:05:07Z"),
        ("PT0.5S", "2026-03-01T09:05:07.5Z"), ("-PT0.5S", "2026-03-01T09:05:06.5Z"), ("P1W", "2026-03-08T09:05:07Z"),
    ])
    func `A moment moves by a duration`(duration: String, output: String) throws {
        let moved = try Pipes.run(#""2026-03-01T09:05:07Z""#, #"["datetime",{"plus":"\#(duration)"}]"#)
        #expect(moved == .value(Pipes.quoted(output)))
    }

    @Test(arguments: [("9999-12-31T23:00:00Z", "PT2H"), ("0000-01-01T01:00:00Z", "-PT2H")])
    func `A moment does not move out of the years that can be written`(input: String, duration: String) throws {
        #expect(try Pipes.run(Pipes.quoted(input), #"["datetime",{"plus":"\#(duration)"}]"#).isInvalid)
    }

    @Test func `A moment that is read stays as it is, and alone can be moved and written`() throws {
        let moment = FunctionValue.instant(Instant(seconds: 0))
        #expect(
            try Pipes.run(moment, #"["datetime",{"datetime":{"from":"unix"}}]"#) == .value(#""1970-01-01T00:00:00Z""#))
        #expect(try Pipes.run(#""1970-01-01T00:00:00Z""#, #"{"plus":"P1D"}"#).isInvalid)
        #expect(try Pipes.run("0", #"{"date":{"pattern":"y","zone":"UTC"}}"#).isInvalid)
    }
}

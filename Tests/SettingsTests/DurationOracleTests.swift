import TestSupport
import Testing

@testable import Settings

/// Durations and sizes, written at random in every form that people use, against the sum that was written.
@Suite("Durations and sizes against their sums", .timeLimit(.minutes(1)))
struct DurationOracleTests {
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    @Test("Units in descending order, each once, add up; any other order is none")
    func sums() {
        var generator = SeededGenerator(seed: 21)
        for _ in 0..<2_000 {
            let used = Self.units.filter { _ in Bool.random(using: &generator) }
            var (text, total) = ("", Int64(0))
            for unit in used {
                let amount = Int64.random(in: 0...500, using: &generator)
                text += "\(amount)\(unit.name)"
                total += amount * unit.milliseconds
            }
            #expect(DurationText.parse(text) == (used.isEmpty ? nil : .milliseconds(total)), "\(text)")
            #expect(DurationText.parse(text.uppercased()) == DurationText.parse(text))
            guard used.count > 1 else { continue }
            let backwards = used.reversed().map { "1\($0.name)" }.joined()
            #expect(DurationText.parse(backwards) == nil, "\(backwards)")
        }
    }

    @Test("ISO 8601 says the same as units do")
    func iso() {
        var generator = SeededGenerator(seed: 22)
        for _ in 0..<2_000 {
            let (days, hours) = (Int.random(in: 0...40, using: &generator), Int.random(in: 0...40, using: &generator))
            let minutes = Int.random(in: 0...90, using: &generator)
            let seconds = Int.random(in: 0...90, using: &generator)
            let plain = DurationText.parse("\(days)d\(hours)h\(minutes)m\(seconds)s")
            #expect(plain != nil)
            #expect(DurationText.parse("P\(days)DT\(hours)H\(minutes)M\(seconds)S") == plain)
            #expect(DurationText.parse("PT\(hours)H\(minutes)M") == DurationText.parse("\(hours)h\(minutes)m"))
            #expect(DurationText.parse("P\(days)D") == .seconds(days * 86_400))
        }
    }

    @Test("A fraction of a unit is that fraction, to the nanosecond")
    func fractions() {
        let units: [(name: String, nanoseconds: Int64)] = [
            ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000),
            ("", 1_000_000_000),
        ]
        var generator = SeededGenerator(seed: 23)
        for _ in 0..<2_000 {
            let unit = units[Int.random(in: 0..<units.count, using: &generator)]
            let (whole, thousandths) = (
                Int64.random(in: 0...999, using: &generator), Int64.random(in: 0...999, using: &generator)
            )
            let digits = String(String(1000 + thousandths).dropFirst())
            let wanted = whole * unit.nanoseconds + unit.nanoseconds / 1000 * thousandths
            #expect(DurationText.parse("\(whole).\(digits)\(unit.name)") == .nanoseconds(wanted))
        }
    }

    @Test(
        "The longest durations that are read, and the next that are not",
        arguments: [
            ("106751d", "106752d"), ("2562047h", "2562048h"), ("153722867m", "153722868m"),
            ("9223372036s", "9223372037s"), ("9223372036854ms", "9223372036855ms"), ("9223372036.8", "9223372036.9"),
            ("P106751D", "P106752D"), ("106751d23h", "106751d24h"), ("PT2562047H47M", "PT2562047H48M"),
        ])
    func longest(taken: String, refused: String) {
        #expect(DurationText.parse(taken) != nil)
        #expect(DurationText.parse(refused) == nil)
    }
}

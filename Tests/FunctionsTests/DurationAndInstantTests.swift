import Functions
import TestSupport
import Testing

/// Durations of ISO 8601, and moments as values.
@Suite(.timeLimit(.minutes(1))) struct DurationAndInstantTests {
    @Test(arguments: [
        ("P7D", 604_800_000), ("PT6H", 21_600_000), ("PT30M", 1_800_000), ("P1W", 604_800_000),
        ("P1DT2H3M4S", 93_784_000),
        ("PT0.5S", 500), ("PT1,25S", 1_250), ("PT0S", 0), ("P36525D", 3_155_760_000_000), ("P1WT1S", 604_801_000),
        ("PT1.5H", 5_400_000), ("PT0,25M", 15_000), ("P1DT1H0.5M", 90_030_000), ("PT0.00001H", 36),
    ])
    func `Durations of a fixed length are read`(text: String, milliseconds: Int64) throws {
        #expect(try ISODuration.parse(text) == .milliseconds(milliseconds))
        #expect(ISODuration.fault(text) == nil)
    }

    @Test(arguments: [
        "", "P", "PT", "7D", "P7", "PD", "P1Y", "P1M", "P7DT", "PT1D", "P1H", "P1D2W", "PT1S1S", "P-1D", "-P1D",
        "P1.5D", "P1.5W", "P1.5DT1H", "PT1.S", "PT1.5H1M", "PT0.5M1S",
        "P36526D", "PT9999999999999S", "P1D ", " P1D", "p1d", "P١D", "PT1S\u{301}", "P1DT2HT3M",
    ])
    func `Other texts are told what to write`(text: String) throws {
        let fault = try #require(ISODuration.fault(text))
        #expect(!fault.message.isEmpty && !fault.hint.isEmpty)
    }

    @Test(arguments: Fuzzing.seeds(from: 500, count: 10))
    func `A moment's text is read as that moment`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let seconds = Int64.random(in: -62_167_219_200...253_402_300_799, using: &generator)
            let nanoseconds = generator.chance(50) ? 0 : Int32.random(in: 0...999_999_999, using: &generator)
            let moment = Instant(seconds: seconds, nanoseconds: nanoseconds)
            #expect(Instant(rfc3339: moment.rfc3339) == moment)
        }
    }

    @Test(arguments: Fuzzing.seeds(from: 600, count: 10))
    func `Every day has its date, and every date its day`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let day = Int64.random(in: -719_528...2_932_896, using: &generator)
            let (date, next) = (Instant.civil(fromDays: day), Instant.civil(fromDays: day + 1))
            #expect(Instant.days(fromCivil: date.year, date.month, date.day) == day)
            #expect((date.year, date.month, date.day) < (next.year, next.month, next.day))
        }
    }

    @Test func `Moments are ordered, and held within the years that can be written`() {
        let first = Instant(seconds: 0, nanoseconds: 999_999_999)
        #expect(first < Instant(seconds: 1))
        #expect(first.advanced(by: .nanoseconds(1)) == Instant(seconds: 1))
        #expect(Instant(seconds: 0).advanced(by: .nanoseconds(-1)) == Instant(seconds: -1, nanoseconds: 999_999_999))
        #expect(Instant(seconds: .max - 1).advanced(by: .seconds(100)) == Instant.range.upperBound)
        #expect(Instant(seconds: 0).advanced(by: .seconds(-Int64.max)) == Instant.range.lowerBound)
    }
}

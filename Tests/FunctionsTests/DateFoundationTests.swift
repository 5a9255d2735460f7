import Foundation
import Functions
import JSON
import TestSupport
import Testing

/// Dates against those that Foundation's own formatter writes: words and digits are learnt from it, the rest is ours.
@Suite(.timeLimit(.minutes(5))) struct DateFoundationTests {
    private static let patterns = [
        "d MMMM yyyy", "dd.MM.yyyy HH:mm", "EEEE, d MMM y", "EEE d LLL yy", "LLLL yyyy", "h:mm a", "hh:mm:ss.SSS a",
        "yyyy-MM-dd'T'HH:mm:ss", "M/d/yy", "MMMMM", "EEEEE EEEEEE", "'on' d. MMMM 'at' H 'o''clock'", "G y", "w Y",
        "QQQ yyyy", "d MMMM yyyy HH:mm z", "yyyy-MM-dd HH:mm:ssXXX", "D y", "LL.yyyy", "aaaa", "B h", "k:mm", "Z",
    ]

    /// What Foundation writes; making a formatter takes it longer than hundreds of dates.
    private struct Reference {
        private let formatter: DateFormatter

        init(_ pattern: String, _ zone: String, _ locale: String) {
            formatter = DateFormatter()
            formatter.locale = Locale(identifier: locale)
            formatter.calendar = Calendar(identifier: .gregorian)
            formatter.timeZone = TimeZone(identifier: zone)
            formatter.dateFormat = pattern
        }

        func text(_ instant: Instant) -> String {
            formatter.string(from: Date(timeIntervalSince1970: Double(instant.seconds)))
        }
    }

    private func ours(_ instant: Instant, _ pattern: String, _ zone: String, _ locale: String) throws -> String? {
        let arguments: [(name: String, value: FunctionValue)] = [
            ("pattern", .json(.string(pattern))), ("zone", .json(.string(zone))), ("locale", .json(.string(locale))),
        ]
        guard let spec = FunctionCatalogue.spec(named: "date"),
            case .value(let text) = try Pipes.prepare(spec, FunctionArguments(arguments)).apply(.instant(instant))
        else { return nil }
        return text.text
    }

    @Test func `Every locale writes months and days as Foundation does`() throws {
        let moments = (0..<12).map { Instant(seconds: 1_767_225_600 + 2_650_000 * $0) }
        for locale in Locale.availableIdentifiers.sorted() {
            for pattern in ["EEEE, d MMMM yyyy", "ccc d LLLL", "EEE dd MMM yy h:mm a"] {
                let reference = Reference(pattern, "UTC", locale)
                for moment in moments {
                    let found = try ours(moment, pattern, "UTC", locale)
                    #expect(found == reference.text(moment), "\(locale) \(pattern) \(moment.rfc3339)")
                }
            }
        }
    }

    @Test(arguments: patterns)
    func `Every pattern is written as Foundation does`(pattern: String) throws {
        var generator = SeededGenerator(seed: 7)
        for locale in ["ru", "en-US", "de", "fr", "ja", "ar_EG", "fa", "kk", "th", "zh_Hant", "hi", "cs", "mr", "he"] {
            for zone in ["UTC", "Europe/Moscow", "Asia/Almaty", "America/New_York"] {
                let reference = Reference(pattern, zone, locale)
                for _ in 0..<4 {
                    let moment = Instant(seconds: Int64.random(in: -5_000_000_000...8_000_000_000, using: &generator))
                    let found = try ours(moment, pattern, zone, locale)
                    #expect(found == reference.text(moment), "\(locale) \(pattern) \(zone) \(moment.rfc3339)")
                }
            }
        }
    }

    @Test(arguments: TimeZone.knownTimeZoneIdentifiers.sorted())
    func `Every zone's clock shows what Foundation's does`(zone: String) throws {
        var generator = SeededGenerator(seed: 11)
        let reference = Reference("yyyy-MM-dd HH:mm:ss", zone, "en")
        for _ in 0..<5 {
            let moment = Instant(seconds: Int64.random(in: -2_000_000_000...4_000_000_000, using: &generator))
            let found = try ours(moment, "yyyy-MM-dd HH:mm:ss", zone, "en")
            #expect(found == reference.text(moment), "\(zone) \(moment.rfc3339)")
        }
    }
}

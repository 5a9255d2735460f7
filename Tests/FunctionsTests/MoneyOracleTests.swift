import Functions
import JSON
import TestSupport
import Testing

/// Amounts against those that another library with CLDR data (Babel 2.18.0) wrote.
@Suite(.timeLimit(.minutes(1))) struct MoneyOracleTests {
    /// Why an amount is written otherwise here, and how the two texts are related.
    private struct Difference: Sendable {
        let cause: String
        /// Locale, currency and amount of each case.
        let cases: [String]
        /// What makes the two texts one.
        let relation: @Sendable (String) -> String
    }

    private static let differences = [
        Difference(
            cause: "CLDR's currency spacing: letters beside digits get a space, which the oracle leaves out",
            cases: [
                "en-US RUB 0", "en-US RUB 1499.00", "en-US KZT 12.345", "en-US TRY 0.5", "en-US TRY -5.1",
                "en-US KWD 12.345", "en-GB RUB 0", "en-GB RUB 1499.00", "en-GB KZT 12.345", "en-GB TRY 0.5",
                "en-GB TRY -5.1", "en-GB KWD 12.345", "tr-TR RUB 0", "tr-TR RUB 1499.00", "tr-TR KZT 12.345",
                "tr-TR KWD 12.345", "zh-CN RUB 0", "zh-CN RUB 1499.00", "zh-CN KZT 12.345", "zh-CN TRY 0.5",
                "zh-CN TRY -5.1", "zh-CN KWD 12.345", "ja-JP RUB 0", "ja-JP RUB 1499.00", "ja-JP KZT 12.345",
                "ja-JP TRY 0.5", "ja-JP TRY -5.1", "ja-JP KWD 12.345",
            ], relation: { $0.replacing(" ", with: "") }),
        Difference(
            cause: "CLDR's least grouping digits: 1499 has no separator in these languages; the oracle ignores them",
            cases: [
                "pl-PL RUB 1499.00", "pl-PL JPY 1499.00", "es-ES RUB 1499.00", "es-ES JPY 1499.00",
                "it-IT RUB 1499.00", "it-IT JPY 1499.00",
            ],
            relation: { $0.replacing("1 499", with: "1499").replacing("1.499", with: "1499") }),
        Difference(
            cause: "Foundation's ICU writes the yen in Japanese with the narrow sign, CLDR with the wide one",
            cases: ["ja-JP JPY 0", "ja-JP JPY 1499.00"], relation: { $0.replacing("￥", with: "¥") }),
    ]

    @Test(.enabled(if: Corpora.isPresent("format-oracles/money-cldr.json"), "\(Corpora.absent)"))
    func `Amounts are written as the oracle has them, but for spaces and the differences listed`() throws {
        let cases = try JSONDocument.parse(Corpora.bytes("format-oracles/money-cldr.json")).root.cases("cases")
        #expect(cases.count == 196)
        var different: [String] = []
        for item in cases {
            let (locale, currency) = (item.text("locale") ?? "", item.text("currency") ?? "")
            let amount = item.text("amount") ?? ""
            let money = #"{"money":{"currency":"\#(currency)","locale":"\#(locale)"}}"#
            let found = plain("\(try Pipes.run(Pipes.quoted(amount), #"["decimal",\#(money)]"#))")
            let expected = Pipes.quoted(plain(item.text("text") ?? ""))
            guard found != expected else { continue }
            let name = "\(locale) \(currency) \(amount)"
            different.append(name)
            let difference = Self.differences.first { $0.cases.contains(name) }
            #expect(difference?.relation(found) == difference?.relation(expected), "\(name): \(found), not \(expected)")
        }
        #expect(different.sorted() == Self.differences.flatMap(\.cases).sorted())
    }
}

import Foundation
import Functions
import JSON
import TestSupport
import Testing

/// Amounts against those that Foundation's own formatter writes: the formats are learnt from a few of its answers.
@Suite(.timeLimit(.minutes(5))) struct MoneyFoundationTests {
    private static let amounts = [
        "0", "0.01", "0.5", "1", "9.99", "10", "-5.1", "99.995", "100.005", "999", "1000", "1499.9", "9999.99",
        "12345.6",
        "-98765.43", "123456.789", "1234567.8", "-12345678.9", "123456789012.345", "1234567890123456789012345678.125",
    ]

    /// What Foundation writes.
    private func foundation(_ amount: String, _ currency: String, _ locale: String) -> String {
        let value = Decimal(string: amount, locale: Locale(identifier: "en_US_POSIX")) ?? 0
        return value.formatted(.currency(code: currency).locale(Locale(identifier: locale)))
    }

    private func ours(_ amount: String, _ currency: String, _ locale: String) throws -> String? {
        let arguments: [(name: String, value: FunctionValue)] = [
            ("currency", .json(.string(currency))), ("locale", .json(.string(locale))),
        ]
        let decimal = try Pipes.result(.json(.string(amount)), #""decimal""#)
        guard case .value(let value) = decimal, let spec = FunctionCatalogue.spec(named: "money"),
            case .value(let text) = try Pipes.prepare(spec, FunctionArguments(arguments)).apply(value)
        else { return nil }
        return text.text
    }

    @Test func `Every locale writes every amount as Foundation does`() throws {
        for (place, locale) in Locale.availableIdentifiers.sorted().enumerated() {
            let currencies = ["EUR", ["RUB", "JPY", "KWD", "USD", "KZT", "CHF", "INR", "CVE"][place % 8]]
            for currency in currencies {
                for amount in Self.amounts {
                    let expected = foundation(amount, currency, locale)
                    let found = try ours(amount, currency, locale)
                    #expect(found == expected, "\(locale) \(currency) \(amount)")
                }
            }
        }
    }

    @Test(arguments: ["ru_RU", "en_US", "de_CH", "ar_EG", "hi_IN", "pt_CV", "fa_IR", "es_ES"])
    func `Every currency is written as Foundation does`(locale: String) throws {
        // The rouble's old code is read as the rouble's own.
        for currency in Locale.Currency.isoCurrencies.map({ $0.identifier.uppercased() }).sorted()
        where currency != "RUR" {
            for amount in ["0", "1234.5675", "-1234567.125"] {
                #expect(
                    try ours(amount, currency, locale) == foundation(amount, currency, locale),
                    "\(locale) \(currency) \(amount)")
            }
        }
    }

    @Test(arguments: Fuzzing.seeds(from: 1, count: 20))
    func `Random amounts are written as Foundation does`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let locale = generator.pick(["ru_RU", "en_GB", "de_DE", "hi_IN", "pl_PL", "ar_EG", "fr_FR"], or: "en")
            let currency = generator.pick(["RUB", "EUR", "JPY", "KWD", "CLF", "RSD"], or: "USD")
            let digits = (0..<Int.random(in: 1...34, using: &generator)).map { _ in
                String(Int.random(in: 0...9, using: &generator))
            }.joined()
            let point = Int.random(in: 0...digits.count, using: &generator)
            let amount = (generator.chance(30) ? "-" : "") + "0\(digits.prefix(point)).\(digits.dropFirst(point))0"
            let expected = foundation(amount, currency, locale)
            let found = try ours(amount, currency, locale)
            // What rounds to zero loses its sign here.
            if found != foundation("0", currency, locale) {
                #expect(found == expected, "\(locale) \(currency) \(amount)")
            } else {
                #expect(expected.unicodeScalars.allSatisfy { ($0.properties.numericValue ?? 0) == 0 })
            }
        }
    }
}

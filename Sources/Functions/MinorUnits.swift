/// How many decimal places the minor unit of a currency has by ISO 4217.
///
/// Not what ICU shows: CLDR writes Serbian dinars and Iraqi dinars without decimals, while payment services count
/// their minor units.
enum MinorUnits {
    /// The places of a currency, given in capitals.
    static func places(of currency: String) -> Int {
        others[currency] ?? 2
    }

    /// The currencies in use whose minor unit is not a hundredth (ISO 4217, list one).
    private static let others: [String: Int] = {
        var others: [String: Int] = [:]
        for (places, codes) in [
            (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
            (3, "BHD IQD JOD KWD LYD OMR TND"), (4, "CLF UYW"),
        ] {
            for code in codes.split(separator: " ") { others[String(code)] = places }
        }
        return others
    }()
}

import JSON

/// Where an event comes from, as far as it tells: what money, dates and phone numbers are written by.
struct EventOrigin {
    /// The region: `RU`.
    let region: String
    /// The locale: `ru-RU`.
    let locale: String
    /// Whether the event tells it; else it is a guess.
    let isTold: Bool
    /// The zone: `Europe/Moscow`.
    var zone: String { EventOrigin.regions[region]?.zone ?? "UTC" }

    private static let regions: [String: (locale: String, zone: String)] = [
        "RU": ("ru-RU", "Europe/Moscow"), "KZ": ("ru-KZ", "Asia/Almaty"), "BY": ("ru-BY", "Europe/Minsk"),
        "UZ": ("ru-UZ", "Asia/Tashkent"), "DE": ("de-DE", "Europe/Berlin"), "PL": ("pl-PL", "Europe/Warsaw"),
        "GB": ("en-GB", "Europe/London"), "US": ("en-US", "America/New_York"), "FR": ("fr-FR", "Europe/Paris"),
    ]

    private static let currencies = [
        "RUB": "RU", "KZT": "KZ", "BYN": "BY", "UZS": "UZ", "EUR": "DE", "PLN": "PL", "GBP": "GB", "USD": "US",
    ]

    /// How phone numbers of a country begin, the longest first.
    private static let prefixes = [
        ("+998", "UZ"), ("+375", "BY"), ("+77", "KZ"), ("+49", "DE"), ("+48", "PL"), ("+44", "GB"), ("+33", "FR"),
        ("+7", "RU"), ("+1", "US"),
    ]

    init(_ scan: EventScan) {
        func texts(_ isMeant: (EventScan.Spot) -> Bool) -> [String] { scan.spots.filter(isMeant).flatMap(\.texts) }
        let languages = texts { $0.name.contains("locale") || $0.name.contains("lang") }
            .map { $0.replacing("_", with: "-") }
        let written = languages.first(where: EventOrigin.isLocale)
        let countries = texts { $0.names.contains { $0.hasPrefix("country") } }.map { $0.uppercased() }
        let currencies = texts { $0.names.contains { $0.contains("currency") } }
            .compactMap { EventOrigin.currencies[$0.uppercased()] }
        let phones = texts { $0.name.contains("phone") || $0.name == "mobile" }.compactMap(EventOrigin.region)
        let regions = countries + [written.map { String($0.suffix(2)) }].compactMap(\.self)
        let known = (regions + currencies + languages.map { $0.uppercased() } + phones)
            .first { EventOrigin.regions[$0] != nil }
        isTold = known != nil
        region = known ?? "RU"
        locale = written ?? EventOrigin.regions[region]?.locale ?? "ru-RU"
    }

    /// The region of a phone number that tells its country.
    static func region(ofPhone number: String) -> String? {
        prefixes.first { number.hasPrefix($0.0) }?.1
    }

    /// Whether a text is a language and a region: `de-DE`.
    private static func isLocale(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.count == 2 && parts[0].count == 2 && parts[1].count == 2
            && parts[0].allSatisfy { ("a"..."z").contains($0) } && parts[1].allSatisfy { ("A"..."Z").contains($0) }
    }
}

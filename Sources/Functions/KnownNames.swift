import EventPattern
import Foundation

/// The zones, currencies, locales and regions that exist, by Foundation's ICU data.
///
/// Names from events are looked up here too, so every answer comes from a table and unknown names cost little.
enum KnownNames {
    /// The zone with this IANA name, `UTC`, or an offset such as `GMT+3`.
    static func zone(_ name: String) throws(ArgumentFault) -> TimeZone {
        if isReadable(name), let zone = TimeZone(identifier: name) { return zone }
        let known = TimeZone.knownTimeZoneIdentifiers + ["UTC"]
        let city = known.first { $0.split(separator: "/").last?.lowercased() == name.lowercased() }
        let hint = city.map { "did you mean \"\($0)\"?" } ?? nearest(name, among: known)
        throw unknown("zone", name, hint ?? "write an IANA name, for example \"Europe/Moscow\" or \"UTC\"")
    }

    /// The currency's code of ISO 4217 in capitals; small letters, as payment services send them, are the same code.
    static func currency(_ name: String) throws(ArgumentFault) -> String {
        let code = name.uppercased()
        // The rouble's code until 1998, which feeds send to this day; as itself it would be printed as letters.
        if code == "RUR" { return "RUB" }
        if name.utf8.count == 3, currencies.contains(code) { return code }
        let known = Locale.commonISOCurrencyCodes
        throw unknown(
            "currency", name, nearest(code, among: known) ?? "write a code of ISO 4217, for example \"EUR\"")
    }

    /// The locale with this name: a language, perhaps a script and a region, joined by `-` or `_`.
    static func locale(_ name: String) throws(ArgumentFault) -> Locale {
        if let identifier = localeIdentifier(name) { return Locale(identifier: identifier) }
        let known = locales.map { $0.replacing("_", with: "-") }.sorted()
        let hint = alias(name, languageAliases) ?? nearest(name, among: known)
        throw unknown("locale", name, hint ?? "write for example \"ru-RU\" or \"en\"")
    }

    /// The region's code of ISO 3166 in capitals, if libphonenumber has rules for it.
    static func region(_ name: String) throws(ArgumentFault) -> String {
        let code = name.uppercased()
        if name.utf8.count == 2, PhoneNumber.knows(region: code) { return code }
        let known = Locale.Region.isoRegions.map(\.identifier).filter { PhoneNumber.knows(region: $0) }
        let hint = alias(code, regionAliases) ?? nearest(code, among: known)
        throw unknown("region", name, hint ?? "write two letters of ISO 3166, for example \"RU\"")
    }

    private static let currencies = Set(Locale.Currency.isoCurrencies.map { $0.identifier.uppercased() })
    private static let locales = Set(Locale.availableIdentifiers)
    private static let languages = Set(Locale.availableIdentifiers.compactMap { $0.split(separator: "_").first })
    private static let regions = Set(Locale.Region.isoRegions.map(\.identifier))

    /// The name as ICU writes it; nil when its language, script or region does not exist.
    private static func localeIdentifier(_ name: String) -> String? {
        guard isReadable(name) else { return nil }
        let whole = name.replacing("-", with: "_")
        if locales.contains(whole) { return whole }
        var parts = whole.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
        guard (1...3).contains(parts.count) else { return nil }
        parts[0] = parts[0].lowercased()
        guard languages.contains(Substring(parts[0])) else { return nil }
        if parts.count > 1, parts[1].count == 4 {
            parts[1] = parts[1].capitalized
            guard locales.contains(parts[0] + "_" + parts[1]) else { return nil }
        } else if parts.count == 3 {
            return nil
        }
        if let last = parts.indices.last, last > 0, parts[last].count != 4 {
            parts[last] = parts[last].uppercased()
            guard regions.contains(parts[last]) || locales.contains(parts.joined(separator: "_")) else { return nil }
        }
        return parts.joined(separator: "_")
    }

    /// Names are short and ASCII; anything else is not worth asking ICU about.
    private static func isReadable(_ name: String) -> Bool {
        (1...40).contains(name.utf8.count)
            && name.utf8.allSatisfy { $0 > UInt8(ascii: " ") && $0 < 0x7F }
    }

    /// What people write who mean another code.
    private static let regionAliases = ["UK": "GB", "EN": "GB", "SU": "RU"]
    private static let languageAliases = [
        "ua": "uk", "ua-UA": "uk-UA", "kz": "kk", "kz-KZ": "kk-KZ", "cz": "cs", "cz-CZ": "cs-CZ", "en-UK": "en-GB",
    ]

    private static func alias(_ name: String, _ aliases: [String: String]) -> String? {
        aliases[name.replacing("_", with: "-")].map { "did you mean \"\($0)\"?" }
    }

    /// Of two letters half are left when one is wrong: any code would be as near.
    private static func nearest(_ name: String, among known: [String]) -> String? {
        guard name.utf8.count > 2 else { return nil }
        return Spelling.nearest(name, among: known).map { "did you mean \"\($0)\"?" }
    }

    private static func unknown(_ what: String, _ name: String, _ hint: String) -> ArgumentFault {
        ArgumentFault(
            .unknownName, parameter: what, "there is no \(what) \"\(name.prefix(40))\"", hint: hint)
    }
}

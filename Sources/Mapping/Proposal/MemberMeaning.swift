import Functions
import JSON

/// What a value of an event means to a message, by its name and its form.
enum MemberMeaning {
    /// An amount; `isMinor` where it counts cents.
    case money(isMinor: Bool)
    /// A moment, and how it is read.
    case moment(MomentReading)
    /// Anything else worth showing.
    case plain
    /// Nothing for a message: ids of other things, keys, flags, what finds the person.
    case hidden

    /// How a moment is written.
    enum MomentReading {
        case rfc3339
        case unix
        /// A time by a pattern, without a zone; UTC where its name says so.
        case local(pattern: String, isUTC: Bool)
    }

    private static let amounts = [
        "price", "total", "amount", "subtotal", "tax", "discount", "revenue", "shipping", "cost", "sum", "balance",
    ]
    private static let counts = ["quantity", "count", "number", "percent", "rate", "id"]
    private static let secrets = ["token", "secret", "key", "password", "signature", "ip", "hash", "version"]

    /// The meaning of a scalar.
    init(name: String, _ node: JSONNode, currency: String?) {
        let words = MemberMeaning.words(name)
        switch node.kind {
        case .string, .number: break
        default:
            self = .hidden
            return
        }
        if let reading = MemberMeaning.moment(words, node) {
            self = .moment(reading)
        } else if MemberMeaning.isHidden(name.lowercased(), words) {
            self = .hidden
        } else if MemberMeaning.isAmount(words, node) {
            // Whole numbers beside a currency in lower case are how payment services count cents.
            let isMinor = words.contains { ["cent", "cents", "minor"].contains($0) }
            let isService = currency.map { $0 == $0.lowercased() } ?? false
            self = .money(isMinor: isMinor || isService && node.number?.int64 != nil)
        } else {
            self = .plain
        }
    }

    /// `discountTotal`, `discount_total` and `discount-total` are two words.
    private static func words(_ name: String) -> [String] {
        var words: [String] = [""]
        var wasLower = false
        for character in name {
            if !character.isLetter && !character.isNumber {
                words.append("")
            } else {
                if character.isUppercase, wasLower { words.append("") }
                words[words.count - 1] += character.lowercased()
            }
            wasLower = character.isLowercase
        }
        return words.filter { !$0.isEmpty }
    }

    private static func isHidden(_ name: String, _ words: [String]) -> Bool {
        if name.contains("mail") || name.contains("phone") || name == "mobile" || name.hasPrefix("_") { return true }
        if words.contains(where: secrets.contains) { return true }
        return words.count > 1 && words.last == "id" || words == ["schema"] || words == ["object"]
    }

    private static func isAmount(_ words: [String], _ node: JSONNode) -> Bool {
        guard words.contains(where: amounts.contains), !words.contains(where: counts.contains) else { return false }
        return node.number != nil || node.string.flatMap(JSONNumber.init) != nil
    }

    private static func moment(_ words: [String], _ node: JSONNode) -> MomentReading? {
        if let text = node.string {
            if Instant(rfc3339: text) != nil { return .rfc3339 }
            for (pattern, shape) in [
                ("yyyy-MM-dd HH:mm:ss", "0000-00-00 00:00:00"), ("yyyy-MM-dd'T'HH:mm:ss", "0000-00-00T00:00:00"),
            ] where String(text.map { $0.isNumber ? "0" : $0 }) == shape {
                return .local(pattern: pattern, isUTC: words.contains { ["gmt", "utc"].contains($0) })
            }
            return nil
        }
        let isTime = words.contains {
            ["created", "updated", "time", "timestamp", "at", "attempt", "date"].contains($0)
        }
        guard isTime, let seconds = node.number?.int64, (1_000_000_000..<3_000_000_000).contains(seconds) else {
            return nil
        }
        return .unix
    }
}

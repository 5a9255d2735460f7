import Foundation

/// Reads dates and times of one pattern, such as `yyyy-MM-dd HH:mm:ss`, in one zone.
///
/// Strict: a field takes as many digits as its letter stands times; a single letter takes one digit or more. Names of
/// months and days are the English ones, in any case, as mail and web servers write them.
struct DateReader: Sendable {
    private let parts: [DatePattern.Part]
    /// Nil where the text itself says how far from UTC it is.
    private let zone: TimeZone?

    private static let letters: [Unicode.Scalar] = Array("yMdEaHhmsSXxZ".unicodeScalars)
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    private static let longMonths = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
    private static let days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
    private static let longDays = [
        "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    ]

    /// Makes a reader ready.
    ///
    /// - Throws: ``ArgumentFault`` when the pattern cannot be read, names no whole date, or names no zone and none is
    ///   given.
    init(pattern: DatePattern, zone: TimeZone?) throws(ArgumentFault) {
        let letters = pattern.parts.compactMap(\.letter)
        if let letter = letters.first(where: { !DateReader.letters.contains($0) }) {
            throw DatePattern.fault(
                "\"\(letter)\" cannot be read from a text",
                hint: "there are \(DateReader.letters.map(String.init).joined(separator: " "))")
        }
        if let letter = letters.first(where: { letter in letters.filter { $0 == letter }.count > 1 }) {
            throw DatePattern.fault(
                "\"\(letter)\" stands at two places", hint: "name each part once, as in \"dd.MM.yyyy\"")
        }
        guard Set(letters).isSuperset(of: ["y", "M", "d"]) else {
            throw DatePattern.fault("the pattern must name year, month and day", hint: "for example \"yyyy-MM-dd\"")
        }
        guard letters.contains("h") == letters.contains("a"), !(letters.contains("h") && letters.contains("H")) else {
            throw DatePattern.fault(
                "the hour is \"HH\", or \"h\" together with \"a\"",
                hint: "for example \"HH:mm\" or \"hh:mm a\"")
        }
        let hasOffset = !Set(letters).isDisjoint(with: ["X", "x", "Z"])
        if zone == nil, !hasOffset {
            throw ArgumentFault(
                .unsuitable, parameter: nil, "a pattern without \"X\" needs \"zone\"",
                hint: "for example \"zone\": \"Europe/Moscow\"")
        }
        parts = pattern.parts
        self.zone = hasOffset ? nil : zone
    }

    /// The moment that a text names; nil when it is none of the pattern, or a day that does not exist.
    func instant(_ text: String) -> Instant? {
        guard text.utf8.count <= 200 else { return nil }
        var cursor = ByteCursor(bytes: Array(text.utf8))
        var read = Read()
        for part in parts {
            switch part {
            case .literal(let literal):
                guard cursor.take(literal.utf8) else { return nil }
            case .field(let letter, let width):
                guard take(letter, width, &cursor, into: &read) else { return nil }
            }
        }
        guard cursor.isAtEnd, let local = read.local else { return nil }
        guard let zone else { return Instant(seconds: local.seconds - read.offset, nanoseconds: local.nanoseconds) }
        return zone.instant(showing: local)
    }

    /// What has been read; the time of day is midnight unless it is named.
    private struct Read {
        var year: Int64 = 0
        var month: Int64 = 0
        var day: Int64 = 0
        var hour: Int64 = 0
        var minute: Int64 = 0
        var second: Int64 = 0
        var nanoseconds: Int64 = 0
        /// 0 before noon, 1 after; nil where hours go to 23.
        var half: Int64?
        var hourOfTwelve: Int64?
        var offset: Int64 = 0

        /// Date and time as if they were UTC; nil when there is no such date or time.
        var local: Instant? {
            var hour = hour
            if let hourOfTwelve, let half { hour = hourOfTwelve % 12 + half * 12 }
            guard (1...12).contains(month), day >= 1, day <= Instant.days(inMonth: month, of: year), hour < 24,
                minute < 60, second <= 60, (1...12).contains(hourOfTwelve ?? 1)
            else { return nil }
            let days = Instant.days(fromCivil: year, month, day)
            return Instant(
                seconds: days * 86_400 + hour * 3_600 + minute * 60 + second, nanoseconds: Int32(nanoseconds))
        }
    }

    private func take(_ letter: Unicode.Scalar, _ width: Int, _ cursor: inout ByteCursor, into read: inout Read) -> Bool
    {
        switch letter {
        case "y": set(&read.year, year(width, &cursor))
        case "M" where width > 3: set(&read.month, cursor.word(DateReader.longMonths).map { Int64($0) + 1 })
        case "M" where width > 2: set(&read.month, cursor.word(DateReader.months).map { Int64($0) + 1 })
        case "M": set(&read.month, cursor.number(width, most: 2))
        case "d": set(&read.day, cursor.number(width, most: 2))
        case "E": cursor.word(width > 3 ? DateReader.longDays : DateReader.days) != nil
        case "a": set(&read.half, cursor.word(["am", "pm"]).map(Int64.init))
        case "H": set(&read.hour, cursor.number(width, most: 2))
        case "h": set(&read.hourOfTwelve, cursor.number(width, most: 2))
        case "m": set(&read.minute, cursor.number(width, most: 2))
        case "s": set(&read.second, cursor.number(width, most: 2))
        case "S": set(&read.nanoseconds, cursor.fraction(width))
        case "X" where cursor.take("Z"): true
        default: set(&read.offset, cursor.looseOffset())
        }
    }

    /// Two digits are 1970 to 2069, as in POSIX but for one year.
    private func year(_ width: Int, _ cursor: inout ByteCursor) -> Int64? {
        guard width == 2 else { return cursor.number(width, most: 4) }
        return cursor.number(2, most: 2).map { $0 < 70 ? $0 + 2_000 : $0 + 1_900 }
    }

    private func set(_ place: inout Int64, _ value: Int64?) -> Bool {
        place = value ?? place
        return value != nil
    }

    private func set(_ place: inout Int64?, _ value: Int64?) -> Bool {
        place = value
        return value != nil
    }
}

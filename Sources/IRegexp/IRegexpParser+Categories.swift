/// `charClassEsc = catEsc / complEsc`: Unicode's general categories.
extension IRegexpParser {
    /// Reads `\p{…}` or `\P{…}` where one stands and answers what to write between RE2's brackets; nil otherwise.
    mutating func category() throws(IRegexpError) -> String? {
        guard place + 1 < scalars.count, scalars[place + 1] == "p" || scalars[place + 1] == "P" else { return nil }
        let isComplement = scalars[place + 1] == "P"
        let name = scalars[(place + 2)...].prefix(4)
        guard name.first == "{", let end = name.firstIndex(of: "}") else { throw unknownCategory() }
        var text = ""
        for scalar in name[(place + 3)..<end] { text.unicodeScalars.append(scalar) }
        guard IRegexpParser.isCategory(text) else { throw unknownCategory() }
        place = end + 1
        return IRegexpParser.translation(of: text, isComplement: isComplement)
    }

    private func unknownCategory() -> IRegexpError {
        error("expected a general category of Unicode, such as \\p{L}, \\p{Lu} or \\p{Nd}")
    }

    private static func isCategory(_ text: String) -> Bool {
        guard let first = text.first, let minors = minors[first] else { return false }
        let rest = text.dropFirst()
        return rest.isEmpty || rest.count == 1 && rest.allSatisfy(minors.contains)
    }

    private static let minors: [Character: String] = [
        "L": "lmotu", "M": "cen", "N": "dlo", "P": "cdefios", "Z": "lps", "S": "ckmo", "C": "cfno",
    ]

    /// RE2 knows no unassigned characters (`Cn`, and so not all of `C`): those are spelled out.
    private static func translation(of category: String, isComplement: Bool) -> String {
        let assigned = "\\p{L}\\p{M}\\p{N}\\p{P}\\p{Z}\\p{S}"
        switch (category, isComplement) {
        case ("Cn", false): return unassigned
        case ("Cn", true): return assigned + "\\p{C}"
        case ("C", false): return "\\p{C}" + unassigned
        case ("C", true): return assigned
        default: return (isComplement ? "\\P{" : "\\p{") + category + "}"
        }
    }

    /// The unassigned characters as ranges, by the Unicode version of Swift's library; found once, when first asked for.
    private static let unassigned: String = {
        var ranges = ""
        var start: UInt32?
        for value in 0...(UInt32(0x10FFFF) + 1) {
            let category = Unicode.Scalar(value)?.properties.generalCategory
            if category == .unassigned {
                start = start ?? value
            } else if let first = start {
                ranges += "\\x{\(String(first, radix: 16))}-\\x{\(String(value - 1, radix: 16))}"
                start = nil
            }
        }
        return ranges
    }()
}

/// Sizes in bytes as people write them: `16MiB`, `64 KiB`, `10 MB`, or plain bytes.
package enum SizeText {
    private static let units: [(name: String, bytes: Int)] = [
        ("gib", 1 << 30), ("mib", 1 << 20), ("kib", 1 << 10),
        ("gb", 1_000_000_000), ("mb", 1_000_000), ("kb", 1_000), ("bytes", 1), ("byte", 1), ("b", 1), ("", 1),
    ]

    /// Reads a number of bytes; nil when the text is no size or does not fit.
    package static func parse(_ text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }.lowercased()
        guard let amount = Int(digits), let size = units.first(where: { $0.name == unit })?.bytes else { return nil }
        let (bytes, overflow) = amount.multipliedReportingOverflow(by: size)
        return overflow ? nil : bytes
    }

    /// The shortest way to write a size: `16 MiB`, `500 bytes`.
    package static func describe(_ bytes: Int) -> String {
        for (name, size) in [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]
        where bytes >= size && bytes % size == 0 {
            return "\(bytes / size) \(name)"
        }
        return bytes == 1 ? "1 byte" : "\(bytes) bytes"
    }
}

package import Logging

/// Log lines under construction: a growing block of bytes to which one line after another is added.
///
/// Knows both forms (JSON and text), escapes whatever it is given, and bounds every line: a value is cut at
/// `valueLimit` bytes and a line takes no further members beyond `lineLimit`. A line is begun, given members, ended;
/// what is in `bytes` after `end` is always whole lines.
package struct LogLine: Sendable {
    /// Most bytes of one line; a longer one loses its last members and says `truncated`.
    package static let lineLimit = 16 * 1024
    /// Most bytes of one value, before escaping.
    package static let valueLimit = 2 * 1024
    /// What is kept free for the end of a line: the mark of truncation and the closing brace.
    private static let reserve = 64

    /// Whole lines, and the one under construction.
    package internal(set) var bytes: [UInt8] = []
    /// How the lines look.
    package let format: LineFormat
    private var start = 0
    private var isTruncated = false
    private var clock = TimestampText()

    /// An empty block for lines of one form.
    package init(format: LineFormat) {
        self.format = format
    }

    /// Where the line under construction must have ended, its end mark aside.
    var hardEnd: Int { start + Self.lineLimit - Self.reserve }

    /// Begins a line with what every line has.
    package mutating func begin(_ time: Timestamp, _ level: Logger.Level, _ message: String) {
        start = bytes.count
        isTruncated = false
        clock.prepare(time)
        switch format {
        case .json:
            append("{\"time\":\"")
            bytes.append(contentsOf: clock.prefix)
            bytes.append(UInt8(ascii: "."))
            bytes.appendDecimal(time.fraction, width: 3)
            append("Z\",\"level\":\"")
            append(level.rawValue)
            append("\",\"message\":\"")
            appendEscaped(message)
            bytes.append(UInt8(ascii: "\""))
        case .text:
            bytes.append(contentsOf: clock.prefix.dropFirst(11))
            bytes.append(UInt8(ascii: "."))
            bytes.appendDecimal(time.fraction, width: 3)
            bytes.append(UInt8(ascii: " "))
            append(level.rawValue)
            for _ in level.rawValue.utf8.count..<9 { bytes.append(UInt8(ascii: " ")) }
            appendEscaped(message)
        }
    }

    /// Ends the line.
    package mutating func end() {
        switch (format, isTruncated) {
        case (.json, true): append(",\"truncated\":true}\n")
        case (.json, false): append("}\n")
        case (.text, true): append(" truncated=true\n")
        case (.text, false): append("\n")
        }
        start = bytes.count
    }

    /// Adds a member with text.
    package mutating func add(_ key: LogKey, _ value: String) {
        guard openMember(key) else { return }
        appendValue(value)
    }

    /// Adds a member with text where there is any.
    package mutating func add(_ key: LogKey, _ value: String?) {
        if let value { add(key, value) }
    }

    /// Adds a member with a number.
    package mutating func add(_ key: LogKey, _ value: some BinaryInteger) {
        guard openMember(key) else { return }
        bytes.appendDecimal(value)
    }

    /// Adds a member with a truth value.
    package mutating func add(_ key: LogKey, _ value: Bool) {
        guard openMember(key) else { return }
        append(value ? "true" : "false")
    }

    /// Adds a duration in milliseconds with three decimals.
    package mutating func add(_ key: LogKey, milliseconds duration: Duration) {
        guard openMember(key) else { return }
        let (seconds, attoseconds) = duration.components
        let microseconds = seconds &* 1_000_000 &+ attoseconds / 1_000_000_000_000
        if microseconds < 0 { bytes.append(UInt8(ascii: "-")) }
        bytes.appendDecimal(microseconds.magnitude / 1000)
        bytes.append(UInt8(ascii: "."))
        bytes.appendDecimal(microseconds.magnitude % 1000, width: 3)
    }

    /// Adds a member with a name of the caller's: metadata of libraries.
    package mutating func add(named name: String, _ value: String) {
        guard openMember(name, isPlain: false) else { return }
        appendValue(value)
    }

    /// Writes the name of a member of ours, which needs no escaping; false when the line has no room for another.
    private mutating func openMember(_ key: LogKey) -> Bool {
        openMember(key.rawValue, isPlain: true)
    }

    private mutating func openMember(_ name: String, isPlain: Bool) -> Bool {
        guard !isTruncated, bytes.count + name.utf8.count + 16 < hardEnd else {
            isTruncated = true
            return false
        }
        append(format == .json ? ",\"" : " ")
        if isPlain { append(name) } else { appendEscaped(name) }
        append(format == .json ? "\":" : "=")
        return true
    }

    private mutating func appendValue(_ value: String) {
        switch format {
        case .json:
            bytes.append(UInt8(ascii: "\""))
            appendEscaped(value)
            bytes.append(UInt8(ascii: "\""))
        case .text:
            appendTextValue(value)
        }
    }

    /// Exchanges the whole lines written so far for an empty block, whose memory is used again.
    mutating func exchange(for block: inout [UInt8]) {
        block.removeAll(keepingCapacity: true)
        swap(&bytes, &block)
        start = 0
    }
}

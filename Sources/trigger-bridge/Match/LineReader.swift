import Foundation

/// Reads a file line by line, however many lines it has, and holds one part of it at a time.
struct LineReader {
    /// A line, without its line break.
    enum Line {
        case text([UInt8])
        /// Longer than ``mostBytes``: it was passed over.
        case tooLong
    }

    /// Longest line: an event of the largest kind and a pattern.
    static let mostBytes = 64 << 20
    private static let partBytes = 1 << 18

    private let file: FileHandle
    private var part: [UInt8] = []
    private var place = 0
    private var isAtEnd = false

    /// Reads a file, or standard input where the path is `-`.
    ///
    /// - Throws: what the system says when it cannot be opened.
    init(_ path: String) throws {
        file = path == "-" ? .standardInput : try FileHandle(forReadingFrom: URL(filePath: path))
    }

    /// The next line, or nil after the last.
    ///
    /// - Throws: what the system says when reading fails.
    mutating func next() throws -> Line? {
        var line: [UInt8] = []
        var isTooLong = false
        while true {
            if place == part.count {
                guard try readPart() else { break }
            }
            let end = part[place...].firstIndex(of: UInt8(ascii: "\n"))
            isTooLong = isTooLong || line.count + (end ?? part.count) - place > Self.mostBytes
            if isTooLong { line = [] } else { line += part[place..<(end ?? part.count)] }
            place = end.map { $0 + 1 } ?? part.count
            if end != nil { return isTooLong ? .tooLong : .text(line) }
        }
        if isTooLong { return .tooLong }
        return line.isEmpty ? nil : .text(line)
    }

    private mutating func readPart() throws -> Bool {
        guard !isAtEnd, let data = try file.read(upToCount: Self.partBytes), !data.isEmpty else {
            isAtEnd = true
            return false
        }
        part = Array(data)
        place = 0
        return true
    }
}

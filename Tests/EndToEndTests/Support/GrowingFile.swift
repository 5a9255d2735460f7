import Foundation

/// The whole lines of a file that another process writes.
struct GrowingFile {
    private let path: String
    private var offset: UInt64 = 0
    private var rest: [UInt8] = []

    init(_ path: String) { self.path = path }

    /// The lines that have been added since the last call; half a line waits for its other half.
    mutating func newLines() throws -> [[UInt8]] {
        let file = try FileHandle(forReadingFrom: URL(filePath: path))
        defer { try? file.close() }
        try file.seek(toOffset: offset)
        let added = try file.readToEnd() ?? Data()
        offset += UInt64(added.count)
        rest += added
        var lines = rest.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
        rest = lines.popLast() ?? []
        return lines
    }

    /// The text that is there now.
    static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }
}

import Files
import JSON
import Settings

/// `match --cases`: decides one line after another, and prints what each comes to.
struct MatchCases {
    private let name: String
    private var reader: LineReader
    private var output: [UInt8] = []
    private var isFaulty = false

    /// Results are printed in pieces of this size, and at the end.
    private static let pieceBytes = 1 << 16

    /// Opens a file, or standard input where the path is `-`.
    ///
    /// - Throws: `usage`, after saying why.
    init(_ path: String) throws(CommandExit) {
        name = InputFile.name(of: path)
        do {
            reader = try LineReader(path)
        } catch {
            Terminal.error("error: \(name) cannot be read: \(FileFault.reason(error))")
            throw .usage
        }
    }

    /// Decides all lines; a line that is no case is named, and the others are decided nevertheless.
    ///
    /// - Throws: `usage` at the end where there was such a line.
    mutating func run() throws(CommandExit) {
        var number = 0
        do {
            while !Terminal.isAbandoned, let line = try reader.next() {
                number += 1
                decide(line, number)
                if output.count >= Self.pieceBytes { flush() }
            }
        } catch {
            complain(number + 1, 1, "the rest of the file cannot be read: \(FileFault.reason(error))")
        }
        flush()
        if isFaulty { throw .usage }
    }

    private mutating func decide(_ line: LineReader.Line, _ number: Int) {
        guard case .text(let bytes) = line else {
            return complain(number, 1, "the line has more than \(LineReader.mostBytes >> 20) MiB")
        }
        // An empty line is nobody's case; editors leave them at the end.
        guard bytes.contains(where: { $0 > 0x20 }) else { return }
        do throws(MatchCase.Fault) {
            let (id, outcome) = try MatchCase.decide(bytes)
            var writer = JSONWriter(reserving: 64)
            writer.value(.object([("id", .node(id)), ("outcome", .string(outcome.rawValue))]))
            output += writer.bytes
            output.append(UInt8(ascii: "\n"))
        } catch {
            complain(number, error.column, error.message)
        }
    }

    private mutating func complain(_ line: Int, _ column: Int, _ message: String) {
        isFaulty = true
        flush()
        Terminal.error("\(name):\(line):\(column): error: \(message)")
    }

    private mutating func flush() {
        Terminal.write(output)
        output.removeAll(keepingCapacity: true)
    }
}

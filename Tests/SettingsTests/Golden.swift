import Foundation
import Testing

/// A golden file beside these tests: what a text must be, to the byte.
///
/// `UPDATE_GOLDEN=1 swift test` writes the files anew; the difference is then for review to judge.
enum Golden {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

    static func expect(_ text: String, equals name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let file = folder.appending(path: name)
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        let wanted = try String(contentsOf: file, encoding: .utf8)
        let pairs = zip(lines(text), lines(wanted)).enumerated()
        if let (number, (got, want)) = pairs.first(where: { $0.element.0 != $0.element.1 }) {
            Issue.record("\(name):\(number + 1)\n is \(got)\nnot \(want)", sourceLocation: sourceLocation)
        }
        #expect(lines(text).count == lines(wanted).count, "\(name)", sourceLocation: sourceLocation)
    }

    private static func lines(_ text: String) -> [Substring] {
        text.split(separator: "\n", omittingEmptySubsequences: false)
    }
}

/// A generator with a seed, so that a failing case can be made again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Text made of an alphabet.
    mutating func text(of alphabet: String, upTo count: Int) -> String {
        let letters = Array(alphabet)
        return String(
            (0..<Int.random(in: 0...count, using: &self)).compactMap { _ in letters.randomElement(using: &self) })
    }
}

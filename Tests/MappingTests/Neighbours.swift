import JSON
import Mapping
import Testing

/// A file with one finding, told in full, and the smallest change of it that says nothing.
struct Neighbours: Sendable, CustomTestStringConvertible {
    /// Code, line and column, pointer: `E102 6:15 /owner`.
    let place: String
    /// The keys of the mapping that has the finding.
    let faulty: String
    /// The keys of its neighbour.
    let right: String
    let message: String
    let hint: String

    var testDescription: String { "\(place): \(faulty)" }

    /// Reads cases with empty lines between them: place, `- ` faulty keys, `+ ` right keys, message, hint.
    static func table(_ text: String) -> [Neighbours] {
        text.split(separator: "\n\n").map { block in
            let lines = block.split(separator: "\n").map(String.init)
            precondition(lines.count == 5, "\(block)")
            return Neighbours(
                place: lines[0], faulty: String(lines[1].dropFirst(2)), right: String(lines[2].dropFirst(2)),
                message: lines[3], hint: lines[4])
        }
    }

    /// Compiles both.
    func check() throws {
        let (mapping, found) = Sample.compile(Sample.mapping(faulty))
        #expect(found.map { "\($0.code.rawValue) \($0.position) \($0.pointer)" } == [place])
        #expect(found.first?.message == message)
        #expect(found.first?.hint == hint)
        #expect((mapping == nil) == place.hasPrefix("E"))
        let neighbour = Sample.compile(Sample.mapping(right))
        #expect(neighbour.mapping != nil && neighbour.diagnostics == [], "\(neighbour.diagnostics)")
    }
}

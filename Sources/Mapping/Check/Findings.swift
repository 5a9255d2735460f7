import JSON

/// Collects what is said about one file while it is compiled.
///
/// A class, because every part of the compiler adds to it; it never leaves the thread that compiles.
final class Findings {
    private let file: String
    private(set) var diagnostics: [Diagnostic] = []
    private var positions: (document: JSONDocument, reader: JSONPositions)?

    /// More are not listed: a file with so many is no mapping, and whoever mends some reads on.
    static let most = 1_000

    init(file: String) {
        self.file = file
    }

    /// Whether any finding keeps the file from going live.
    var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// Says something about a value.
    func add(_ code: DiagnosticCode, at place: Place, _ message: String, hint: String? = nil) {
        add(code, offset: place.node.offset, in: place.node.document, place.pointer, message, hint: hint)
    }

    /// Says something about a member's name.
    func add(_ code: DiagnosticCode, name: NamedPlace, _ message: String, hint: String? = nil) {
        add(code, offset: name.nameNode.offset, in: name.nameNode.document, name.place.pointer, message, hint: hint)
    }

    /// Says something about a character inside a text: its number in the decoded text, from 0.
    func add(_ code: DiagnosticCode, at place: Place, scalar: Int, _ message: String, hint: String? = nil) {
        let offset = SourceText.offset(ofScalar: scalar, in: place.node)
        add(code, offset: offset, in: place.node.document, place.pointer, message, hint: hint)
    }

    /// Says something about a byte of the file.
    func add(
        _ code: DiagnosticCode, offset: Int, in document: JSONDocument, _ pointer: JSONPointer, _ message: String,
        hint: String? = nil
    ) {
        guard diagnostics.count < Findings.most else { return }
        if positions?.document !== document { positions = (document, JSONPositions(document.bytes)) }
        let position = positions?.reader.position(at: offset) ?? JSONPosition(offset: offset, in: document.bytes)
        add(code, position, pointer, message, hint: hint)
    }

    /// Says something about a position.
    func add(
        _ code: DiagnosticCode, _ position: JSONPosition, _ pointer: JSONPointer, _ message: String, hint: String? = nil
    ) {
        guard diagnostics.count < Findings.most else { return }
        diagnostics.append(
            Diagnostic(
                file: file, position: position, code: code, pointer: pointer, message: message, hint: hint))
    }
}

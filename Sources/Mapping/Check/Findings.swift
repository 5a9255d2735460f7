import JSON

/// Collects what is said about one file while it is compiled.
///
/// A class, because every part of the compiler adds to it; it never leaves the thread that compiles.
final class Findings {
    private let file: String
    private var listed: [Diagnostic] = []
    private var listedErrors = 0
    /// How many were not listed, and where the first of them is.
    private var unlisted: (count: Int, position: JSONPosition)?
    private var positions: (document: JSONDocument, reader: JSONPositions)?

    /// More are not listed: a file with so many is no mapping, and whoever mends some reads on.
    static let most = 1_000

    init(file: String) {
        self.file = file
    }

    /// Whether anything of these kinds was found.
    func contains(_ codes: Set<DiagnosticCode>) -> Bool { listed.contains { codes.contains($0.code) } }

    /// Whether any finding keeps the file from going live.
    var hasErrors: Bool { listedErrors > 0 }

    /// What was found, and last how much more there is than that.
    var diagnostics: [Diagnostic] {
        guard let unlisted else { return listed }
        let more = Diagnostic(
            file: file, position: unlisted.position, code: .unlisted, pointer: JSONPointer(),
            message: "\(unlisted.count) more findings in this file are not listed",
            hint: "mend what is listed, and check again")
        return listed + [more]
    }

    /// Says something about a value.
    func add(_ code: DiagnosticCode, at place: Place, _ message: String, hint: String? = nil) {
        add(code, offset: place.node.offset, in: place.node.document, place.pointer, message, hint: hint)
    }

    /// Says something about a member's name.
    func add(_ code: DiagnosticCode, name: NamedPlace, _ message: String, hint: String? = nil) {
        add(code, offset: name.nameNode.offset, in: name.nameNode.document, name.place.pointer, message, hint: hint)
    }

    /// Says something about a character inside a text: its number in the decoded text, from 0; nil for the whole text.
    func add(_ code: DiagnosticCode, at place: Place, scalar: Int?, _ message: String, hint: String? = nil) {
        let offset = scalar.map { SourceText.offset(ofScalar: $0, in: place.node) } ?? place.node.offset
        add(code, offset: offset, in: place.node.document, place.pointer, message, hint: hint)
    }

    /// Says something about a byte of the file.
    func add(
        _ code: DiagnosticCode, offset: Int, in document: JSONDocument, _ pointer: JSONPointer, _ message: String,
        hint: String? = nil
    ) {
        if positions?.document !== document { positions = (document, JSONPositions(document.bytes)) }
        let position = positions?.reader.position(at: offset) ?? JSONPosition(offset: offset, in: document.bytes)
        add(code, position, pointer, message, hint: hint)
    }

    /// Says something about a position.
    func add(
        _ code: DiagnosticCode, _ position: JSONPosition, _ pointer: JSONPointer, _ message: String, hint: String? = nil
    ) {
        let diagnostic = Diagnostic(
            file: file, position: position, code: code, pointer: pointer, message: message, hint: hint)
        guard makeRoom(for: diagnostic) else { return }
        listed.append(diagnostic)
        if code.severity == .error { listedErrors += 1 }
    }

    /// Where the list is full an error takes a warning's place: no error goes unseen for doubts that came before it.
    private func makeRoom(for diagnostic: Diagnostic) -> Bool {
        guard listed.count >= Findings.most else { return true }
        let isError = diagnostic.severity == .error
        let place = isError && listedErrors < listed.count ? listed.lastIndex { $0.severity == .warning } : nil
        let dropped = place.map { listed.remove(at: $0) } ?? diagnostic
        unlisted = ((unlisted?.count ?? 0) + 1, unlisted?.position ?? dropped.position)
        return place != nil
    }
}

import JSON

/// Reads the text of a mapping file, and says where it is no JSON that a mapping could be.
enum MappingText {
    /// Bigger files are mistakes: the samples have two kilobytes.
    static let mostBytes = 1 << 20
    /// Deeper files are mistakes, and everything that walks a template recurses.
    static let mostDepth = 64

    /// The document, or nil when there is none; repeated members are reported and left in.
    static func read(_ file: SourceFile, _ findings: Findings) -> JSONDocument? {
        let limits = JSONLimits(bytes: mostBytes, depth: mostDepth, refusesDuplicates: false)
        do throws(JSONError) {
            let document = try JSONDocument.parse(file.bytes, limits: limits)
            refuseDuplicates(in: Place(root: document.root), findings)
            return document
        } catch {
            let hint = SlipHint.hint(error, in: file)
            findings.add(code(of: error), error.position, JSONPointer(), message(of: error, in: file), hint: hint)
            return nil
        }
    }

    /// What is wrong; of a file that is much too big not even all bytes are read, so they are not counted.
    private static func message(of error: JSONError, in file: SourceFile) -> String {
        if error.fault == .tooBig { return "the file has more than the \(mostBytes) bytes that are allowed" }
        return SlipHint.isLineBreakInText(error, in: file.bytes)
            ? "the text that begins in this line is not closed" : error.message
    }

    private static func code(of error: JSONError) -> DiagnosticCode {
        switch error.fault {
        case .syntax, .notUTF8: .syntax
        case .tooBig: .tooBig
        case .tooDeep: .tooDeep
        case .duplicateMember: .duplicateMember
        }
    }

    private static func refuseDuplicates(in place: Place, _ findings: Findings) {
        var seen = Set<JSONName>()
        for member in place.node.members where !seen.insert(JSONName(member.name)).inserted {
            findings.add(
                .duplicateMember, offset: member.nameNode.offset, in: place.node.document,
                place.pointer.appending(member.name), "the member \"\(member.name)\" stands twice in one object",
                hint: "remove one of the two")
        }
        for member in place.members { refuseDuplicates(in: member.place, findings) }
        for element in place.elements { refuseDuplicates(in: element, findings) }
    }
}

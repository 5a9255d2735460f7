import Files
import Settings

/// A file that a command is given: an event, a document, a query.
struct InputFile {
    /// The name that messages show.
    let name: String
    /// The content.
    let bytes: [UInt8]

    /// Most bytes that are read: more than an event may have with any setting.
    static let mostBytes = 512 << 20

    /// Reads a file, or standard input where the path is `-`.
    ///
    /// - Throws: `exit`, after saying why.
    static func read(_ path: String, limit: Int = mostBytes, else exit: CommandExit) throws(CommandExit) -> InputFile {
        let name = name(of: path)
        do {
            let bytes = try BoundedFile.read(path, standardInput: path == "-", limit: limit)
            return InputFile(name: name, bytes: bytes)
        } catch {
            Terminal.error("error: \(name) \(error.message)")
            throw exit
        }
    }

    /// What messages call a path: `-` is standard input.
    static func name(of path: String) -> String { path == "-" ? "standard input" : path }

    /// The content as text.
    ///
    /// - Throws: `usage`, after saying so, where it is none.
    func text() throws(CommandExit) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        Terminal.error("error: \(name) is no text in UTF-8")
        throw .usage
    }
}

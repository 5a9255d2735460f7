import Files

/// Where the API token comes from.
package enum TokenOrigin: Sendable, Hashable {
    /// From `altcraft.token`.
    case fixed(Secret)
    /// From the file that `altcraft.token_file` names.
    case file(String)

    /// Most bytes of a token file.
    static let limit = 64 << 10

    /// Reads the token.
    ///
    /// - Throws: what is wrong, with the file's path and without its content.
    package func read() throws(SettingProblem) -> Secret {
        switch self {
        case .fixed(let secret):
            return try Self.token(in: Array(secret.reveal().utf8), named: "the token")
        case .file(let path):
            let bytes: [UInt8]
            do {
                bytes = try BoundedFile.read(path, limit: Self.limit)
            } catch {
                throw SettingProblem("\(path) \(error.message)", "the file must hold the token and nothing else")
            }
            return try Self.token(in: bytes, named: path)
        }
    }

    /// The token in a file's bytes: one line of visible ASCII, with space around it.
    ///
    /// More than that is not taken, because it would travel in a header or in a body of JSON.
    static func token(in bytes: [UInt8], named name: String) throws(SettingProblem) -> Secret {
        let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
        let trimmed = bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
        guard !trimmed.isEmpty else { throw SettingProblem("\(name) is empty", "put the token there") }
        guard trimmed.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw SettingProblem(
                "\(name) holds spaces, several lines, or characters that no token has",
                "it must hold the token and nothing else")
        }
        return Secret(String(decoding: trimmed, as: UTF8.self))
    }
}

import Glibc
import Poll

/// The ledger's key: 32 random bytes as hexadecimal digits, in a file beside it that only its owner can read.
enum SecretFile {
    /// How many bytes a key has.
    static let bytes = 32

    /// Where the key of a ledger lies.
    static func path(of ledger: String) -> String { ledger + ".key" }

    /// Reads a key and takes away what others may do with it.
    static func read(_ path: String) throws(LedgerFault) -> [UInt8] {
        let text: [UInt8]
        do throws(SystemCallError) {
            text = try restrictedText(path)
        } catch {
            throw .keyUnusable(key: path, detail: error.description)
        }
        guard let secret = decode(text) else {
            throw .keyUnusable(key: path, detail: "it does not hold \(bytes * 2) hexadecimal digits")
        }
        return secret
    }

    private static func restrictedText(_ path: String) throws(SystemCallError) -> [UInt8] {
        let file = try OpenFile(path, O_RDONLY)
        // A volume that is mounted with a group of its own opens its files to that group at each start.
        if try file.facts().isShared { try file.restrict() }
        return try file.head(256)
    }

    /// Writes a new key; whole or not at all, and never over another.
    static func create(_ path: String) throws(LedgerFault) {
        let draft = "\(path).\(getpid()).new"
        defer { FileNames.remove(draft) }
        do throws(SystemCallError) {
            try OpenFile(draft, O_WRONLY | O_CREAT | O_TRUNC).write(encode(random()))
            // Unlike a rename this fails when another process was quicker, and then that one's key holds.
            try FileNames.link(draft, as: path)
        } catch {
            throw .system(path: path, detail: error.description)
        }
        LedgerFolder.sync(for: path)
    }

    private static func random() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<bytes).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    private static func encode(_ secret: [UInt8]) -> [UInt8] {
        Array((secret.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "\n").utf8)
    }

    private static func decode(_ text: [UInt8]) -> [UInt8]? {
        let digits = text.filter { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }.map { byte in
            Character(Unicode.Scalar(byte)).hexDigitValue
        }
        guard digits.count == bytes * 2 else { return nil }
        let halves = digits.compactMap { $0.map { UInt8($0) } }
        guard halves.count == digits.count else { return nil }
        return stride(from: 0, to: halves.count, by: 2).map { halves[$0] << 4 | halves[$0 + 1] }
    }
}

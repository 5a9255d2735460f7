/// One request as the server read it.
package struct SeenRequest: Sendable {
    /// Which connection, counted from 0.
    package let connection: Int
    /// Which request of that connection, counted from 0.
    package let index: Int
    /// All bytes that were read of it.
    package let bytes: [UInt8]

    /// The request line and headers, without the empty line.
    package var head: String {
        String(decoding: bytes[..<(Self.endOfHead(bytes) ?? bytes.count)], as: UTF8.self)
    }

    /// The bytes after the head.
    package var body: [UInt8] {
        guard let end = Self.endOfHead(bytes) else { return [] }
        return [UInt8](bytes[(end + 4)...])
    }

    /// The value of a header, compared without regard to case.
    package func header(_ name: String) -> String? {
        Self.header(name, in: head)
    }

    /// Where the empty line begins.
    static func endOfHead(_ bytes: [UInt8]) -> Int? {
        let mark: [UInt8] = [13, 10, 13, 10]
        guard bytes.count >= mark.count else { return nil }
        return (0...(bytes.count - mark.count)).first { bytes[$0..<($0 + mark.count)].elementsEqual(mark) }
    }

    static func header(_ name: String, in head: String) -> String? {
        for line in head.split(separator: "\r\n").dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            guard line[..<colon].lowercased() == name.lowercased() else { continue }
            return String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        return nil
    }
}

/// The names of mappings: they become metrics labels, ledger keys and message headers, so they are plain and short.
package enum MappingName {
    /// Most characters; a header and a label hold them easily.
    package static let mostCharacters = 128

    /// Why a text is no name, as a sentence without a full stop; nil when it is one.
    package static func fault(_ text: String) -> String? {
        if text.isEmpty { return "the name is empty" }
        if text.utf8.count > mostCharacters { return "the name has more than \(mostCharacters) characters" }
        let isPlain = text.utf8.allSatisfy { byte in
            byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
        }
        return isPlain ? nil : "a name is made of letters a to z, digits, \"-\", \"_\" and \".\""
    }
}

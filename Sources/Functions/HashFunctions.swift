import Crypto

/// Functions that hash.
enum HashFunctions {
    static let all: [FunctionSpec] = [sha256, md5]

    static let sha256 = TextFunctions.text(
        "sha256", "Hashes the UTF-8 of a text with SHA-256, in small hexadecimal digits.",
        example: FunctionExample(
            #""anna@example.com""#, #""sha256""#,
            #""f7d54c22dda5b1780276601cd005909b70543fc4a6ba72d735b4cb9bbb611f01""#)
    ) { text in .text(hexadecimal(SHA256.hash(data: Array(text.utf8)))) }

    static let md5 = TextFunctions.text(
        "md5", "Hashes the UTF-8 of a text with MD5, in small hexadecimal digits; for matching, not for secrets.",
        example: FunctionExample(#""anna@example.com""#, #""md5""#, #""6b56db1f84a3997b902509d3fbf0a306""#)
    ) { text in .text(hexadecimal(Insecure.MD5.hash(data: Array(text.utf8)))) }

    private static let digits = Array("0123456789abcdef".utf8)

    private static func hexadecimal(_ hash: some Sequence<UInt8>) -> String {
        String(decoding: hash.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

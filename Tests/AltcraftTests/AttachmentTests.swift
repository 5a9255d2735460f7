import TestSupport
import Testing

@testable import Altcraft

/// Files: what may be one, and how large.
@Suite(.timeLimit(.minutes(1)))
struct AttachmentTests {
    private func isTaken(name: String = "a.txt", type: String = "text/plain", base64: String = "SEVMTE8K") -> Bool {
        (try? Attachment.checked(name: name, mediaType: type, base64: base64)) != nil
    }

    @Test(arguments: [
        "日本.txt", "счёт № 5.pdf", "a b.csv", "..a", "😀", String(repeating: "a", count: 255),
    ])
    func namesInAnyScript(name: String) {
        #expect(isTaken(name: name))
    }

    @Test(arguments: [
        "", ".", "..", "a/b", "a\\b", "a\u{0}b", "a\nb", "a\u{7F}", "a\u{85}", String(repeating: "a", count: 256),
    ])
    func namesThatAreNone(name: String) {
        #expect(!isTaken(name: name))
    }

    @Test(arguments: [
        "text/csv", "application/pdf", "image/svg+xml", "text/plain;charset=utf-8", "text/csv; header=present",
    ])
    func mediaTypes(type: String) {
        #expect(isTaken(type: type))
    }

    @Test(arguments: [
        "", "text", "text/", "/csv", "text/csv/x", "text/csv,x", "text/csv;base64,AAAA", "text/csv;", "text /csv",
        "text/csv;a=b,c", "текст/csv", "text/csv\r\nX: y",
    ])
    func mediaTypesThatAreNone(type: String) {
        #expect(!isTaken(type: type))
    }

    @Test(arguments: ["", "AAAA", "AA==", "AAA=", "+/+/"])
    func base64(text: String) {
        #expect(isTaken(base64: text))
    }

    @Test(arguments: ["A", "AA", "AAA", "A===", "====", "AB==", "AAB=", "AA=A", "A-_A", "AAAA\n", "AA AA", "ААА"])
    func base64ThatIsNone(text: String) {
        #expect(!isTaken(base64: text))
    }

    /// RFC 4648 section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func contentIsEncoded(text: String, base64: String) throws {
        let file = try Attachment.checked(name: "a", mediaType: "text/plain", content: Array(text.utf8))
        #expect(file.base64 == base64)
        #expect(file.byteCount == text.utf8.count)
        #expect(file.dataURI == "data:text/plain;base64,\(base64)")
    }

    @Test func everythingEncodedIsValid() {
        var random = SeededGenerator(seed: 7)
        for count in 0..<200 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            #expect(Base64.isValid(Base64.encode(bytes).utf8))
        }
    }

    @Test func limits() throws {
        let file = try Attachment.checked(name: "a", mediaType: "text/plain", content: Array(repeating: 65, count: 100))
        let limits = AttachmentLimits(count: 3, fileBytes: 100, totalBytes: 250)
        try limits.check([file, file])
        #expect(throws: LaunchFault.self) { try limits.check([file, file, file]) }
        #expect(throws: LaunchFault.self) { try AttachmentLimits(count: 1).check([file, file]) }
        #expect(throws: LaunchFault.self) { try AttachmentLimits(fileBytes: 99).check([file]) }
    }
}

import TestSupport
import Testing

@testable import Telemetry

@Suite("Masking", .timeLimit(.minutes(1)))
struct MaskingTests {
    @Test(
        "An address keeps its first character and its domain",
        arguments: [
            ("anna.petrova@example.com", "a***@example.com"), ("a@example.com", "***@example.com"),
            ("Ёлка@почта.рф", "Ё***@почта.рф"), ("\"odd @ one\"@example.com", "\"***@example.com"),
            ("@example.com", "@***"), ("anna", "a***"), ("", ""), ("anna@", "a***"),
            ("anna@see you at eight, Anna", "a***"), ("o'neil@ex-ample.co.uk", "o***@ex-ample.co.uk"),
            ("an na@example.com", "a***@example.com"), ("a@b@c.d", "a***@c.d"), ("anna@ex_ample.com", "a***"),
            ("e\u{301}va@example.com", "e\u{301}***@example.com"), ("anna@example.com\r\n", "a***"),
        ])
    func emails(text: String, wanted: String) {
        #expect(Masking.email(text) == wanted)
    }

    @Test(
        "A phone number keeps its first and its last two digits",
        arguments: [
            ("+79161234567", "+7********67"), ("8 (916) 123-45-67", "8********67"), ("12345", "1***"),
            ("+7 916 call me", "+***"), ("", ""), ("٠١٢٣٤٥٦٧٨", "٠***"),
        ])
    func phones(text: String, wanted: String) {
        #expect(Masking.phone(text) == wanted)
    }

    @Test(
        "A recipient of unknown kind is masked as what it looks like",
        arguments: [
            ("anna@example.com", "a***@example.com"), ("+79161234567", "+7********67"), ("abc", "***"),
            ("6b1f00aa", "6***"),
        ])
    func recipients(text: String, wanted: String) {
        #expect(Masking.recipient(text) == wanted)
    }

    @Test("Whatever comes in, at most three characters before the domain go out")
    func random() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<2_000 {
            let text = generator.text(upTo: 40)
            for masked in [Masking.phone(text), Masking.other(text)] {
                #expect(masked.count(where: { $0 != "*" && $0 != "+" }) <= 3)
            }
            let email = Masking.email(text)
            #expect(email.isEmpty == text.isEmpty)
            #expect(email == text || email.contains("***"))
        }
    }
}

import Testing

@testable import Ledger

/// Keyed hashes: what is the same, what is not.
@Suite(.timeLimit(.minutes(1)))
struct HasherTests {
    private let hasher = LedgerHasher(secret: Array(0..<32))

    @Test(
        "an address is found however it is written",
        arguments: [
            ("Anna@Example.com ", "anna@example.com"), ("\tanna@example.com\n", "ANNA@EXAMPLE.COM"),
            ("+7 (999) 123-45-67", "79991234567"), (" 4101", "4101"), ("ÄNNE@example.com", "änne@example.com"),
        ])
    func normalizes(_ written: String, _ other: String) {
        #expect(hasher.recipient(written) == hasher.recipient(other))
    }

    @Test(
        "other people have other hashes",
        arguments: [
            ("anna@example.com", "anna@example.org"), ("79991234567", "79991234568"), ("abc", "ABC"), ("1", "2"),
            ("", "0"), ("12-34", "1234"),
        ])
    func tellsApart(_ one: String, _ other: String) {
        #expect(hasher.recipient(one) != hasher.recipient(other))
    }

    @Test("the parts of a key are told apart by where they end")
    func partsAreDelimited() {
        let keys = [
            hasher.identity(mapping: "a", value: "bc", element: "", event: "e"),
            hasher.identity(mapping: "ab", value: "c", element: "", event: "e"),
            hasher.identity(mapping: "a", value: "b", element: "c", event: "e"),
            hasher.identity(mapping: "", value: "abc", element: "", event: "e"),
        ].map(\.key)
        #expect(Set(keys).count == keys.count)
    }

    @Test("the event changes nothing about the key, and the key nothing about the event")
    func eventIsSeparate() {
        let one = hasher.identity(mapping: "m", value: "v", element: "", event: "1")
        let other = hasher.identity(mapping: "m", value: "v", element: "", event: "2")
        #expect(one.key == other.key)
        #expect(one.event != other.event)
        #expect(one.event == hasher.event("1"))
    }

    @Test("the same text as an event and as a recipient has nothing in common")
    func kindsAreSeparate() {
        #expect(hasher.event("anna@example.com") != hasher.recipient("anna@example.com"))
    }

    @Test("nobody without the key finds anything")
    func secretMatters() {
        let other = LedgerHasher(secret: Array(1..<33))
        #expect(other.recipient("anna@example.com") != hasher.recipient("anna@example.com"))
        #expect(other.check != hasher.check)
    }

    /// What stands in files must be found by the next release: HMAC-SHA256 as `openssl dgst -mac HMAC` gives it for
    /// the byte 2, the length as four bytes, and the text; its first eight bytes.
    @Test("hashes stay what they are")
    func golden() {
        #expect(UInt64(bitPattern: hasher.event("order-1")) == 0x183c_0d74_8683_0702)
    }
}

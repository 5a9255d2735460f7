import Ledger
import Testing

/// Keyed hashes.
@Suite(.timeLimit(.minutes(1)))
struct HasherTests {
    private let hasher = LedgerHasher(secret: Array(0..<32))

    @Test(
        "an address is found however it is written",
        arguments: [
            ("Anna@Example.com ", "anna@example.com"), ("\tanna@example.com\n", "ANNA@EXAMPLE.COM"),
            ("+7 (999) 123-45-67", "79991234567"), (" 4101", "4101"),
        ])
    func normalizes(_ written: String, _ other: String) {
        #expect(hasher.recipient(written) == hasher.recipient(other))
    }

    @Test(
        "other people have other hashes",
        arguments: [
            ("anna@example.com", "anna@example.org"), ("79991234567", "79991234568"), ("abc", "ABC"), ("1", "2"),
            ("", "0"),
        ])
    func tellsApart(_ one: String, _ other: String) {
        #expect(hasher.recipient(one) != hasher.recipient(other))
    }
}

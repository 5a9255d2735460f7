import Files
import TestSupport
import Testing

@Suite("Sizes in bytes", .timeLimit(.minutes(1)))
struct SizeTextTests {
    @Test(
        "Sizes are read",
        arguments: [
            ("16MiB", 16 << 20), ("64 KiB", 64 << 10), ("1gib", 1 << 30), ("10 MB", 10_000_000), ("5kB", 5000),
            ("77", 77),
            ("0", 0), ("12 b", 12),
        ])
    func sizes(text: String, wanted: Int) {
        #expect(SizeText.parse(text) == wanted)
    }

    @Test(
        "What is no size is not",
        arguments: ["", "MiB", "1.5MiB", "-1", "1 TiB", "99999999999999999999", "9999999999GiB", "1MiBs", "²"])
    func noSizes(text: String) {
        #expect(SizeText.parse(text) == nil)
    }

    @Test(
        "Sizes are written and read back",
        arguments: [(16 << 20, "16 MiB"), (1024, "1 KiB"), (1000, "1000 bytes"), (1 << 30, "1 GiB"), (0, "0 bytes")])
    func sizesDescribed(bytes: Int, wanted: String) {
        #expect(SizeText.describe(bytes) == wanted)
        #expect(SizeText.parse(wanted) == bytes)
    }

    @Test(
        "The largest sizes that are read, and the next that are not",
        arguments: [
            ("9223372036854775807", "9223372036854775808"), ("8589934591GiB", "8589934592GiB"),
            ("8796093022207 MiB", "8796093022208 MiB"), ("9007199254740991kib", "9007199254740992kib"),
            ("9223372036gb", "9223372037gb"), ("9223372036854775kB", "9223372036854776kB"),
        ])
    func largest(taken: String, refused: String) {
        #expect(SizeText.parse(taken) != nil)
        #expect(SizeText.parse(refused) == nil)
    }

    @Test("Every size is written so that it reads back, in the largest unit that divides it")
    func anySize() {
        var generator = SeededGenerator(seed: 24)
        for _ in 0..<5_000 {
            let bytes = Int.random(in: 0...5_000, using: &generator) << Int.random(in: 0...40, using: &generator)
            let text = SizeText.describe(bytes)
            #expect(SizeText.parse(text) == bytes, "\(text)")
            let isWhole = bytes > 0 && bytes % 1024 == 0
            #expect(text.hasSuffix("iB") == isWhole, "\(text)")
        }
        #expect(SizeText.describe(1) == "1 byte")
        #expect(SizeText.describe(1023) == "1023 bytes")
        #expect(SizeText.describe(1536 << 10) == "1536 KiB")
        #expect(SizeText.describe(1 << 41) == "2048 GiB")
    }
}

import JSON
import TestSupport
import Testing

@testable import EventPattern

/// Numbers, case folding, wildcards and addresses, each against a slower or foreign judge.
@Suite(.timeLimit(.minutes(2)))
struct ValueTests {
    // MARK: Numbers

    private static func randomNumber(_ random: inout Seeded) -> String {
        func digits(_ most: Int) -> String { (0...random.below(most)).map { _ in String(random.below(10)) }.joined() }
        var text = random.once(in: 2) ? "-" : ""
        text += random.once(in: 3) ? "0" : "\(random.below(9) + 1)" + (random.once(in: 2) ? digits(20) : "")
        if random.once(in: 2) { text += "." + digits(6) + (random.once(in: 3) ? "000" : "") }
        if random.once(in: 3) {
            text += random.pick(["e", "E"]) + random.pick(["", "+", "-"]) + digits(random.pick([1, 2, 22]))
        }
        return text
    }

    @Test func numbersAgreeWithDecimals() {
        var random = Seeded(7)
        var numbers = [
            "0", "-0", "0e9", "1", "10e-1", "999999999999999999", "1000000000000000000", "1e18", "1e9999", "1e10000",
        ]
        numbers += (0..<150).map { _ in Self.randomNumber(&random) }
        let read = numbers.map { ExactNumber(Array($0.utf8)[...]) }
        let decimals = numbers.map { JSONDecimal(Array($0.utf8)) }
        for left in numbers.indices {
            for right in numbers.indices {
                #expect(
                    (read[left] == read[right]) == (decimals[left] == decimals[right]),
                    "\(numbers[left]) \(numbers[right])")
                #expect(
                    (read[left] < read[right]) == (decimals[left] < decimals[right]),
                    "\(numbers[left]) \(numbers[right])")
                if read[left] == read[right] { #expect(read[left].hashValue == read[right].hashValue) }
            }
        }
    }

    @Test func wholeTextNumbersAreThoseOfTheGrammar() {
        var random = Seeded(8)
        let alphabet = Array("0011223+-.eE ")
        for _ in 0..<20_000 {
            let text = String((0..<random.below(6)).map { _ in random.pick(alphabet) })
            let isNumber = ExactNumber(wholeText: Array(text.utf8)[...]) != nil
            #expect(isNumber == (JSONNumber(text) != nil), "\"\(text)\"")
        }
    }

    // MARK: Case folding

    /// C and S fold what one-to-one lower-casing does; where they differ, the standard library's other mappings agree.
    @Test func foldingAgreesWithTheMappingsOfTheStandardLibrary() {
        var folded = 0
        for value in UInt32(0)...0x1FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let fold = CaseFolding.fold(value)
            guard fold != value else {
                // What does not fold is its own lower case, or has none of one scalar, or is folded by F or T only.
                let lower = scalar.properties.lowercaseMapping.unicodeScalars
                let isCherokee = (0x13A0...0x13F5).contains(value)
                #expect(
                    lower.count != 1 || lower.first == scalar || isCherokee,
                    "U+\(String(value, radix: 16)) is not folded")
                continue
            }
            folded += 1
            #expect(CaseFolding.fold(fold) == fold, "U+\(String(value, radix: 16)) folds twice")
            let target = String(String.UnicodeScalarView([Unicode.Scalar(fold) ?? "?"]))
            let upper = scalar.properties.uppercaseMapping
            let same = upper == (target.unicodeScalars.first?.properties.uppercaseMapping ?? "")
            #expect(same || scalar.properties.lowercaseMapping == target, "U+\(String(value, radix: 16))")
        }
        #expect(folded == 1_512)
    }

    @Test(arguments: [
        ("ϐ", "β"), ("ς", "σ"), ("ſ", "s"), ("\u{212A}", "k"), ("\u{2126}", "ω"), ("ẞ", "ß"), ("Ǆ", "ǆ"), ("ǅ", "ǆ"),
        ("ᾈ", "ᾀ"), ("Ꭰ", "Ꭰ"), ("ꭰ", "Ꭰ"), ("𐐀", "𐐨"), ("İ", "İ"), ("ı", "ı"),
    ])
    func folds(_ text: String, to expected: String) {
        let folded = CaseFolding.fold(Array(text.utf8)[...])
        #expect(folded == expected.unicodeScalars.map(\.value))
    }

    @Test func readingFromTheBackIsReadingBackwards() {
        let text = "aé€😀\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}z"
        var front = ScalarReader(Array(text.utf8)[...])
        var back = ScalarReader(Array(text.utf8)[...])
        let forwards = Array(IteratorSequence(AnyIterator { front.next() }))
        let backwards = Array(IteratorSequence(AnyIterator { back.nextFromBack() }))
        #expect(forwards == text.unicodeScalars.map(\.value))
        #expect(backwards == forwards.reversed())
    }

    @Test func textsThatDifferInCaseHashAlike() {
        for (left, right) in [("ЗАКАЗ", "заказ"), ("Straẞe", "STRAßE"), ("", "")] {
            let (mine, theirs) = (FoldedText(left), FoldedText(right))
            #expect(mine == theirs && mine.hash == FoldedText.hash(Array(right.utf8)[...]))
        }
    }

    // MARK: Wildcards

    @Test func wildcardsAgreeWithBacktracking() throws {
        var random = Seeded(9)
        for _ in 0..<20_000 {
            let pattern = String((0..<random.below(8)).map { _ in random.pick(Array("aab*")) })
            guard !pattern.contains("**") else { continue }
            let text = String((0..<random.below(12)).map { _ in random.pick(Array("aab")) })
            let expected = NaiveMatcher.wildcard(Array(pattern.unicodeScalars)[...], Array(text.unicodeScalars)[...])
            #expect(try Wildcard(pattern).matches(Array(text.utf8)[...]) == expected, "\(pattern) against \(text)")
        }
    }

    @Test func aLongWildcardIsLinear() throws {
        let text = Array(String(repeating: "a", count: 200_000).utf8)[...]
        let parts = (0..<200).map { _ in String(repeating: "a", count: 50) }.joined(separator: "*")
        #expect(try Wildcard("*\(parts)b*").matches(text) == false)
        #expect(try Wildcard("*\(parts)*").matches(text))
        let backtracking = (0..<2_000).map { _ in "a" }.joined(separator: "*")
        #expect(try Wildcard("\(backtracking)*b").matches(text) == false)
    }

    // MARK: Addresses

    @Test(arguments: [
        "1.2.3.4", "0.0.0.0", "255.255.255.255", "::", "::1", "1::", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:1.2.3.4",
        "::1.2.3.4",
        "1::8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "FFFF:abcd::", "64:ff9b::192.0.2.33",
    ])
    func addresses(_ text: String) throws {
        let address = try #require(InternetAddress(Array(text.utf8)[...]), "\(text)")
        #expect(InternetAddress(Array(address.text.utf8)[...]) == address)
    }

    @Test(arguments: [
        "", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.4 ", " 1.2.3.4", "1..2.3", "1.2.3.", ".1.2.3",
        "a.b.c.d",
        "1.2.3.4/8", ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::12345", "::g",
        ":1::2",
        "1:", "::1:", "1.2.3.4::", "::1.2.3", "::1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4", "fe80::1%1", "１.2.3.4",
    ])
    func noAddresses(_ text: String) {
        #expect(InternetAddress(Array(text.utf8)[...]) == nil)
    }

    @Test(arguments: [
        "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/-1", "::/129", "::/1/1", "/8", "x/8", "::/ 8",
    ])
    func noBlocks(_ text: String) {
        #expect(AddressBlock(text) == nil)
    }

    @Test func blocksOverlapWhenOneHoldsTheOther() throws {
        let blocks = try ["10.0.0.0/8", "10.1.0.0/16", "11.0.0.0/8", "::/0", "2001:db8::/32"].map {
            try #require(AddressBlock($0))
        }
        #expect(blocks[0].overlaps(blocks[1]) && blocks[1].overlaps(blocks[0]))
        #expect(!blocks[0].overlaps(blocks[2]) && !blocks[0].overlaps(blocks[3]))
        #expect(blocks[3].overlaps(blocks[4]))
    }
}

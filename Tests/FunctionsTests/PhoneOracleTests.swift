import Functions
import JSON
import TestSupport
import Testing

/// Phone numbers against those that a newer libphonenumber (9.0.43) read.
@Suite(.timeLimit(.minutes(1))) struct PhoneOracleTests {
    /// Cases that come out otherwise, each with its cause; they agree once the library is newer.
    ///
    /// Debian 12 has libphonenumber 8.12.57 of October 2022, and numbering plans have changed since.
    private static let differences: [String: String] = [
        "BJ 01 20 21 12 34": "Benin put 01 before all numbers in November 2024",
        "BJ +229 01 95 12 34 56": "Benin put 01 before all numbers in November 2024",
        "NG 02033 12 3456": "Nigeria has had new area codes since 2023",
    ]

    @Test(.enabled(if: Corpora.isPresent("format-oracles/phone-e164.json"), "\(Corpora.absent)"))
    func `Phone numbers of all regions read as the oracle has them, but for the differences listed`() throws {
        let root = try JSONDocument.parse(Corpora.bytes("format-oracles/phone-e164.json")).root
        let cases = root.cases("examples_by_region") + root.cases("messy_inputs")
        #expect(cases.count == 382)
        var different: [String] = []
        for item in cases {
            let (region, input) = (item.text("region") ?? "", item.text("input") ?? "")
            let number = item["valid"]?.bool == false ? nil : item.text("e164")
            let expected = number.map { Outcome.value(Pipes.quoted($0)) } ?? .missing
            let found = try Pipes.run(Pipes.quoted(input), #"{"phone":{"region":"\#(region)"}}"#)
            guard found != expected else { continue }
            different.append("\(region) \(input)")
            #expect(found == .missing && Self.differences["\(region) \(input)"] != nil, "\(region) \(input): \(found)")
        }
        #expect(Set(different).isSubset(of: Self.differences.keys))
    }
}

import Functions
import JSON
import TestSupport
import Testing

/// Dates against those that another library with CLDR data (Babel 2.18.0) wrote; there are no differences.
@Suite(.timeLimit(.minutes(1))) struct DateOracleTests {
    @Test(.enabled(if: Corpora.isPresent("format-oracles/date-cldr.json"), "\(Corpora.absent)"))
    func `Dates are written as the oracle has them, but for spaces`() throws {
        let cases = try JSONDocument.parse(Corpora.bytes("format-oracles/date-cldr.json")).root.cases("cases")
        #expect(cases.count == 200)
        for item in cases {
            let arguments = ["pattern", "zone", "locale"].map { name in
                "\(Pipes.quoted(name)):\(Pipes.quoted(item.text(name) ?? ""))"
            }
            let pipe = #"["datetime",{"date":{\#(arguments.joined(separator: ","))}}]"#
            let found = plain("\(try Pipes.run(Pipes.quoted(item.text("instant") ?? ""), pipe))")
            #expect(found == Pipes.quoted(plain(item.text("text") ?? "")), "\(pipe)")
        }
    }
}

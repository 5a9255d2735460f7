import Foundation
import JSON
import TestSupport
import Testing

/// The three formats of `check` say the same, in the same order and with the same exit code.
@Suite(.timeLimit(.minutes(2)))
struct CheckFormatTests {
    /// Faulty folders: the files and the codes that must be among the findings.
    static let folders: [(files: [String: String], codes: [String])] = [
        (["a.json": "{\"name\": \"a\",}"], ["E101"]),
        (["a.json": Samples.mapping.replacing("\"launch\"", with: "\"lanch\"")], ["E110"]),
        (["a.json": Samples.mapping.replacing("\"$.name\"", with: "\"$.na&me\"")], ["E120"]),
        (["a.json": Samples.mapping, "b.json": Samples.mapping], ["E230", "W200"]),
        (["a.json": Samples.mapping, "b.json": Samples.mapping.replacing("order-paid", with: "b")], ["W231", "W200"]),
        (["a.json": Samples.mapping, "a.tests.json": "{\"tests\": [5]}"], ["E105"]),
        (
            ["a.json": Samples.mapping, "a.tests.json": Samples.tests, "events/order-paid.json": "{"],
            ["E204"]
        ),
        (
            [
                "a.json": Samples.mapping, "a.tests.json": Samples.tests,
                "events/order-paid.json": Samples.event.replacing("#1042", with: "#1"),
            ], ["E202"]
        ),
        (["ü x.json": "{\"name\": 5, \"ключ\": \"\\u001b[2J\"}", "a.JSON": ""], ["E105", "E110", "E114", "W108"]),
        (["a.json": "[]", "b.json": "", "c.json": "{\"amqp\": {}, \"body\": 1}"], ["E101", "E105"]),
    ]

    /// What identifies a finding in every format.
    private struct Line: Hashable, CustomStringConvertible {
        let file: String
        let line: Int64
        let column: Int64
        let severity: String
        let code: String

        var description: String { "\(file):\(line):\(column): \(severity) \(code)" }
    }

    private func text(_ output: String) -> [String] {
        output.split(separator: "\n").filter { !$0.hasPrefix("  ") }.compactMap { line in
            // The code ends the place and begins the sentence.
            let parts = line.split(separator: ": ", maxSplits: 2)
            return parts.count == 3 ? "\(parts[0]): \(parts[1])" : nil
        }
    }

    private func json(_ root: JSONNode) throws -> [String] {
        try #require(root["diagnostics"]).elements.map { item in
            Line(
                file: item["file"]?.string ?? "", line: item["line"]?.number?.int64 ?? 0,
                column: item["column"]?.number?.int64 ?? 0, severity: item["severity"]?.string ?? "",
                code: item["code"]?.string ?? ""
            ).description
        }
    }

    private func sarif(_ root: JSONNode) throws -> [String] {
        try #require(root["runs"]?.element(0)?["results"]).elements.map { result in
            let place = result["locations"]?.element(0)?["physicalLocation"]
            let uri = place?["artifactLocation"]?["uri"]?.string?.removingPercentEncoding
            return Line(
                file: uri ?? "", line: place?["region"]?["startLine"]?.number?.int64 ?? 0,
                column: place?["region"]?["startColumn"]?.number?.int64 ?? 0, severity: result["level"]?.string ?? "",
                code: result["ruleId"]?.string ?? ""
            ).description
        }
    }

    @Test(arguments: folders.indices)
    func allFormatsSayTheSame(index: Int) async throws {
        let (files, codes) = Self.folders[index]
        let folder = try TemporaryFolder()
        for (name, text) in files { try folder.write("mappings/\(name)", text) }
        let plain = try await Command.run(["check"], in: folder)
        let json = try await Command.run(["check", "--format", "json"], in: folder)
        let sarif = try await Command.run(["check", "--format", "sarif"], in: folder)
        let lines = text(plain.output)
        #expect(try lines == self.json(json.json) && lines == self.sarif(sarif.json), "\(plain.output)")
        let found = Set(lines.compactMap { $0.split(separator: " ").last.map(String.init) })
        #expect(found.isSuperset(of: codes), "\(plain.output)")
        let hasErrors = lines.contains { $0.contains(": error ") }
        #expect([plain.exit, json.exit, sarif.exit] == Array(repeating: hasErrors ? 1 : 0, count: 3))
        #expect(try await Command.run(["check", "--strict"], in: folder).exit == 1)
        // The sum is on the other channel, and the same.
        let errors = lines.count { $0.contains(": error ") }
        let sum = plain.errors.split(separator: ": ").last.map(String.init) ?? ""
        #expect(sum.hasPrefix("\(errors) error") && plain.errors == json.errors && plain.errors == sarif.errors)
        // Nothing of a file reaches a terminal as a control character.
        #expect(!plain.output.unicodeScalars.contains("\u{1B}"))
    }

    @Test func everyCodeThatIsListedHasItsRule() async throws {
        let folder = try TemporaryFolder()
        for (place, item) in Self.folders.enumerated() {
            for (name, text) in item.files { try folder.write("m\(place)/\(name)", text) }
        }
        let paths = Self.folders.indices.map { "m\($0)" }
        let log = try await Command.run(["check", "--format", "sarif"] + paths, in: folder).json
        let run = try #require(log["runs"]?.element(0))
        let rules = try #require(run["tool"]?["driver"]?["rules"]).elements.map(\.self)
        let ids = rules.compactMap { $0["id"]?.string }
        #expect(ids == Set(ids).sorted())
        let listed = try #require(run["results"]).elements.compactMap { $0["ruleId"]?.string }
        #expect(Set(listed) == Set(ids))
        for rule in rules {
            let isError = rule["id"]?.string?.hasPrefix("E") == true
            #expect(rule["defaultConfiguration"]?["level"]?.string == (isError ? "error" : "warning"))
            #expect(rule["shortDescription"]?["text"]?.string?.hasSuffix(".") == true)
        }
    }

    @Test func findingsAreInTheOrderOfFilesAndPlaces() async throws {
        let folder = try TemporaryFolder()
        for (place, item) in Self.folders.enumerated() {
            for (name, text) in item.files { try folder.write("mappings/\(place)-\(name)", text) }
        }
        let diagnostics = try #require(
            try await Command.run(["check", "--format", "json"], in: folder).json["diagnostics"])
        let places = diagnostics.elements.map { item in
            (item["file"]?.string ?? "", item["line"]?.number?.int64 ?? 0, item["column"]?.number?.int64 ?? 0)
        }
        #expect(places.count > 20)
        for (before, after) in zip(places, places.dropFirst()) { #expect(before <= after) }
    }
}

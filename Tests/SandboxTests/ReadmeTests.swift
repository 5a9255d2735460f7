import Foundation
import JSON
import Testing

@testable import Sandbox

/// What the front page says about the sandbox, done as it says.
@Suite("The sandbox in the README", .timeLimit(.minutes(1)))
struct ReadmeTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The lines of a fenced block.
    private static func block(_ tag: String) throws -> String {
        let text = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        let rest = try #require(text.split(separator: "```\(tag)\n", maxSplits: 1).dropFirst().first, "no block \(tag)")
        return String(try #require(rest.split(separator: "```", maxSplits: 1).first))
    }

    @Test("The command starts it, the requests launch, script a fault and show the launch")
    func runs() async throws {
        let command = try Self.block("sh run-sandbox").split(whereSeparator: \.isWhitespace).map { String($0) }
        #expect(command.first == "altcraft-sandbox")
        // Everything as printed, but for a port that is surely free and the folder that a reader stands in.
        let arguments = command.dropFirst().map { word in
            switch word {
            case "127.0.0.1:8080": "127.0.0.1:0"
            case _ where word.hasPrefix("deploy/"): Self.root.appending(path: word).path
            default: word
            }
        }
        let sandbox = try RunningProgram(CommandTests.program, arguments)
        var lines = sandbox.output.makeAsyncIterator()
        let port = try #require(await lines.next()?.split(separator: ":").last)
        let script = try Self.block("sh ask-sandbox").replacing(":8080", with: ":\(port)")
        let quiet = script.replacing("curl ", with: "curl -sS ")
        let shell = try RunningProgram(URL(filePath: "/bin/bash"), ["-ec", quiet])
        let answers = await shell.output.reduce(into: "") { $0 += $1 + "\n" }
        #expect(await shell.status == 0)
        #expect(answers.hasPrefix(#"{"data":null,"error":0,"error_text":"Successful operation"}"#))
        #expect(answers.contains(#""kind":"status","status":503"#))
        let launches = try JSONDocument.parse(String(answers.split(separator: "\n").last ?? "")).root["launches"]
        #expect(launches?.count == 1)
        #expect(launches?.element(0)?["recipient"]?["value"]?.string == "anna.petrova@example.com")
        #expect(integer(launches?.element(0)?["target"]) == 4_110)
        sandbox.send(SIGTERM)
        #expect(await sandbox.status == 0)
    }
}

import Foundation
import TestSupport
import Testing

@testable import Sandbox

/// The program itself: its words, its exit codes, its signals.
@Suite("altcraft-sandbox", .timeLimit(.minutes(2)))
struct CommandTests {
    /// The program, which is built beside the tests.
    static let program = BuiltPrograms.url("altcraft-sandbox")

    /// What a run of the program left behind.
    private struct Outcome: Sendable {
        let status: Int32
        let output: String
        let error: String
    }

    private func run(_ arguments: [String]) async throws -> Outcome {
        let run = try RunningProgram(Self.program, arguments)
        let output = await run.output.reduce(into: "") { $0 += $1 + "\n" }
        let error = await run.error.reduce(into: "") { $0 += $1 + "\n" }
        return Outcome(status: await run.status, output: output, error: error)
    }

    /// A folder with a data file in it, gone after the test.
    private func withAccount<Value>(_ text: String, _ body: (String) async throws -> Value) async throws -> Value {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        return try await body(try folder.write("account.json", text))
    }

    static let mistakes: [(arguments: [String], message: String)] = [
        ([], "Missing expected argument '--address"),
        (["--address", "127.0.0.1:0", "--token", "t"], "Missing expected argument '--data"),
        (["--address", "127.0.0.1:0", "--data", "x"], "Missing expected argument '--token"),
        (["--address", "nonsense", "--token", "t", "--data", "x"], "The value 'nonsense' is invalid"),
        (["--address", ":80", "--token", "t", "--data", "x"], "The value ':80' is invalid"),
        (["--address", "1.2.3.4:70000", "--token", "t", "--data", "x"], "is invalid"),
        (["--address", "::1:80", "--token", "t", "--data", "x"], "is invalid"),
        (["--address", "127.0.0.1:0", "--token", "", "--data", "x"], "--token is empty"),
        (["--address", "127.0.0.1:0", "--token", "t", "--data", "x", "--keep", "0"], "--keep must be at least 1"),
        (["--address", "127.0.0.1:0", "--token", "t", "--data", "x", "--unmatched", "maybe"], "'maybe' is invalid"),
        (["--address", "127.0.0.1:0", "--token", "t", "--data", "x", "--refusal-code", "0"], "would mean success"),
        (["--address", "127.0.0.1:0", "--token", "t", "--data", "x", "--task-seconds", "1e9"], "--task-seconds"),
        (["--address", "127.0.0.1:0", "--token", "t", "--data", "x", "--bogus"], "Unknown option '--bogus'"),
        (
            ["--address", "127.0.0.1:0", "--token", "t", "--data", "/nowhere/x.json"],
            "/nowhere/x.json: cannot be read: there is no such file or folder"
        ),
    ]

    @Test("Usage errors end with 2 and say what is wrong on standard error", arguments: mistakes)
    func usage(arguments: [String], message: String) async throws {
        let outcome = try await run(arguments)
        #expect(outcome.status == 2)
        #expect(outcome.error.contains(message), "\(outcome.error)")
        #expect(outcome.output.isEmpty)
    }

    @Test("A bad data file ends with 2, its place and what is wrong")
    func badAccount() async throws {
        try await withAccount("{\"campaigns\":\n [{\"id\": \"x\"}]}") { path in
            let outcome = try await run(["--address", "127.0.0.1:0", "--token", "t", "--data", path])
            #expect(outcome.status == 2)
            #expect(outcome.error.contains("\(path):2:10: \"id\" of a campaign must be a whole number"))
        }
    }

    @Test("The help teaches and ends with 0")
    func help() async throws {
        let outcome = try await run(["--help"])
        #expect(outcome.status == 0)
        for text in [
            "curl", "/sandbox/launches", "/sandbox/faults", "\"campaigns\"", "--status-on-error", "carried_out",
        ] {
            #expect(outcome.output.contains(text), "\(text)")
        }
        #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 90 })
    }

    @Test("It tells its address, serves, logs each launch, and ends with 0 on a signal", arguments: [SIGTERM, SIGINT])
    func serves(signal: Int32) async throws {
        try await withAccount(Account.text) { path in
            let run = try RunningProgram(
                Self.program, ["--address", "127.0.0.1:0", "--token", Playground.token, "--data", path])
            var lines = run.output.makeAsyncIterator()
            let line = try #require(await lines.next())
            let port = try #require(
                line.wholeMatch(of: /altcraft-sandbox listening on http:\/\/127\.0\.0\.1:(\d+)/).flatMap { Int($0.1) })
            let answer = try await Self.post(
                port, "/api/v1.1/workflows/start",
                #"{"token": "\#(Playground.token)", "id": 3, "email": "john@example.com"}"#)
            #expect(answer == #"{"data":null,"error":0,"error_text":"Successful operation"}"#)
            var errors = run.error.makeAsyncIterator()
            let logged = try #require(await errors.next())
            #expect(logged.contains("launch 1: scenario 3 \"Welcome\""))
            run.send(signal)
            #expect(await run.status == 0)
            let (lastLine, lastError) = (await lines.next(), await errors.next())
            #expect(lastLine == nil)
            #expect(lastError == nil)
        }
    }

    @Test("A taken address ends with 1 and is named")
    func taken() async throws {
        try await withAccount("{}") { path in
            let first = try RunningProgram(Self.program, ["--address", "127.0.0.1:0", "--token", "t", "--data", path])
            var lines = first.output.makeAsyncIterator()
            let port = try #require(await lines.next()?.split(separator: ":").last)
            let second = try await run(["--address", "127.0.0.1:\(port)", "--token", "t", "--data", path])
            #expect(second.status == 1)
            #expect(second.error.contains("cannot listen on 127.0.0.1:\(port): another program listens there; "))
            #expect(!second.error.contains("errno"))
            first.send(SIGTERM)
            #expect(await first.status == 0)
        }
    }

    @Test("With --save the file holds what requests have changed; without it stays as it is")
    func saves() async throws {
        for save in [true, false] {
            try await withAccount(Account.text) { path in
                let run = try RunningProgram(
                    Self.program,
                    ["--address", "127.0.0.1:0", "--token", Playground.token, "--data", path, "--quiet"]
                        + (save ? ["--save"] : []))
                var lines = run.output.makeAsyncIterator()
                let port = try #require(await lines.next()?.split(separator: ":").last.flatMap { Int($0) })
                _ = try await Self.post(
                    port, "/api/v1.1/campaigns/triggers/import_and_start",
                    #"{"token": "\#(Playground.token)", "trigger_id": 1, "email": "new@x", "data": {"a": 1}}"#)
                run.send(SIGTERM)
                #expect(await run.status == 0)
                let saved = try SandboxData.read(path: path)
                #expect((saved.profiles.last?.email == "new@x") == save)
            }
        }
    }

    private static func post(_ port: Int, _ path: String, _ body: String) async throws -> String {
        try await SocketClient.exchange(port, SocketClient.request(path, body)).body
    }
}

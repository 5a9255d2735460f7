import Foundation
import TestSupport
import Testing

@testable import Settings

@Suite("The token", .timeLimit(.minutes(1)))
struct TokenSourceTests {
    @Test(
        "A file holds a token and space around it",
        arguments: [("abc", "abc"), ("  abc\n", "abc"), ("\r\n\tabc\r\n\r\n", "abc"), ("a.b-c_d~+/=", "a.b-c_d~+/=")])
    func read(content: String, wanted: String) throws {
        let folder = try TemporaryFolder()
        let source = try TokenSource(.file(try folder.write("token", content)))
        #expect(source.current.reveal() == wanted)
        #expect(source.reload() == .unchanged)
    }

    @Test(
        "What is no token is refused, without being told",
        arguments: ["", " \n", "hunter2 hunter3", "hunter2\nhunter3", "hunter2\0", "hünter2", "hunter2\u{1B}"])
    func refused(content: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("token", content)
        let problem = #expect(throws: SettingProblem.self) { try TokenSource(.file(path)) }
        #expect(problem.map { "\($0)".contains("unter2") } == false)
        #expect(problem?.message.hasPrefix(path) == true)
        #expect(throws: SettingProblem.self) { try TokenSource(.fixed(Secret(content))) }
    }

    @Test("A changed file is taken, a broken one leaves the last good token in force")
    func reload() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("token", "one\n")
        let source = try TokenSource(.file(path))
        _ = try folder.write("token", "two\n")
        #expect(source.reload() == .changed)
        #expect(source.current.reveal() == "two")
        _ = try folder.write("token", "")
        guard case .failed = source.reload() else {
            Issue.record("an empty file was taken")
            return
        }
        try FileManager.default.removeItem(atPath: path)
        guard case .failed(let problem) = source.reload() else {
            Issue.record("a missing file was taken")
            return
        }
        #expect(problem.message.contains("there is no such file"))
        #expect(source.current.reveal() == "two")
        _ = try folder.write("token", "two")
        #expect(source.reload() == .unchanged)
    }

    @Test("The decision: which token is in force after one was read")
    func decide() {
        let (old, new) = (Secret("old"), Secret("new"))
        let problem = SettingProblem("is empty", "put it there")
        #expect(TokenSource.decide(current: old, read: .success(old)) == (old, .unchanged))
        #expect(TokenSource.decide(current: old, read: .success(new)) == (new, .changed))
        #expect(TokenSource.decide(current: old, read: .failure(problem)) == (old, .failed(problem)))
    }

    @Test("The loader reads the file where the platform is needed, and only there")
    func loader() throws {
        var environment = Reading.complete
        environment["TRIGGER_BRIDGE_ALTCRAFT_TOKEN"] = nil
        environment["TRIGGER_BRIDGE_ALTCRAFT_TOKEN_FILE"] = "/does/not/exist"
        let sources = SettingSources(environment: environment)
        let (_, findings) = SettingsLoader.read(sources, needing: [.platform])
        #expect(findings.map(\.key) == ["altcraft.token_file"])
        #expect(findings.first?.source == .environment("TRIGGER_BRIDGE_ALTCRAFT_TOKEN_FILE"))
        #expect(SettingsLoader.read(sources).findings.isEmpty)
    }
}

import Foundation
import TestSupport
import Testing

/// Inputs that nobody meant, and readers that leave: an error with its exit code, never a trap and never a hang.
@Suite(.timeLimit(.minutes(5)))
struct HostileInputTests {
    /// Bytes that each command is given in place of each of its files.
    static let inputs: [(name: String, bytes: [UInt8])] = {
        var random = SeededGenerator(seed: 11)
        return [
            ("nothing", []), ("a byte", [0]), ("not UTF-8", [0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D]),
            ("noise", (0..<100_000).map { _ in UInt8.random(in: 0...255, using: &random) }),
            ("deep lists", Array(repeating: UInt8(ascii: "["), count: 500_000)),
            ("deep objects", Array(String(repeating: "{\"a\":", count: 100_000).utf8)),
            ("a big number", Array(String(repeating: "9", count: 1_000_000).utf8)),
            ("a big text", Array("\"\(String(repeating: "x", count: 5_000_000))\"".utf8)),
            ("many members", Array("{\((0..<5_000).map { "\"m\($0)\":[\($0)]" }.joined(separator: ","))}".utf8)),
        ]
    }()

    private let isLong = ProcessInfo.processInfo.environment["TRIGGER_BRIDGE_LONG_TESTS"] != nil

    @Test(arguments: inputs.indices)
    func everyFileOfEveryCommand(index: Int) async throws {
        let (name, bytes) = Self.inputs[index]
        let folder = try Samples.folder()
        try folder.write("x.json", bytes)
        try folder.write("p.json", #"{"a": [1]}"#)
        try folder.write("m/y.json", Samples.mapping)
        try folder.write("m/y.tests.json", bytes)
        let event = "mappings/events/order-paid.json"
        let commands = [
            ["path", "$", "x.json"], ["path", "$..*", "x.json", "--locations"],
            ["path", "--query-file", "x.json", event],
            ["match", "x.json", event], ["match", "p.json", "x.json"], ["match", "--cases", "x.json"],
            ["check", "x.json"], ["check", "--config", "x.json"], ["check", "m"], ["test", "m"], ["test", "x.json"],
            ["preview", "--event", "x.json"], ["preview", "--event", event, "x.json"],
            ["init", "--output", "new", "--name", "n", "x.json"], ["schema", "--write", "x.json"],
        ]
        // Each command meets a third of the inputs, and each input a third of the commands; all with a longer breath.
        for (number, arguments) in commands.enumerated() where isLong || (number + index) % 3 == 0 {
            let outcome = try await Command.run(arguments, in: folder)
            #expect(
                (0...3).contains(outcome.exit), "\(name), \(arguments): \(outcome.exit) \(outcome.errors.suffix(300))")
            #expect(!outcome.errors.contains("Fatal error"))
            if outcome.exit != 0, arguments[0] != "check", arguments[0] != "test", arguments[0] != "match" {
                #expect(outcome.errors != "", "\(name), \(arguments)")
            }
        }
    }

    @Test func aReaderThatLeavesIsNoCrash() async throws {
        let folder = try Samples.folder()
        let line = #"{"id": "\#(String(repeating: "x", count: 200))", "pattern": {"a": [1]}, "event": {}}"#
        try folder.write("cases", Array(repeating: line, count: 3_000).joined(separator: "\n"))
        try folder.write("big.json", "[\(String(repeating: "1,", count: 300_000))1]")
        for command in ["match --cases cases", "path '$' big.json", "schema"] {
            for trap in ["", "trap '' PIPE; "] {
                let script = "\(trap)\"$bridge\" \(command) | head -c 10 > /dev/null; echo ${PIPESTATUS[0]}"
                #expect(try await Command.shell(script, in: folder).output == "0\n", "\(command)")
            }
        }
    }

    @Test func aFullDiskIsTold() async throws {
        let folder = try Samples.folder()
        let outcome = try await Command.run(["schema"], in: folder, output: "/dev/full")
        #expect(outcome.exit == 2 && outcome.errors.contains("standard output cannot be written"))
    }

    @Test func foldersAndDevicesAreNoFiles() async throws {
        let folder = try Samples.folder()
        for arguments in [
            ["path", "$", "mappings"], ["preview", "--event", "mappings"], ["match", "mappings", "mappings"],
        ] {
            let outcome = try await Command.run(arguments, in: folder)
            #expect((2...3).contains(outcome.exit) && outcome.errors.contains("it is a folder"), "\(outcome)")
        }
        #expect(try await Command.run(["check", "/dev/null"], in: folder).exit == 1)
    }
}

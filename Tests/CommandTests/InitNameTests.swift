import Foundation
import JSON
import TestSupport
import Testing

/// What `init` calls a mapping, where it writes, and what it never touches.
@Suite(.timeLimit(.minutes(2)))
struct InitNameTests {
    @Test(arguments: [
        ("order.json", "order"), ("01-order-paid.shopify.json", "order-paid"), ("2026_03_cart.json", "cart"),
        ("Заказ order.json", "order"), ("...json", "mapping"), ("123.json", "mapping"), ("__.json", "mapping"),
        ("a b.json", "a-b"), ("it's.json", "it-s"), ("ünïcode.json", "n-code"), ("noending", "noending"),
        ("ORDER.JSON", "ORDER"), (String(repeating: "x", count: 140), String(repeating: "x", count: 128)),
    ])
    func theNameComesFromTheFile(file: String, name: String) async throws {
        let folder = try TemporaryFolder()
        try folder.write(file, Samples.event)
        let outcome = try await Command.run(["init", file], in: folder)
        #expect(outcome.exit == 0, "\(outcome)")
        let written = try folder.names().filter { $0.hasPrefix("mappings/") && !$0.hasSuffix(".schema.json") }
        #expect(
            written.sorted()
                == [
                    "mappings/\(name).json", "mappings/\(name).tests.json", "mappings/events",
                    "mappings/events/\(name).json",
                ].sorted())
        let mapping = try JSONDocument.parse(try folder.text("mappings/\(name).json")).root
        #expect(mapping["name"]?.string == name)
        #expect(try await Command.run(["test"], in: folder).exit == 0)
    }

    @Test func theCommandsThatItPrintsWorkAsTheyStand() async throws {
        let folder = try TemporaryFolder()
        try folder.write("new orders/it's (1).json", Samples.event)
        let outcome = try await Command.run(
            ["init", "--campaign", "7", "--output", "my maps", "new orders/it's (1).json"], in: folder)
        let lines = outcome.output.split(separator: "\n").map { $0.drop { $0 == " " } }
            .filter { $0.hasPrefix("trigger-bridge ") }
        #expect(lines.count == 2, "\(outcome)")
        for line in lines {
            let run = try await Command.shell("\"$bridge\"\(line.dropFirst("trigger-bridge".count))", in: folder)
            #expect(run.exit == 0, "\(line): \(run.output)")
        }
    }

    @Test(arguments: ["it-s.json", "it-s.tests.json", "events/it-s.json"])
    func nothingIsOverwritten(existing: String) async throws {
        let folder = try TemporaryFolder()
        try folder.write("it's.json", Samples.event)
        try folder.write("mappings/\(existing)", "mine")
        let outcome = try await Command.run(["init", "it's.json"], in: folder)
        #expect(outcome.exit == 2 && outcome.output == "", "\(outcome)")
        #expect(try folder.text("mappings/\(existing)") == "mine")
        // Nothing half: what stands there is all that stands there.
        let files = try folder.names().filter { $0.hasPrefix("mappings/") && $0 != "mappings/events" }
        #expect(files == ["mappings/\(existing)"])
    }

    @Test func anEventInItsPlaceStaysAndSchemasAreKept() async throws {
        let folder = try TemporaryFolder()
        try folder.write("mappings/events/order.json", Samples.event)
        try folder.write("mappings/mapping.schema.json", "{}")
        let outcome = try await Command.run(["init", "mappings/events/order.json"], in: folder)
        #expect(outcome.exit == 0, "\(outcome)")
        #expect(try folder.text("mappings/events/order.json") == Samples.event)
        #expect(try folder.text("mappings/mapping.schema.json") == "{}")
        #expect(!outcome.output.contains("wrote mappings/events/order.json"))
        #expect(try folder.text("mappings/tests.schema.json").contains("TriggerBridge tests of a mapping"))
    }

    @Test(arguments: ["a b", "é", "", "a/b", String(repeating: "a", count: 129)])
    func aNameThatIsNoneIsAMatterOfUsage(name: String) async throws {
        let folder = try TemporaryFolder()
        try folder.write("e.json", Samples.event)
        let outcome = try await Command.run(["init", "--name", name, "e.json"], in: folder)
        #expect(outcome.exit == 2 && outcome.errors.contains("--name: "), "\(outcome)")
        #expect(try !folder.names().contains { $0.hasPrefix("mappings") })
    }

    @Test func aFolderThatCannotBeMadeIsTold() async throws {
        let folder = try TemporaryFolder()
        try folder.write("e.json", Samples.event)
        try folder.write("taken", "a file")
        let outcome = try await Command.run(["init", "--output", "taken", "e.json"], in: folder)
        #expect(outcome.exit == 2 && outcome.errors.contains("taken/e.json cannot be written"), "\(outcome)")
        #expect(try folder.text("taken") == "a file")
    }

    @Test(arguments: [
        (["--campaign", "4101"], #""launch": { "campaign": 4101 }"#),
        (["--scenario", "12"], #""launch": { "scenario": 12 }"#),
    ])
    func theTargetIsWritten(arguments: [String], launch: String) async throws {
        let folder = try TemporaryFolder()
        try folder.write("e.json", Samples.event)
        let outcome = try await Command.run(["init"] + arguments + ["e.json"], in: folder)
        #expect(outcome.exit == 0 && !outcome.output.contains("put the number"))
        #expect(try folder.text("mappings/e.json").contains(launch))
        #expect(try await Command.run(["check", "--strict"], in: folder).exit == 0)
    }
}

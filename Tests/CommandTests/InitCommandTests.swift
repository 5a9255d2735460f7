import JSON
import TestSupport
import Testing

/// `trigger-bridge init`.
@Suite(.timeLimit(.minutes(2)))
struct InitCommandTests {
    private func run(_ arguments: [String], in folder: TemporaryFolder, input: String = "") async throws
        -> Command.Outcome
    {
        try await Command.run(["init"] + arguments, in: folder, input: Array(input.utf8))
    }

    @Test func whatIsWrittenPassesStrictly() async throws {
        let folder = try TemporaryFolder()
        try folder.write("My Order (1).json", Samples.event)
        let outcome = try await run(["--name", "first", "--campaign", "4101", "My Order (1).json"], in: folder)
        #expect(outcome.exit == 0, "\(outcome)")
        #expect(outcome.output.contains("--event 'My Order (1).json' mappings/first.json"))
        #expect(outcome.output.contains("Next: take out of") && !outcome.output.contains("number of your campaign"))
        #expect(outcome.errors.contains("warning: the routing key order.1.paid became order.*.paid: check it\n"))
        #expect(try folder.text("mappings/first.json").contains(#""launch": { "campaign": 4101 }"#))
        #expect(try await Command.run(["check", "--strict"], in: folder).exit == 0)
        #expect(try await Command.run(["test"], in: folder).exit == 0)
    }

    @Test func standardInputIsShownByItsCopy() async throws {
        let folder = try TemporaryFolder()
        let outcome = try await run(["--name", "first", "-"], in: folder, input: Samples.event)
        #expect(outcome.output.contains("--event mappings/events/first.json mappings/first.json"), "\(outcome)")
        #expect(outcome.output.contains("put the number of your campaign into"))
    }

    @Test func aMappingThatIsThereGetsItsTests() async throws {
        let folder = try TemporaryFolder()
        try folder.write("mappings/order-paid.json", Samples.mapping)
        try folder.write("e.json", Samples.event)
        let outcome = try await run(["--name", "order-paid", "e.json"], in: folder)
        #expect(outcome.exit == 0, "\(outcome)")
        #expect(try folder.text("mappings/order-paid.json") == Samples.mapping)
        #expect(!outcome.output.contains("wrote mappings/order-paid.json\n"))
        #expect(try await Command.run(["test"], in: folder).exit == 0)
        let again = try await run(["--name", "order-paid", "e.json"], in: folder)
        #expect(again.exit == 2 && again.errors.contains("nothing was written"))
        try folder.write("mappings/broken.json", "{")
        let broken = try await run(["--name", "broken", "e.json"], in: folder)
        #expect(broken.exit == 2 && broken.errors.contains("mend the mapping"), "\(broken)")
    }

    @Test(arguments: [["--campaign", "0"], ["--campaign", "1", "--scenario", "2"], ["--scenario", "-1"]])
    func usageErrors(arguments: [String]) async throws {
        let folder = try TemporaryFolder()
        try folder.write("e.json", Samples.event)
        #expect(try await run(arguments + ["e.json"], in: folder).exit == 2)
    }

    @Test func aMappingThatWantsEverythingIsTold() async throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "mappings/a.json",
            Samples.mapping.replacing(
                #"{ "exchange": ["shop.events"], "routing_key": ["order.*.paid"], "body": { "status": ["paid"] } }"#,
                with: "{}"))
        let outcome = try await Command.run(["check"], in: folder)
        #expect(outcome.exit == 0)
        #expect(outcome.output.contains("mappings/a.json:3:11: warning W241: \"order-paid\" wants every event"))
    }
}

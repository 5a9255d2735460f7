import AMQP
import BrokerSupport
import Foundation
import JSON
import TestSupport
import Testing

/// The shop as the demo starts it: events go out as their files say, one after the other's end.
@Suite("The demo's shop", .timeLimit(.minutes(2)))
struct DemoShopTests {
    private static let program = BuiltPrograms.url("demo-shop").path

    /// Runs the shop in a script's folder; coverage is counted nowhere.
    private static func run(_ script: Script, _ arguments: String) throws -> String {
        try script.run("LLVM_PROFILE_FILE=/dev/null '\(program)' \(arguments)")
    }

    @Test("without arguments it says which there are")
    func usage() async throws {
        for arguments in ["", "amqp://127.0.0.1", "amqp://127.0.0.1 log"] {
            let said = try await onOwnThread { try Self.run(Script(), arguments) }
            #expect(said == "usage: demo-shop BROKER-URL BRIDGE-LOG EVENT-FILE…\nexit 2\n")
        }
    }

    @Test("a broker that is not there is told of, and so is an event that is not")
    func faults() async throws {
        try await withVirtualHost { host in
            let nobody = try Self.run(Script(), "amqp://guest:guest@127.0.0.1:1/ log event.json")
            #expect(nobody.hasPrefix("demo-shop: ") && nobody.hasSuffix("\nexit 1\n"))
            let nothing = try Self.run(Script(), "'\(host.url())' log no-such-event.json")
            #expect(nothing.hasPrefix("demo-shop: ") && nothing.hasSuffix("\nexit 1\n"))
        }
    }

    @Test("an event that no queue wants is a fault, and those after it are not published")
    func unwanted() async throws {
        try await withVirtualHost { host in
            let script = try Script()
            for name in ["a", "b"] {
                let event = #"{"amqp":{"exchange":"","routing_key":"nobody"},"body":{}}"#
                try Data(event.utf8).write(to: script.folder.appending(path: "\(name).json"))
            }
            try Data().write(to: script.folder.appending(path: "log"))
            let said = try Self.run(script, "'\(host.url())' log a.json b.json")
            #expect(said.contains("the broker did not take an event") && said.hasSuffix("\nexit 1\n"))
            #expect(said.contains("a.json") && !said.contains("b.json"))
        }
    }

    /// The bridge's part is played by a consumer that writes a line for each message.
    @Test("bodies, ids and keys are those of the files, and each event is told under its name")
    func publishes() async throws {
        let events = [
            (
                "one",
                #"{"amqp":{"exchange":"","routing_key":"orders","properties":{"message_id":"m-1"}},"body":{"n": 10.10}}"#
            ),
            ("two", #"{"amqp":{"exchange":"","routing_key":"orders"},"body":"{\"id\": 1, "}"#),
            ("three", #"{"amqp":{"routing_key":"orders"},"body":[1, null]}"#),
        ]
        try await withVirtualHost { host in
            let script = try Script()
            for (name, text) in events {
                try Data(text.utf8).write(to: script.folder.appending(path: "\(name).json"))
            }
            let log = script.folder.appending(path: "log")
            try Data().write(to: log)
            let consumer = try ConsumerDriver.consuming(host, queue: "orders")
            let output = Pipe()
            let shop = Process()
            shop.executableURL = URL(filePath: "/usr/bin/timeout")
            shop.arguments =
                ["60", Self.program, host.url(), log.path] + events.map { "\(script.folder.path)/\($0.0).json" }
            shop.environment = ["LLVM_PROFILE_FILE": "/dev/null"]
            shop.standardOutput = output
            try shop.run()
            for number in 1...events.count {
                try consumer.run { _ in consumer.deliveries.count == number }
                let line = #"{"event_id":"\#(number)","end":"skipped","reason":"reason \#(number)"}"# + "\n"
                let file = try FileHandle(forWritingTo: log)
                try file.seekToEnd()
                try file.write(contentsOf: Data(line.utf8))
                try file.close()
            }
            let said = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
            shop.waitUntilExit()
            #expect(shop.terminationStatus == 0)
            let told = events.enumerated().map { number, event in
                "\n  \(event.0).json  ( / orders)\n    – skipped: reason \(number + 1)\n"
            }
            #expect(said == told.joined())
            let deliveries = consumer.deliveries
            #expect(
                deliveries.map { String(decoding: $0.body, as: UTF8.self) } == [
                    #"{"n":10.10}"#, #"{"id": 1, "#, "[1,null]",
                ])
            #expect(deliveries.map { $0.properties.messageID?.string } == ["m-1", "demo-two.json", "demo-three.json"])
        }
    }
}

import AMQP
import BrokerSupport
import Foundation
import TestSupport
import Testing

/// What the front page says, done as it says: each command and each file of it.
@Suite("End to end: the README", .serialized, .timeLimit(.minutes(5)))
struct ReadmeTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The fenced blocks: what stands behind the fence, and the lines.
    private static func blocks() throws -> [(tag: String, text: String)] {
        let text = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        let parts = text.components(separatedBy: "```")
        return stride(from: 1, to: parts.count, by: 2).map { place in
            let lines = parts[place].split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(lines[0]), lines.count > 1 ? String(lines[1]) : "")
        }
    }

    private static func block(_ tag: String) throws -> String {
        try #require(try blocks().first { $0.tag == tag }?.text, "no block \(tag)")
    }

    /// The commands of a block, without what they say about themselves.
    private static func commands(_ tag: String) throws -> [String] {
        try block(tag).split(separator: "\n").map { line in
            line.split(separator: " #", maxSplits: 1)[0].trimmingCharacters(in: .whitespaces)
        }
    }

    @Test("every block is run by a test")
    func everyBlock() throws {
        let here = [
            "sh", "json mapping", "sh run", "json event", "sh build", "json settings", "sh run-bridge", "sh run-doctor",
            "sh parked",
        ]
        // These are run by the sandbox's own tests.
        let elsewhere = ["sh run-sandbox", "sh ask-sandbox"]
        #expect(try Self.blocks().map(\.tag).sorted() == (here + elsewhere).sorted())
    }

    @Test("the two commands are there and say what they do; what is built is a product of the package")
    func commands() throws {
        #expect(try Self.commands("sh") == ["deploy/demo", "deploy/test"])
        for command in try Self.commands("sh") {
            #expect(FileManager.default.isExecutableFile(atPath: Self.root.appending(path: command).path))
        }
        let build = try Self.commands("sh build")
        let products = ["trigger-bridge", "altcraft-sandbox"]
        #expect(
            build == products.map { "swift build -c release --product \($0)" }
                + ["export PATH=$PWD/.build/release:$PATH"])
        let manifest = try String(contentsOf: Self.root.appending(path: "Package.swift"), encoding: .utf8)
        for product in products { #expect(manifest.contains(#""\#(product)","#)) }
    }

    @Test(
        "the queues that are made by hand are those that the bridge would declare; all alarms and classes have a line")
    func operators() throws {
        let text = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `orders.") }
        #expect(rows.count == 2)
        for (row, step) in zip(
            rows,
            [
                Topology.Step.declareParkingQueue("orders.parked"),
                .declareDelayQueue("orders.delay.5s", delayMilliseconds: 5_000, returningTo: "orders"),
            ])
        {
            for (argument, value) in try #require(step.declaredArguments(nil)) {
                #expect(row.contains("`\(argument.rawValue)"), "\(argument.rawValue)")
                #expect(value.isEmpty || row.contains(value), "\(argument.rawValue) \(value)")
            }
        }
        for word in ["undecodable", "unmappable", "refused", "exhausted", "unknown"] {
            #expect(text.contains("\n| `\(word)` |"))
        }
        for alarm in ["parking", "broker_blocked", "ledger", "mapping", "unauthorized", "tariff", "forbidden"] {
            #expect(text.split(separator: "\n").contains { $0.hasPrefix("| ") && $0.contains("`\(alarm)`") })
        }
    }

    @Test("the tree has a line for every folder under Sources, and for none that is not there")
    func tree() throws {
        let text = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
        let tables = try #require(text.components(separatedBy: "## The tree").last).split(separator: "\n\n").dropFirst()
        let cells = tables.joined(separator: "\n").split(separator: "\n").filter { $0.hasPrefix("| `") }
            .compactMap { $0.split(separator: "|").first }
        let named = cells.flatMap { $0.matches(of: /`([^`]+)`/).map { String($0.output.1) } }
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "Sources").path)
        #expect(named.sorted() == folders.filter { !$0.hasPrefix(".") }.sorted())
    }

    @Test("the demo launches the samples, parks one event with its reason, and leaves nothing behind")
    func demo() async throws {
        try await onOwnThread {
            let place = try TemporaryFolder()
            let demo = try Self.startDemo(place)
            let exit = try demo.end(seconds: 200)
            let said = try GrowingFile.text(demo.output) + GrowingFile.text(demo.errors)
            #expect(exit == 0, "\(said)")
            for part in ["launched 8, parked 1, skipped 0", "campaign 4101", "not_json"] {
                #expect(said.contains(part), "\(part) in \(said)")
            }
            #expect(!said.contains("anna.petrova@example.com"), "addresses are masked")
            try Self.expectNothingLeft(place)
        }
    }

    @Test(
        "an impatient Ctrl-C ends the demo wherever it is, and nothing is left behind",
        arguments: ["starting RabbitMQ", "starting the bridge", "Summary"])
    func interruptedDemo(at title: String) async throws {
        try await onOwnThread {
            let place = try TemporaryFolder()
            let demo = try Self.startDemo(place, " --keep")
            try wait(for: title, seconds: 100) { try GrowingFile.text(demo.output).contains(title) }
            for _ in 0..<3 { demo.signal(SIGINT) }
            let exit = try demo.end(seconds: 60)
            #expect(exit == 130)
            let complaints = try GrowingFile.text(demo.errors)
            #expect(!complaints.contains("Killed"), "\(complaints)")
            try Self.expectNothingLeft(place)
        }
    }

    /// Starts the demo with a folder of its own for temporary files.
    private static func startDemo(_ place: TemporaryFolder, _ option: String = "") throws -> Child {
        try place.write("tmp/.keep", "")
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return try Child(
            shell: "PATH=$PATH:\(path) exec '\(root.path)/deploy/demo' --debug --no-build\(option)", in: place,
            name: "demo", environment: ["TMPDIR": place.path("tmp"), "HOME": place.path])
    }

    /// No file, and no process: each of the demo's knows the folder by its arguments or its environment.
    private static func expectNothingLeft(_ place: TemporaryFolder) throws {
        let tmp = place.path("tmp")
        #expect(try FileManager.default.contentsOfDirectory(atPath: tmp) == [".keep"])
        let command =
            "for p in $(grep -ls '\(tmp)' /proc/[0-9]*/environ); do tr '\\0' ' ' < ${p%environ}cmdline || true; done"
        let left = try Child(shell: command, in: place, name: "left")
        #expect(try left.end() == 0)
        let processes = try GrowingFile.text(left.output)
        #expect(processes.isEmpty, "\(processes)")
    }

    /// The mapping and the event as a reader would write them down.
    private static func place() throws -> TemporaryFolder {
        let place = try TemporaryFolder()
        try place.write("mappings/order-paid.json", block("json mapping"))
        try place.write("event.json", block("json event"))
        return place
    }

    @Test("the mapping passes check, and preview shows the request that it makes of the event")
    func preview() async throws {
        try await onOwnThread {
            let place = try Self.place()
            for (number, command) in try Self.commands("sh run").enumerated() {
                let child = try Child(shell: command, in: place, name: "line-\(number)")
                let exit = try child.end()
                let said = try GrowingFile.text(child.output) + GrowingFile.text(child.errors)
                #expect(exit == 0, "\(command): \(said)")
                guard command.contains("preview") else { continue }
                for part in ["4101", "anna@example.com", "149.90", "#1001"] { #expect(said.contains(part), "\(said)") }
            }
        }
    }

    @Test("the settings and every command on them, with a broker and an account of the test")
    func bridge() async throws {
        try await withVirtualHost { host in
            try host.declareExchange("shop.events")
            let place = try Self.place()
            let port = UInt16.random(in: 21_000...31_999)
            let data = Self.root.appending(path: "deploy/sample/sandbox.json").path
            let sandbox = try Child(
                "altcraft-sandbox", ["--address", "127.0.0.1:\(port)", "--token", "demo-token", "--data", data],
                in: place, name: "sandbox")
            try wait(for: "the sandbox") { try GrowingFile.text(sandbox.output).contains("\(port)") }
            try place.write("token", "demo-token\n")
            let settings = try Self.block("json settings")
                .replacing("amqp://bridge:secret@rabbit.example.com/shop", with: host.url())
                .replacing("https://example.altcraft.com", with: "http://127.0.0.1:\(port)")
                .replacing("/run/secrets/altcraft", with: place.path("token"))
            try place.write("bridge.json", settings)
            for (number, command) in try Self.commands("sh run-bridge").enumerated() {
                try Self.launch(command, number, place, host)
            }
            for (number, command) in try (Self.commands("sh run-doctor") + Self.commands("sh parked")).enumerated() {
                try Self.look(command, number, place)
            }
        }
    }

    /// What the page leaves to its reader: a console that is free, queues that are there.
    private static let environment = [
        "TRIGGER_BRIDGE_CONSOLE_ADDRESS": "127.0.0.1:0", "TRIGGER_BRIDGE_BROKER_DECLARE": "true",
        "TRIGGER_BRIDGE_LOG_FORMAT": "json",
    ]

    private static func start(_ command: String, _ name: String, _ place: TemporaryFolder) throws -> Child {
        try Child(shell: "exec env \(command)", in: place, name: name, environment: environment)
    }

    /// Runs the bridge, has it launch the event, and stops it in order.
    private static func launch(_ command: String, _ number: Int, _ place: TemporaryFolder, _ host: VirtualHost) throws {
        let bridge = try start(command, "bridge-\(number)", place)
        try wait(for: "consuming: \(command)") {
            guard bridge.isRunning else { throw Late(description: try GrowingFile.text(bridge.errors)) }
            return try GrowingFile.text(bridge.errors).contains(#""message":"consuming""#)
        }
        let shop = try PublisherDriver.connected(host)
        let event = """
            {
              "name": "#1001-\(number)", "financial_status": "paid", "total_price": "149.90",
              "email": "anna.petrova@example.com"
            }
            """
        #expect(try shop.outcome(to: "order.1001.paid", exchange: "shop.events", Array(event.utf8)) == .confirmed)
        try wait(for: "the launch: \(command)") {
            try GrowingFile.text(bridge.errors).contains(#""end":"launched""#)
        }
        bridge.signal(SIGTERM)
        #expect(try bridge.end() == 0)
    }

    /// Runs a command that looks; a shadow is stopped once it listens.
    private static func look(_ command: String, _ number: Int, _ place: TemporaryFolder) throws {
        let child = try start(command, "look-\(number)", place)
        if command.contains("--shadow") {
            try wait(for: command) { try GrowingFile.text(child.errors).contains("orders.shadow") }
            child.signal(SIGTERM)
        }
        let exit = try child.end()
        let said = try GrowingFile.text(child.output) + GrowingFile.text(child.errors)
        #expect(exit == 0, "\(command): \(said)")
    }
}

import AMQP
import BrokerSupport
import Foundation
import HTTPSupport
import JSON
import Poll
import Synchronization
import TestSupport
import Testing

/// A broker with the queues of a bridge, a platform that refuses or takes, mappings, and the built program beside them.
///
/// Everything waits: for a thread of the test's own.
final class ParkedBench {
    let host: VirtualHost
    let folder: TemporaryFolder
    let platform: ScriptedServer
    private let shop: PublisherDriver
    private let refuses = Answer()

    private final class Answer: Sendable {
        let isRefusal = Mutex(true)
        let isSilent = Mutex(false)
    }

    /// The exchange is the shop's; the queues are declared as the bridge would.
    init(_ host: VirtualHost, expireAfter: String? = nil) throws {
        self.host = host
        folder = try TemporaryFolder()
        let refuses = refuses
        platform = try ScriptedServer { _, _ in
            if refuses.isSilent.withLock({ $0 }) { return Exchange(.whole, [.close]) }
            let isRefusal = refuses.isRefusal.withLock { $0 }
            let body = isRefusal ? #"{"error":301,"error_text":"Wrong params"}"# : #"{"error":0}"#
            // The script is asked when a connection waits for its next request: one that stays open has an old answer.
            return Exchange(.whole, [.bytes(Exchange.response(200, ["Connection: close"], body)), .close])
        }
        shop = try PublisherDriver(
            host.settings("shop"),
            Topology([.declareQueue("orders"), .declareParkingQueue("orders.parked")]))
        try shop.run { $0.isConnected }
        try folder.write("mappings/order-paid.json", Self.mapping(expireAfter: expireAfter))
        try folder.write(
            "bridge.json",
            """
            {"broker": {"url": "\(host.url())", "queue": "orders", "declare": true},
             "altcraft": {"url": "http://127.0.0.1:\(platform.port)", "token": "secret-token"},
             "mappings": {"path": "mappings"}, "console": {"address": "off"}}
            """)
    }

    deinit {
        platform.stop()
    }

    private static func mapping(expireAfter: String?) -> String {
        let delivery = expireAfter.map { #""delivery": {"expire_after": "\#($0)"}, "event": {"time": "$.at"},"# } ?? ""
        return """
            {"name": "order-paid", \(delivery) "when": {"body": {"kind": ["paid"]}}, "launch": {"campaign": 4101},
             "recipient": [{"matching": "email", "email": "$.email"}], "content": {"number": "$.number"}}
            """
    }

    /// Lets the platform take what it is asked, from now on.
    func accept() { refuses.isRefusal.withLock { $0 = false } }

    /// Lets the platform take requests and hang up without an answer, from now on.
    func fallSilent() { refuses.isSilent.withLock { $0 = true } }

    /// Changes a file.
    func write(_ name: String, _ change: (String) -> String) throws {
        try folder.write(name, change(try folder.text(name)))
    }

    /// An event of the shop.
    static func event(_ number: Int, kind: String = "paid", at: Int = 1_772_355_907) -> String {
        #"{"kind":"\#(kind)","email":"anna\#(number)@example.com","number":\#(number),"at":\#(at)}"#
    }

    /// Publishes a message as the shop would.
    func publish(_ body: [UInt8], id: String? = nil, to queue: AMQPText = "orders") throws {
        var properties = AMQPProperties()
        properties.messageID = id.map { AMQPText($0) }
        properties.headers = ["x-shop": .int32(7)]
        #expect(try shop.outcome(to: queue, body, properties) == .confirmed)
    }

    func publish(_ text: String, id: String? = nil) throws { try publish(Array(text.utf8), id: id) }

    /// Puts a second copy of everything parked into the parking queue, as a crash before the acknowledgement leaves it.
    func copyParked() throws {
        for message in try messages("orders.parked") {
            let outcome = try shop.outcome(to: "orders.parked", message.body, message.properties)
            #expect(outcome == .confirmed)
        }
    }

    /// What is in a queue, which stays as it is.
    func messages(_ queue: String) throws -> [Message] {
        var reader = try QueueReader(try host.settings("look"), queue: queue)
        var messages: [Message] = []
        while messages.count < Int(reader.status.messages), let delivery = try reader.next(within: .seconds(10)) {
            var properties = delivery.properties
            for name in ["x-delivery-count", Publisher.sequenceHeader] { properties.headers?.removeAll(named: name) }
            // The broker sorts them where it adds its own.
            properties.headers?.entries.sort { $0.name.description < $1.name.description }
            messages.append(Message(properties: properties, body: delivery.body))
        }
        try reader.close()
        return messages.sorted { $0.body.lexicographicallyPrecedes($1.body) }
    }

    /// A message in a queue.
    struct Message: Equatable {
        let properties: AMQPProperties
        let body: [UInt8]
    }

    /// Which events the platform was asked to launch, by their numbers, in order.
    var launched: [Int64] {
        platform.log.requests.compactMap { request in
            let document = try? JSONDocument.parse(request.body)
            return document?.root["content"]?["number"]?.number?.int64
        }
    }

    /// Starts the bridge.
    func start() throws -> RunningBridge { try RunningBridge(folder) }

    /// Lets a bridge take what is in the queue until so many events have ended, and stops it.
    func runUntil(ended count: Int) throws {
        let bridge = try start()
        #expect(bridge.wait { $0.count { $0.contains("\"end\":") } >= count }, "\(bridge.lines.suffix(3))")
        #expect(bridge.stop() == 0)
    }

    /// Runs a command to its end.
    func run(_ arguments: String..., settings: Bool = true) throws -> Command.Outcome {
        try finish([Command.program] + arguments + (settings ? ["--config", "bridge.json"] : []))
    }

    /// Runs lines of the shell with `$bridge` as the program.
    func shell(_ script: String) throws -> Command.Outcome { try finish(["/bin/bash", "-c", script]) }

    private func finish(_ command: [String]) throws -> Command.Outcome {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/timeout")
        process.arguments = ["100"] + command
        process.currentDirectoryURL = folder.url
        process.environment = ["PATH": "/usr/bin:/bin", "bridge": Command.program]
        process.standardInput = FileHandle.nullDevice
        for name in ["output", "errors"] { try folder.write(name, []) }
        process.standardOutput = try FileHandle(forWritingTo: folder.url.appending(path: "output"))
        process.standardError = try FileHandle(forWritingTo: folder.url.appending(path: "errors"))
        try process.run()
        process.waitUntilExit()
        return Command.Outcome(
            exit: process.terminationStatus, output: try folder.text("output"), errors: try folder.text("errors"))
    }
}

/// `trigger-bridge run` beside a test; killed when the test lets go of it.
final class RunningBridge {
    private let process = Process()
    private let log: Log

    private final class Log: Sendable {
        let text = Mutex("")
        let changed: Wakeup

        init() throws {
            changed = try Wakeup()
        }
    }

    /// Starts it, and waits until it consumes.
    init(_ folder: TemporaryFolder) throws {
        log = try Log()
        let pipe = Pipe()
        process.executableURL = URL(filePath: Command.program)
        process.arguments = ["run", "--config", "bridge.json", "--log-format", "json"]
        process.currentDirectoryURL = folder.url
        process.environment = ["PATH": "/usr/bin:/bin"]
        process.standardInput = FileHandle.nullDevice
        process.standardError = pipe
        process.standardOutput = FileHandle.nullDevice
        let log = log
        pipe.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            if data.isEmpty { handle.readabilityHandler = nil }
            log.text.withLock { $0 += String(decoding: data, as: UTF8.self) }
            log.changed.signal()
        }
        try process.run()
        #expect(wait { lines in lines.contains { $0.contains("\"consuming") } }, "\(lines)")
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// What it has said so far.
    var lines: [Substring] { log.text.withLock { $0.split(separator: "\n") } }

    /// Waits until its log satisfies a condition; false when it does not in time.
    func wait(_ condition: ([Substring]) -> Bool) -> Bool {
        let deadline = MonotonicTime.now().advanced(by: .seconds(30))
        while !condition(lines) {
            let left = deadline.since(.now()).nanoseconds / 1_000_000
            guard left > 0 else { return false }
            var set = PollSet()
            set.add(log.changed.descriptor, .readable)
            _ = set.wait(milliseconds: Int32(clamping: left))
            log.changed.clear()
        }
        return true
    }

    /// Stops it in order; its exit code.
    func stop() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Ends it as a power cut would.
    func cut() {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}

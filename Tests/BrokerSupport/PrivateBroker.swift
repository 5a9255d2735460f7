import Foundation
import Synchronization

/// A RabbitMQ of the test process's own: loopback only, its own folder, ports, cookie and epmd.
///
/// One for each process, started when the first test asks for it, and ended by its guard when the process is gone.
/// Tests share it through `withVirtualHost`; a test that breaks it takes `withBrokerAlone`.
package final class PrivateBroker: Sendable {
    /// Where its files are; `tls` holds the certificates.
    package let directory: String
    /// Port of plain AMQP; the next one is AMQP over TLS.
    package let port: UInt16
    private let commands: Mutex<Lines>
    private let virtualHosts = Atomic<Int>(0)

    /// The guard's input and output.
    private struct Lines {
        let input: FileHandle
        let output: FileHandle

        /// The next line, or what there is when the output ends.
        func read() throws -> String {
            var line: [UInt8] = []
            while let byte = try output.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") { line.append(byte) }
            return String(decoding: line, as: UTF8.self)
        }
    }

    private static let started = Result { try PrivateBroker() }

    /// The broker of this process; starts it (5 seconds) when there is none yet.
    package static func shared() throws -> PrivateBroker {
        try started.get()
    }

    private init() throws {
        let id = UInt32.random(in: 0 ..< .max)
        directory = "/tmp/bridge-broker-\(ProcessInfo.processInfo.processIdentifier)-\(id)"
        let script = directory + ".sh"
        try Self.guardScript.write(toFile: script, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: script) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/setsid")
        process.arguments = ["bash", script, String(ProcessInfo.processInfo.processIdentifier), directory]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let lines = Lines(input: input.fileHandleForWriting, output: output.fileHandleForReading)
        let words = try lines.read().split(separator: " ")
        guard words.count == 2, words[0] == "ready", let port = UInt16(words[1]) else {
            throw Command.Failure(command: ["rabbitmq-server"], output: words.joined(separator: " "))
        }
        self.port = port
        commands = Mutex(lines)
    }

    /// Ends it as a power cut would; what is on disk stays.
    package func kill() throws { try obey("kill") }

    /// Has it write which quorum queues there are.
    ///
    /// RabbitMQ 3.10 does so only seconds after a declaration. Killed before, the queue comes up without a leader and
    /// stays so for ever: to be called by a test that declares, kills and goes on with the same queue.
    package func syncQueues() throws { try evaluate("[dets:sync(Table) || Table <- dets:all()].") }

    /// Ends it in order.
    package func stop() throws { try obey("stop") }

    /// Starts it again on the same ports with the same data.
    package func start() throws { try obey("start") }

    /// Stops its process where it stands (SIGSTOP): it reads nothing and says nothing.
    package func suspend() throws { try obey("suspend") }

    /// Lets it go on (SIGCONT).
    package func resume() throws { try obey("resume") }

    private func obey(_ command: String) throws {
        let answer = try commands.withLock { lines in
            try lines.input.write(contentsOf: Data((command + "\n").utf8))
            return try lines.read()
        }
        guard answer == "done" else { throw Command.Failure(command: ["broker", command], output: answer) }
    }

    /// Runs rabbitmqctl; returns what it prints.
    @discardableResult
    package func control(_ arguments: String...) throws -> String {
        try Command.run([directory + "/ctl"] + arguments)
    }

    /// Evaluates Erlang on the broker: much faster than `control`, as no second Erlang starts.
    @discardableResult
    package func evaluate(_ erlang: String) throws -> String {
        let answer = try Command.run([directory + "/eval", erlang])
        guard answer.hasPrefix("{ok,") else { throw Command.Failure(command: ["erl_call", erlang], output: answer) }
        return answer
    }

    /// Makes a virtual host in which `guest` may do everything.
    package func makeVirtualHost() throws -> VirtualHost {
        let name = "test-\(virtualHosts.wrappingAdd(1, ordering: .relaxed).newValue)"
        try evaluate(
            """
            rabbit_vhost:add(<<"\(name)">>, <<"test">>),
            rabbit_auth_backend_internal:set_permissions(
                <<"guest">>, <<"\(name)">>, <<".*">>, <<".*">>, <<".*">>, <<"test">>).
            """
        )
        return VirtualHost(broker: self, name: name)
    }
}

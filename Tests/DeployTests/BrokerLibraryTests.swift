import BrokerSupport
import Foundation
import HTTPSupport
import TestSupport
import Testing

/// The private broker of the demo: free ports, its files, and what is said when it does not start.
@Suite("Deploying: the broker", .timeLimit(.minutes(1)))
struct BrokerLibraryTests {
    @Test("a port is free when nobody listens on it, and taken when somebody does")
    func isFree() async throws {
        try await onOwnThread {
            let script = try Script("broker")
            let server = try ScriptedServer(always: .hang)
            let lines = "is_free \(server.port) && echo free || echo taken"
            #expect(try script.run(lines) == "taken\nexit 0\n")
            server.stop()
            #expect(try script.run(lines) == "free\nexit 0\n")
        }
    }

    @Test("a free port leaves room for two beside it, below those that the system gives away")
    func freePort() async throws {
        let said = try await onOwnThread {
            try Script("broker").run(
                """
                for seed in $(seq 1 50); do RANDOM=$seed; free_port; done
                # Whatever is asked for first is taken: the next three are tried.
                asked=0
                is_free() { asked=$((asked + 1)); [ $asked -gt 2 ]; }
                free_port >port
                echo "asked $asked"
                """)
        }
        let lines = said.split(separator: "\n")
        let ports = lines.prefix(50).compactMap { Int($0) }
        #expect(ports.count == 50 && ports.allSatisfy { (21_000...30_999).contains($0) } && Set(ports).count > 40)
        #expect(lines.suffix(2) == ["asked 5", "exit 0"])
    }

    @Test("a broker that ends at once is told of, with its own words; its files stand in its folder")
    func failingStart() async throws {
        try await onOwnThread {
            let script = try Script("broker")
            try script.program("rabbitmq-server", "echo \"no start: $RABBITMQ_NODENAME $RABBITMQ_NODE_PORT\"; exit 3")
            let said = try script.run(
                "broker_bin=$PWD/bin\nport=$(free_port)\necho $port\nstart_broker \"$PWD/b\" $port")
            let port = try #require(Int(said.prefix { $0 != "\n" }))
            #expect(said == "\(port)\nno start: bridge\(port)@localhost \(port)\nexit 1\n")
            #expect(script.text("b/rabbitmq.conf") == "listeners.tcp.1 = 127.0.0.1:\(port)\n")
            #expect(script.text("b/enabled_plugins") == "[].\n")
            #expect(
                try script.names("b") == [
                    "enabled_plugins", "home", "log", "mnesia", "rabbitmq-env.conf", "rabbitmq.conf",
                ])
        }
    }

    @Test("orders go to the node that was started; stopping what never was is nothing")
    func control() async throws {
        try await onOwnThread {
            let script = try Script("broker")
            let idle = try script.run("stop_broker\necho \"stopped $?\"")
            #expect(idle == "stopped 0\nexit 0\n")
            try script.program("rabbitmq-server", "exit 1")
            try script.program("rabbitmqctl", "printf '<%s>' \"$HOME\" \"$@\"; echo")
            try script.program("epmd", "echo \"$ERL_EPMD_PORT\" >>asked")
            let said = try script.run(
                """
                broker_bin=$PWD/bin
                start_broker "$PWD/b" 21999 >/dev/null || true
                set +e # as where the demo cleans up
                broker_ctl status "a b"
                stop_broker
                """)
            #expect(said == "<\(script.folder.path)/b/home><--node><bridge21999@localhost><status><a b>\nexit 0\n")
            #expect(script.text("asked") == "22001\n", "the port mapper of this broker, once, and no other")
        }
    }

    @Test("the demo knows its options, and tells them before it does anything", arguments: ["--help", "-h"])
    func help(option: String) async throws {
        let said = try await onOwnThread { try Script().run("'\(Corpora.root.path)/deploy/demo' \(option)") }
        #expect(said.hasPrefix("Shows the whole way on this machine"))
        for option in ["--keep", "--debug", "--no-build"] { #expect(said.contains("deploy/demo \(option)")) }
        #expect(said.hasSuffix("No process and no file is left behind.\nexit 0\n"))
    }

    @Test("another option is refused with those there are", arguments: ["--release", "keep", "''", "--keep=yes"])
    func otherOptions(option: String) async throws {
        let said = try await onOwnThread { try Script().run("'\(Corpora.root.path)/deploy/demo' --no-build \(option)") }
        let shown = option == "''" ? "" : option
        #expect(said == "deploy/demo: no option \(shown); --keep, --debug, --no-build and --help are\nexit 2\n")
    }
}

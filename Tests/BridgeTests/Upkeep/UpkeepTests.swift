import AMQP
import BrokerSupport
import Foundation
import Logging
import Poll
import Settings
import Synchronization
import Telemetry
import TestSupport
import Testing

@testable import Bridge

@Suite("What goes on beside the reactor", .timeLimit(.minutes(2)))
struct UpkeepTests {
    /// What a thread tells, to be waited for.
    private final class Told<Value: Sendable>: Sendable {
        private let values = Mutex<[Value]>([])
        private let changed: Wakeup

        init() throws {
            changed = try Wakeup()
        }

        func add(_ value: Value) {
            values.withLock { $0.append(value) }
            changed.signal()
        }

        func wait(within limit: Duration = .seconds(10), _ isDone: ([Value]) -> Bool) -> Bool {
            let deadline = MonotonicTime.now().advanced(by: limit)
            var poll = PollSet()
            poll.add(changed.descriptor, .readable)
            while !isDone(values.withLock { $0 }) {
                let left = deadline.since(.now()).nanoseconds / 1_000_000
                guard left > 0 else { return false }
                _ = poll.wait(milliseconds: Int32(clamping: left))
                changed.clear()
            }
            return true
        }
    }

    @Test("Periodic work is done at once, again and again, and ends when it is told to although it rests for long")
    func periodic() async throws {
        try await onOwnThread {
            let told = try Told<Bool>()
            let quick = try PeriodicWork(name: "quick", every: .milliseconds(1)) { { told.add(true) } }
            #expect(told.wait { $0.count >= 3 })
            quick.stop()
            let once = try Told<Bool>()
            let slow = try PeriodicWork(name: "slow", every: .seconds(3_600)) { { once.add(true) } }
            #expect(once.wait { $0.count == 1 })
            slow.hurry()
            #expect(once.wait { $0.count == 2 }, "without a rest before it")
            slow.stop()
        }
    }

    @Test("Work that is hurried while it is done is done once more, and only once")
    func hurriedAtWork() async throws {
        try await onOwnThread {
            let (told, isAtWork, goesOn) = (try Told<Int>(), try Signal(), try Signal())
            let work = try PeriodicWork(name: "work", every: .seconds(3_600)) {
                var turns = 0
                return {
                    turns += 1
                    if turns == 1 {
                        isAtWork.give()
                        goesOn.wait()
                    }
                    told.add(turns)
                }
            }
            isAtWork.wait()
            for _ in 0..<5 { work.hurry() }
            goesOn.give()
            #expect(told.wait { $0 == [1, 2] })
            work.hurry()
            #expect(told.wait { $0 == [1, 2, 3] })
            work.stop()
        }
    }

    @Test("The gauge sees the queues fill, and goes on after its connection was ended")
    func gauge() async throws {
        try await withVirtualHost { host in
            var session = try BrokerSession.open(try host.settings())
            _ = try session.apply(Topology([.declareQueue("orders"), .declareParkingQueue("orders.parked")]))
            session.close()
            let told = try Told<TopologyReport>()
            let settings = try host.settings("gauge-\(host.name)")
            let work = try PeriodicWork(name: "gauge", every: .milliseconds(50)) {
                let gauge = QueueGauge(settings, queues: QueueNames(source: "orders", ladder: [])) { told.add($0) }
                return { gauge.look() }
            }
            defer { work.stop() }
            #expect(told.wait { $0.last?.queues["orders"]?.messages == 0 })
            let shop = try PublisherDriver.connected(host)
            try shop.publishAll(to: "orders", [[1], [2], [3]])
            try shop.publishAll(to: "orders.parked", [[4]])
            #expect(
                told.wait { reports in
                    let queues = reports.last?.queues ?? [:]
                    return queues["orders"]?.messages == 3 && queues["orders.parked"]?.messages == 1
                })
            try host.broker.control("close_all_connections", "-p", host.name, "test")
            try PublisherDriver.connected(host).publishAll(to: "orders", [[5]])
            #expect(told.wait { $0.last?.queues["orders"]?.messages == 4 })
        }
    }

    @Test("The gauge sees what waits in the delay queues that are there, and is not held up by one that is not")
    func delays() async throws {
        try await withVirtualHost { host in
            var session = try BrokerSession.open(try host.settings())
            _ = try session.apply(
                Topology([
                    .declareQueue("orders"), .declareParkingQueue("orders.parked"), .declareQueue("orders.delay.5s"),
                ]))
            session.close()
            let told = try Told<TopologyReport>()
            let settings = try host.settings("gauge-\(host.name)")
            let queues = QueueNames(source: "orders", ladder: [.seconds(5), .seconds(30)])
            let work = try PeriodicWork(name: "gauge", every: .milliseconds(50)) {
                let gauge = QueueGauge(settings, queues: queues) { told.add($0) }
                return { gauge.look() }
            }
            defer { work.stop() }
            #expect(told.wait { $0.first?.failures.map(\.step) == [.expectQueue("orders.delay.30s")] })
            try PublisherDriver.connected(host).publishAll(to: "orders.delay.5s", [[1], [2]])
            #expect(
                told.wait { reports in
                    guard let last = reports.last else { return false }
                    // The one that is missing is asked for once, and not at every look.
                    return last.queues["orders.delay.5s"]?.messages == 2 && last.queues.count == 3
                        && last.failures.isEmpty
                })
            var late = try BrokerSession.open(try host.settings())
            _ = try late.apply(Topology([.declareQueue("orders.delay.30s")]))
            late.close()
            #expect(told.wait { $0.last?.queues["orders.delay.30s"]?.messages == 0 }, "made by hand meanwhile")
        }
    }

    @Test(
        "The token's file is looked at when that is asked for, long before it is due; a token of the settings has none")
    func lookForToken() async throws {
        try await onOwnThread {
            let folder = try TemporaryFolder()
            func write(_ text: String) throws { try folder.replace("token", text) }
            let path = folder.path("token")
            try write("one")
            let settings = try SettingsLoader.load(
                SettingSources(flags: [
                    "broker.url": ["amqp://127.0.0.1:1"], "broker.queue": ["orders"],
                    "altcraft.url": ["http://127.0.0.1:1"], "altcraft.token_file": [path], "mappings.path": ["none"],
                ])
            ).settings
            let log = try LogWriter(format: .json, level: .error)
            defer { log.close() }
            let tokens = try TokenSource(.file(path))
            let wakeup = try Wakeup()
            let commands = Mailbox<ReactorCommand>(capacity: 4, wakeup: wakeup)
            func assembly(_ tokens: TokenSource) -> BridgeAssembly {
                BridgeAssembly(settings: settings, observer: Observer(log: log), tokens: tokens, version: "test")
            }
            let upkeep = try assembly(tokens).startUpkeep(
                commands: commands, gaugeEvery: .seconds(3_600), tokenEvery: .seconds(3_600))
            defer { upkeep.stop() }
            try write("two")
            upkeep.lookForToken()
            var poll = PollSet()
            poll.add(wakeup.descriptor, .readable)
            // The first look may have come after the change: then there was nothing to hurry, and it is told all the same.
            #expect(poll.wait(milliseconds: 10_000) == 1)
            #expect(commands.drain().contains { if case .tokenRenewed = $0 { true } else { false } })
            #expect(tokens.current.reveal() == "two")

            let fixed = try assembly(TokenSource(.fixed(Secret("one")))).startUpkeep(
                commands: commands, gaugeEvery: .seconds(3_600))
            fixed.lookForToken()
            fixed.stop()
        }
    }

    @Test("Another token is told until the reactor takes it; a broken file once")
    func token() throws {
        let folder = try TemporaryFolder()
        func write(_ text: String) throws { try folder.replace("token", text) }
        let path = folder.path("token")
        try write("one")
        let log = try LogWriter(format: .json, level: .error)
        let tokens = try TokenSource(.file(path))
        let calls = Mutex((told: 0, takes: false))
        var watch = TokenWatch(tokens, observer: Observer(log: log)) {
            calls.withLock { calls in
                calls.told += 1
                return calls.takes
            }
        }
        watch.look()
        #expect(calls.withLock { $0.told } == 0)
        try write("two")
        watch.look()
        watch.look()
        #expect(calls.withLock { $0.told } == 2)
        calls.withLock { $0.takes = true }
        watch.look()
        watch.look()
        #expect(calls.withLock { $0.told } == 3)
        #expect(tokens.current.reveal() == "two")
        try write("")
        watch.look()
        watch.look()
        #expect(calls.withLock { $0.told } == 3)
        #expect(tokens.current.reveal() == "two")
        log.close()
    }
}

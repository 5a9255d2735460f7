import Foundation
import Mapping
import Telemetry
import TestSupport
import Testing

@testable import Bridge

/// What a reload does, step by step and without its thread.
@Suite("Reloading", .timeLimit(.minutes(1)))
struct MappingReloaderTests {
    private typealias Fixture = MappingFixture
    private typealias Binding = TopologyPlan.Binding
    private let folder: TemporaryFolder
    private let probe: ReloadProbe
    private var reloader: MappingReloader

    init() throws {
        folder = try TemporaryFolder()
        probe = try ReloadProbe()
        try folder.makeFolder("mappings")
        try folder.write("mappings/a.json", Fixture.text("A"))
        let start = try MappingStart.load(
            MappingChecker(path: folder.path("mappings"), options: CompileOptions()),
            store: LastGoodFiles(statePath: folder.path("state")))
        reloader = MappingReloader(start, probe.counterparts)
        reloader.keepStart()
    }

    private mutating func reload(isAsked: Bool = false) {
        reloader.reload(reloader.look(), isAsked: isAsked)
    }

    private func kept(_ name: String) -> String? { try? folder.text("state/mappings/\(name)") }

    @Test("what the bridge started with is kept at once")
    func keepsStart() {
        #expect(kept("a.json") == Fixture.text("A"))
    }

    @Test("a change goes live whole, and is kept")
    mutating func change() throws {
        try folder.write("mappings/a.json", Fixture.text("A", campaign: 8))
        try folder.write("mappings/b.json", Fixture.text("B", campaign: 9))
        reload()
        #expect(probe.now.live.count == 1 && probe.campaigns == ["A campaign 8", "B campaign 9"])
        #expect(kept("a.json") == Fixture.text("A", campaign: 8) && kept("b.json") != nil)
        try folder.remove("mappings/a.json")
        reload()
        #expect(probe.campaigns == ["B campaign 9"] && kept("a.json") == nil)
    }

    @Test("nothing new is handed over, unless somebody asked")
    mutating func nothingNew() {
        reload()
        #expect(probe.now.live.isEmpty)
        reload(isAsked: true)
        #expect(probe.now.live.count == 1 && probe.campaigns == ["A campaign 7"])
    }

    @Test("a faulty file is refused, the last good version stays live and kept, and health says so until it is mended")
    mutating func faulty() throws {
        try folder.write("mappings/a.json", "{")
        try folder.write("mappings/b.json", Fixture.text("B"))
        reload()
        #expect(probe.campaigns == ["A campaign 7", "B campaign 7"])
        let file = folder.path("mappings/a.json")
        #expect(probe.health.mappingsRefused[file]?.hasPrefix("1:2: E101") == true)
        #expect(kept("a.json") == Fixture.text("A"))
        #expect(probe.observer.exposition().contains("trigger_bridge_mappings_refused 1"))
        reload()
        try folder.write("mappings/a.json", Fixture.text("A", campaign: 8))
        reload()
        #expect(probe.health.mappingsRefused.isEmpty && probe.campaigns == ["A campaign 8", "B campaign 7"])
        #expect(probe.waitUntil { $0.lines("mapping mended").count == 1 && $0.lines("mapping refused").count == 1 })
    }

    @Test("a folder that is gone or empty leaves live what was live, told once, and answered when it is back")
    mutating func vanished() throws {
        try folder.move("mappings", to: "elsewhere")
        reload()
        reload()
        #expect(probe.now.live.isEmpty)
        try folder.makeFolder("mappings")
        reload()
        #expect(probe.waitUntil { $0.lines("reload failed").count == 2 })
        #expect(probe.lines("reload failed").last?.contains("holds no mapping; what was live stays live") == true)
        #expect(probe.health.alarms[.mapping]?.contains("holds no mapping; what was live stays live") == true)
        #expect(probe.observer.exposition().contains(#"trigger_bridge_alarm{alarm="mapping"} 1"#))
        try folder.remove("mappings")
        try folder.move("elsewhere", to: "mappings")
        reload()
        #expect(probe.campaigns == ["A campaign 7"], "health and metrics know that it works again")
        #expect(probe.health.alarms.isEmpty)
        #expect(probe.observer.exposition().contains(#"trigger_bridge_alarm{alarm="mapping"} 0"#))
        #expect(kept("a.json") == Fixture.text("A"))
    }

    @Test("new routing keys are bound before the swap, and those that nobody needs are named")
    mutating func binds() throws {
        let sent = Binding(exchange: "shop", routingKey: "order.sent")
        try folder.write("mappings/a.json", Fixture.text("A", campaign: 8, keys: ["order.sent"]))
        probe.play { $0.unbindable = [sent: "no such exchange"] }
        reload()
        #expect(probe.now.bound == [[sent]] && probe.now.live.isEmpty && reloader.wantsRetry)
        #expect(probe.health.mappingsRefused.values.first?.contains("cannot be bound: no such exchange") == true)
        reload()
        #expect(probe.now.bound == [[sent], [sent]], "asked again at every look")
        probe.play { $0.unbindable = [:] }
        reload()
        #expect(probe.campaigns == ["A campaign 8"] && !reloader.wantsRetry && probe.health.mappingsRefused.isEmpty)
        #expect(
            probe.waitUntil {
                $0.lines("no mapping needs routing key \\\"order.paid\\\" of exchange \\\"shop\\\"").count == 1
            })
    }

    @Test("a mapping that takes the place of one held back has its keys bound, too")
    mutating func bindsForSuccessor() throws {
        let (one, two) = (Binding(exchange: "x", routingKey: "1"), Binding(exchange: "x", routingKey: "2"))
        try folder.write("mappings/b.json", Fixture.text("N", campaign: 1, exchange: "x", keys: ["1"]))
        try folder.write("mappings/c.json", Fixture.text("N", campaign: 2, exchange: "x", keys: ["2"]))
        probe.play { $0.unbindable = [one: "no"] }
        reload()
        #expect(probe.now.bound == [[one], [two]])
        #expect(probe.campaigns == ["A campaign 7", "N campaign 2"])
    }

    @Test("a set that the reactor does not take is handed over again")
    mutating func notTaken() throws {
        probe.play { $0.takes = false }
        try folder.write("mappings/a.json", Fixture.text("A", campaign: 8))
        reload()
        #expect(probe.now.live.isEmpty && reloader.wantsRetry && kept("a.json") == Fixture.text("A"))
        probe.play { $0.takes = true }
        reload()
        #expect(probe.campaigns == ["A campaign 8"] && !reloader.wantsRetry)
        #expect(kept("a.json") == Fixture.text("A", campaign: 8))
    }

    @Test("a state folder that cannot be written is told once and stops nothing")
    mutating func cannotKeep() throws {
        try folder.remove("state/mappings")
        try folder.write("state/mappings", "in the way")
        for campaign in 8...10 {
            try folder.write("mappings/a.json", Fixture.text("A", campaign: campaign))
            reload()
        }
        #expect(probe.campaigns == ["A campaign 10"])
        #expect(
            probe.waitUntil { $0.lines("the last good versions of mappings cannot be kept").count == 1 },
            "\(probe.lines(""))")
        try folder.remove("state/mappings")
        reload()
        #expect(kept("a.json") == Fixture.text("A", campaign: 10), "made up for as soon as it works")
    }

    @Test("a restart after each step has what was live before it")
    mutating func restart() throws {
        try folder.write("mappings/a.json", Fixture.text("A", campaign: 8))
        reload()
        try folder.write("mappings/a.json", Fixture.text("A", campaign: 9) + "}")
        reload()
        let again = try MappingStart.load(
            MappingChecker(path: folder.path("mappings"), options: CompileOptions()),
            store: LastGoodFiles(statePath: folder.path("state")))
        #expect(again.state.campaigns == [folder.path("mappings/a.json"): "campaign 8"])
        #expect(again.observations.count == 1)
    }
}

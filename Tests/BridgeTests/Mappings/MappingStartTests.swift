import Mapping
import Telemetry
import TestSupport
import Testing

@testable import Bridge

/// What a bridge starts with.
@Suite("Mappings at the start", .timeLimit(.minutes(1)))
struct MappingStartTests {
    private typealias Fixture = MappingFixture
    private let folder: TemporaryFolder
    private let store: LastGoodFiles

    init() throws {
        folder = try TemporaryFolder()
        store = LastGoodFiles(statePath: folder.path("state"))
        try folder.makeFolder("mappings")
        try folder.write("mappings/a.json", Fixture.text("A"))
        try folder.write("mappings/b.json", Fixture.text("B"))
    }

    private func load() throws(MappingStart.Refused) -> MappingStart {
        try MappingStart.load(
            MappingChecker(path: folder.path("mappings"), options: CompileOptions()), store: store)
    }

    private func refused() -> MappingStart.Refused? {
        do throws(MappingStart.Refused) {
            _ = try load()
            return nil
        } catch {
            return error
        }
    }

    private func keep(_ versions: [String: String]) throws {
        try store.keep(versions.mapValues { Array($0.utf8) }, inPlaceOf: [:])
    }

    @Test("a good folder is live as it is, and its warnings are there to be printed")
    func good() throws {
        let start = try load()
        #expect(start.live.compiled.mappings.map(\.name) == ["A", "B"])
        #expect(start.observations.isEmpty)
        #expect(start.diagnostics.contains { $0.code == .noTests })
        #expect(start.diagnostics.contains { $0.code == .overlap })
    }

    @Test("a faulty file without a last good version stops the start, with every fault of every file")
    func noLastGood() throws {
        try folder.write("mappings/a.json", "{")
        try folder.write("mappings/b.json", #"{"name":"B","when":{},"launch":{"campaign":0},"nonsense":1}"#)
        let refusal = try #require(refused())
        #expect(refusal.files == [folder.path("mappings/a.json"), folder.path("mappings/b.json")])
        #expect(Set(refusal.diagnostics.map(\.code)).isSuperset(of: [.syntax, .unknownKey, .launchID]))
        #expect(refusal.diagnostics.contains { $0.line.hasPrefix(folder.path("mappings/a.json") + ":1:2: error E101") })
        #expect(refusal.reasons.count == 2)
        #expect(refusal.reasons.last?.contains("it would take its events for unwanted ones") == true)
    }

    @Test("failing tests stop the start as errors do")
    func failingTest() throws {
        try folder.write("mappings/a.tests.json", Fixture.tests(campaign: 9))
        try folder.makeFolder("mappings/events")
        try folder.write("mappings/events/paid.json", Fixture.event)
        #expect(try #require(refused()).diagnostics.contains { $0.code == .failingTest })
    }

    @Test("a faulty file with a last good version starts with that, and says so")
    func lastGood() throws {
        try keep(["a.json": Fixture.text("A", campaign: 5), "b.json": Fixture.text("B", campaign: 5)])
        try folder.write("mappings/a.json", "{")
        let start = try load()
        #expect(
            start.state.campaigns == [
                folder.path("mappings/a.json"): "campaign 5", folder.path("mappings/b.json"): "campaign 7",
            ])
        let first = try #require(start.observations.first)
        guard case .mappingRefused(_, 1, 2, let reason) = first else {
            Issue.record("\(start.observations)")
            return
        }
        let version = try #require(start.live.compiled.mapping(named: "A")?.version)
        #expect(reason.hasSuffix("its last good version \(version) stays live"))
        #expect(start.diagnostics.contains { $0.code == .syntax })
    }

    @Test("what is kept of a file that is not there any more stays away")
    func removed() throws {
        try keep(["c.json": Fixture.text("C")])
        #expect(try load().live.compiled.mappings.map(\.name) == ["A", "B"])
    }

    @Test("a kept version that is none any more counts as none", arguments: ["", "{", #"{"name":"A"}"#])
    func spoilt(_ kept: String) throws {
        try keep(["a.json": kept])
        try folder.write("mappings/a.json", "{")
        let refusal = try #require(refused())
        #expect(refusal.files == [folder.path("mappings/a.json")])
        let place = folder.path("state") + "/mappings/a.json"
        #expect(refusal.reasons.first?.contains("its last good version \(place) cannot be used") == true)
    }

    @Test("two files with one name stop a first start; later the one that was there first stays")
    func duplicate() throws {
        try folder.write("mappings/c.json", Fixture.text("A", campaign: 9))
        let first = try #require(refused())
        #expect(first.files == [folder.path("mappings/c.json")])
        #expect(first.diagnostics.contains { $0.code == .duplicateName })
        try keep(["c.json": Fixture.text("C", campaign: 5), "a.json": Fixture.text("A")])
        #expect(try load().state.campaigns[folder.path("mappings/c.json")] == "campaign 5")
    }

    @Test("what held a mapping back before a restart holds it back after it; a first start is stopped by it")
    func heldBack() throws {
        let sent = TopologyPlan.Binding(exchange: "shop", routingKey: "order.sent")
        try folder.write("mappings/a.json", Fixture.text("A", campaign: 8, keys: ["order.sent"]))
        #expect(try load().unprovenBindings.isEmpty, "there is no last good version of anything")
        try keep(["a.json": Fixture.text("A"), "b.json": Fixture.text("B")])
        let start = try load()
        #expect(start.unprovenBindings == [sent])
        let bound = start.without([sent: "no such exchange"])
        #expect(bound.state.campaigns[folder.path("mappings/a.json")] == "campaign 7")
        #expect(bound.observations.count == 1 && bound.state.waitsForBroker)
        try folder.write("mappings/c.json", Fixture.text("C", keys: ["order.sent"]))
        let other = try load().without([sent: "no such exchange"])
        #expect(other.state.live.count == 3 && other.state.refused.isEmpty, "the consuming connection says why")
    }

    @Test("a folder that is not there or empty stops the start with what to do")
    func nothing() throws {
        try folder.remove("mappings")
        #expect(try #require(refused()).diagnostics.first?.line.contains("the folder cannot be read") == true)
        try folder.makeFolder("mappings")
        let empty = try #require(refused())
        #expect(empty.files == [] && empty.diagnostics.count == 1)
        #expect(empty.diagnostics[0].line.contains("the folder holds no mapping"))
    }
}

import Foundation
import Mapping
import Poll
import Telemetry
import TestSupport
import Testing

@testable import Bridge

/// A real folder, changed in every way, and the thread that watches it.
@Suite("Watching the mappings", .timeLimit(.minutes(2)))
struct MappingWatchTests {
    private typealias Fixture = MappingFixture

    /// A folder with a watch on it.
    private final class Scene {
        let folder: TemporaryFolder
        let probe: ReloadProbe
        let watch: MappingWatch

        /// `lay` puts the mappings into the folder `mappings`, which is made by it or already there.
        init(_ lay: (TemporaryFolder) throws -> Void = Scene.lay) throws {
            folder = try TemporaryFolder()
            probe = try ReloadProbe()
            try lay(folder)
            let start = try MappingStart.load(
                MappingChecker(path: folder.path("mappings"), options: CompileOptions()),
                store: LastGoodFiles(statePath: folder.path("state")))
            watch = try MappingWatch()
            try watch.start(MappingReloader(start, probe.counterparts))
        }

        static func lay(_ folder: TemporaryFolder) throws {
            try folder.makeFolder("mappings")
            try folder.write("mappings/a.json", Fixture.text("A"))
        }

        deinit {
            watch.stop()
        }

        /// Makes a change and waits until it is live; it must be within two seconds.
        func expect(_ campaigns: [String], after change: (TemporaryFolder) throws -> Void) rethrows -> Bool {
            let begin = MonotonicTime.now()
            try change(folder)
            guard probe.waitUntil({ $0.campaigns == campaigns }) else { return false }
            return MonotonicTime.now().since(begin) < .seconds(2)
        }
    }

    @Test("written in place, renamed into place, new, renamed and removed: each is live within two seconds")
    func changes() throws {
        let scene = try Scene()
        #expect(try scene.expect(["A campaign 8"]) { try $0.write("mappings/a.json", Fixture.text("A", campaign: 8)) })
        #expect(
            try scene.expect(["A campaign 9"]) { try $0.replace("mappings/a.json", Fixture.text("A", campaign: 9)) })
        #expect(
            try scene.expect(["A campaign 9", "B campaign 7"]) { try $0.write("mappings/b.json", Fixture.text("B")) })
        let both = ["A campaign 9", "B campaign 8"]
        #expect(
            try scene.expect(both) { folder in
                try folder.move("mappings/b.json", to: "mappings/c.json")
                try folder.write("mappings/c.json", Fixture.text("B", campaign: 8))
            })
        #expect(try scene.expect(["B campaign 8"]) { try $0.remove("mappings/a.json") })
    }

    @Test("many files are one change")
    func oneChange() throws {
        let scene = try Scene()
        let all = (10..<60).map { "M\($0) campaign \($0)" }
        #expect(
            try scene.expect(["A campaign 7"] + all) { folder in
                for number in 10..<60 {
                    try folder.write("mappings/m\(number).json", Fixture.text("M\(number)", campaign: number))
                }
            })
        #expect(scene.probe.now.live.count == 1)
    }

    @Test("a turned link, as Kubernetes turns it, is one change of all files")
    func turnedLink() throws {
        let scene = try Scene { folder in
            try folder.makeFolder("mappings/..first")
            for name in ["a", "b"] {
                try folder.write("mappings/..first/\(name).json", Fixture.text(name))
                try folder.link("mappings/\(name).json", to: "..data/\(name).json")
            }
            try folder.link("mappings/..data", to: "..first")
        }
        for round in 8..<11 {
            #expect(
                try scene.expect(["a campaign \(round)", "b campaign \(round)"]) { folder in
                    try folder.makeFolder("mappings/..next\(round)")
                    for name in ["a", "b"] {
                        try folder.write("mappings/..next\(round)/\(name).json", Fixture.text(name, campaign: round))
                    }
                    try folder.link("mappings/..data", to: "..next\(round)")
                    try folder.remove(round == 8 ? "mappings/..first" : "mappings/..next\(round - 1)")
                })
        }
        #expect(scene.probe.now.live.count == 3)
        #expect(scene.probe.health.mappingsRefused.isEmpty)
    }

    @Test("the folder may be a link that is turned, anywhere on the way, and the new folder is watched")
    func turnedFolder() throws {
        let scene = try Scene { folder in
            for release in ["one", "two"] {
                try folder.makeFolder("releases/\(release)/etc")
                let text = Fixture.text("A", campaign: release == "one" ? 1 : 2)
                try folder.write("releases/\(release)/etc/a.json", text)
            }
            try folder.link("current", to: "releases/one")
            try folder.link("mappings", to: "current/etc")
        }
        #expect(try scene.expect(["A campaign 2"]) { try $0.link("current", to: "releases/two") })
        #expect(
            try scene.expect(["A campaign 3"]) {
                try $0.write("releases/two/etc/a.json", Fixture.text("A", campaign: 3))
            })
    }

    @Test("a folder that goes leaves live what was live; another in its place is taken, and watched")
    func replacedFolder() throws {
        let scene = try Scene()
        try scene.folder.move("mappings", to: "old")
        #expect(scene.probe.waitUntil { $0.lines("reload failed").count == 1 })
        #expect(scene.probe.now.live.isEmpty)
        #expect(
            try scene.expect(["A campaign 8"]) { folder in
                try folder.makeFolder("mappings")
                try folder.write("mappings/a.json", Fixture.text("A", campaign: 8))
            })
        #expect(try scene.expect(["A campaign 9"]) { try $0.write("mappings/a.json", Fixture.text("A", campaign: 9)) })
    }

    @Test("a link that leads nowhere, and one whose file goes, wherever that was: refused by name within two seconds")
    func danglingLink() throws {
        let scene = try Scene { folder in
            try Scene.lay(folder)
            try folder.makeFolder("elsewhere/deep")
            try folder.write("elsewhere/deep/b.json", Fixture.text("B"))
            try folder.link("mappings/b.json", to: "../elsewhere/deep/b.json")
        }
        func isRefused(_ name: String, after change: (TemporaryFolder) throws -> Void) rethrows -> Bool {
            let file = scene.folder.path("mappings/\(name)")
            let begin = MonotonicTime.now()
            try change(scene.folder)
            guard scene.probe.waitUntil({ $0.health.mappingsRefused[file]?.contains("is not there") == true })
            else { return false }
            return MonotonicTime.now().since(begin) < .seconds(2)
        }
        #expect(try isRefused("c.json") { try $0.link("mappings/c.json", to: "nowhere.json") })
        #expect(try isRefused("b.json") { try $0.remove("elsewhere/deep/b.json") })
        #expect(
            try scene.expect(["A campaign 7", "B campaign 8"]) {
                try $0.write("elsewhere/deep/b.json", Fixture.text("B", campaign: 8))
            })
    }

    @Test("a faulty file holds up nobody, and is mended by the next change; only its own line is written")
    func faulty() throws {
        let scene = try Scene()
        let file = scene.folder.path("mappings/a.json")
        #expect(
            try scene.expect(["A campaign 7", "B campaign 7"]) { folder in
                try folder.write("mappings/a.json", "{\"name\":")
                try folder.write("mappings/b.json", Fixture.text("B"))
            })
        #expect(scene.probe.waitUntil { $0.health.mappingsRefused[file] != nil })
        #expect(
            try scene.expect(["A campaign 8", "B campaign 7"]) {
                try $0.write("mappings/a.json", Fixture.text("A", campaign: 8))
            })
        #expect(scene.probe.waitUntil { $0.health.mappingsRefused.isEmpty && $0.lines("mapping mended").count == 1 })
        #expect(scene.probe.lines("mapping refused").count == 1)
        #expect(scene.probe.lines("mapping refused").allSatisfy { $0.contains("\"line\":1,\"column\":9") })
    }

    @Test("tests run before a change goes live: one that fails is refused, until the mapping or the test is mended")
    func tests() throws {
        let scene = try Scene { folder in
            try Scene.lay(folder)
            try folder.write("mappings/a.tests.json", Fixture.tests())
            try folder.makeFolder("mappings/events")
            try folder.write("mappings/events/paid.json", Fixture.event)
        }
        let tests = scene.folder.path("mappings/a.tests.json")
        try scene.folder.write("mappings/a.json", Fixture.text("A", campaign: 8))
        #expect(scene.probe.waitUntil { $0.health.mappingsRefused[tests]?.contains("E202") == true })
        #expect(scene.probe.now.live.isEmpty)
        #expect(
            try scene.expect(["A campaign 8"]) { try $0.write("mappings/a.tests.json", Fixture.tests(campaign: 8)) })
        let other = Fixture.event.replacing("order.paid", with: "order.sent")
        try scene.folder.write("mappings/events/paid.json", other)
        #expect(scene.probe.waitUntil { !$0.health.mappingsRefused.isEmpty }, "events are watched, too")
        try scene.folder.write("mappings/events/paid.json", Fixture.event)
        #expect(scene.probe.waitUntil { $0.health.mappingsRefused.isEmpty })
    }

    @Test("SIGHUP reads everything again and answers, whether or not anything has changed")
    func hangUp() throws {
        let scene = try Scene()
        scene.watch.reload()
        #expect(scene.probe.waitUntil { $0.campaigns == ["A campaign 7"] })
        scene.watch.reload()
        #expect(scene.probe.waitUntil { $0.now.live.count == 2 })
    }

    @Test("a change of the moment before the watch began is not missed")
    func beforeWatch() throws {
        let folder = try TemporaryFolder()
        let probe = try ReloadProbe()
        try Scene.lay(folder)
        let start = try MappingStart.load(
            MappingChecker(path: folder.path("mappings"), options: CompileOptions()),
            store: LastGoodFiles(statePath: folder.path("state")))
        try folder.write("mappings/a.json", Fixture.text("A", campaign: 8))
        let watch = try MappingWatch()
        try watch.start(MappingReloader(start, probe.counterparts))
        defer { watch.stop() }
        #expect(probe.waitUntil { $0.campaigns == ["A campaign 8"] })
    }

    @Test("what the broker refused is asked for again by itself")
    func retries() throws {
        let scene = try Scene()
        let sent = TopologyPlan.Binding(exchange: "shop", routingKey: "order.sent")
        scene.probe.play { $0.unbindable = [sent: "no such exchange"] }
        try scene.folder.write("mappings/b.json", Fixture.text("B", keys: ["order.sent"]))
        #expect(scene.probe.waitUntil { $0.now.bound.count >= 2 })
        #expect(scene.probe.now.live.isEmpty)
        scene.probe.play { $0.unbindable = [:] }
        #expect(scene.probe.waitUntil { $0.campaigns == ["A campaign 7", "B campaign 7"] })
        #expect(scene.probe.lines("mapping refused").count == 1)
    }

    @Test("a watch that was stopped puts nothing more into force")
    func stops() throws {
        let scene = try Scene()
        scene.watch.stop()
        let done = scene.watch
        #expect(scene.probe.waitUntil { _ in done.hasEnded })
        try scene.folder.write("mappings/a.json", Fixture.text("A", campaign: 8))
        scene.watch.reload()
        #expect(scene.probe.now.live.isEmpty)
    }
}

import CoreMetrics
import Testing

@testable import Telemetry

@Suite("The registry of metrics", .timeLimit(.minutes(1)))
struct RegistryTests {
    /// Uses one name as one kind.
    private static let uses: [(MetricKind, @Sendable (Registry) -> Void)] = [
        (.counter, { $0.makeCounter(label: "x_total", dimensions: []).increment(by: 1) }),
        (.gauge, { $0.makeMeter(label: "x_total", dimensions: []).set(Int64(1)) }),
        (.gauge, { $0.makeRecorder(label: "x_total", dimensions: [], aggregate: false).record(Int64(1)) }),
        (.histogram, { $0.makeRecorder(label: "x_total", dimensions: [], aggregate: true).record(1.0) }),
    ]

    @Test("The first kind of a name stays, and another is refused", arguments: 0..<4, 0..<4)
    func kinds(first: Int, second: Int) throws {
        let registry = Registry()
        let (kind, use) = Self.uses[first]
        let (otherKind, otherUse) = Self.uses[second]
        use(registry)
        let before = registry.exposition()
        otherUse(registry)
        #expect(registry.refused == (kind == otherKind ? 0 : 1))
        #expect(try Exposition(registry.exposition()).kinds == ["x_total": kind.rawValue])
        if kind != otherKind { #expect(registry.exposition() == before) }
    }

    @Test("The same labels are the same series, whoever asks, and in the order given")
    func identity() throws {
        let registry = Registry()
        let labels = [("b", "1"), ("a", "2")]
        registry.makeCounter(label: "same", dimensions: labels).increment(by: 2)
        let family = registry.counters("same_total")
        #expect(family.series(LabelSet(labels)) === family.series(LabelSet(labels)))
        family.series(LabelSet(labels))?.increment(by: 3)
        #expect(registry.exposition() == "# TYPE same_total counter\nsame_total{b=\"1\",a=\"2\"} 5\n")
    }

    @Test("Families and series stand in the order of their names and labels")
    func order() throws {
        let registry = Registry()
        for name in ["zebra", "ant", "bee"] {
            for label in ["2", "1", "10"] { registry.makeMeter(label: name, dimensions: [("n", label)]).set(Int64(1)) }
        }
        let read = try Exposition(registry.exposition())
        #expect(
            read.samples.map(\.name) == Array(repeating: "ant", count: 3) + Array(repeating: "bee", count: 3)
                + Array(repeating: "zebra", count: 3))
        #expect(read.samples.prefix(3).map { $0.labels["n"] } == ["1", "10", "2"])
    }

    @Test("A help text of several lines stays one line")
    func help() throws {
        let registry = Registry()
        registry.gauges("g", help: "one\ntwo \\ three").series(LabelSet())?.set(1.5)
        #expect(registry.exposition() == "# HELP g one\\ntwo \\\\ three\n# TYPE g gauge\ng 1.5\n")
    }

    @Test("A family that hides what was never written shows what was, also when it is back at nothing")
    func hiding() throws {
        let registry = Registry()
        let counters = registry.counters("c_total", hidesUntouched: true)
        let gauges = registry.gauges("g", hidesUntouched: true)
        for name in ["a", "b"] {
            _ = counters.series(LabelSet([("n", name)]))
            _ = gauges.series(LabelSet([("n", name)]))
        }
        #expect(registry.exposition().isEmpty)
        counters.series(LabelSet([("n", "a")]))?.increment()
        gauges.series(LabelSet([("n", "b")]))?.set(0.0)
        let read = try Exposition(registry.exposition())
        #expect(read.samples.map(\.labels) == [["n": "a"], ["n": "b"]])
    }

    @Test("Series that are removed are gone, and the family has room again")
    func removal() throws {
        let registry = Registry()
        let family = registry.gauges("g", limit: 2)
        for name in ["a", "b"] { family.series(LabelSet([("n", name)]))?.set(1.0) }
        #expect(family.series(LabelSet([("n", "c")])) == nil)
        family.removeAll { $0 == LabelSet([("n", "a")]) }
        #expect(family.series(LabelSet([("n", "c")])) != nil)
        family.removeAll()
        #expect(registry.exposition().isEmpty)
    }

    @Test("Destroying a handle leaves its series, or a scraper would see a restart")
    func destroy() throws {
        let registry = Registry()
        let counter = registry.makeCounter(label: "c", dimensions: [])
        counter.increment(by: 4)
        registry.destroyCounter(counter)
        #expect(try Exposition(registry.exposition()).value("c_total") == 4)
    }

    @Test(
        "Bounds of a histogram: at a bound is below it, above all is beyond",
        arguments: [(0.0, 0), (1, 0), (1.0000001, 1), (2, 1), (2.5, 2), (-5, 0)])
    func bounds(value: Double, bucket: Int) throws {
        let series = HistogramSeries(labels: LabelSet(), bounds: [1, 2])
        series.record(value)
        var text = ""
        series.expose(as: "h", into: &text)
        let counts = try Exposition(text).samples.filter { $0.name == "h_bucket" }.map(\.value)
        #expect(counts == (0...2).map { $0 >= bucket ? 1 : 0 })
    }

    @Test("A histogram has no more bounds than it has room for")
    func manyBounds() throws {
        let series = HistogramSeries(labels: LabelSet(), bounds: (1...50).map(Double.init))
        series.record(49.0)
        #expect(series.bounds.count == HistogramSeries.mostBounds)
        #expect(series.count == 1)
    }

    @Test(
        "The bounds that come with the house ascend and fit",
        arguments: [
            HistogramSeries.latencyBounds, HistogramSeries.countBounds,
        ])
    func houseBounds(bounds: [Double]) {
        #expect(bounds == bounds.sorted())
        #expect(Set(bounds).count == bounds.count)
        #expect(bounds.count <= HistogramSeries.mostBounds)
    }

    @Test("Many threads make series of one family and none is lost or made twice")
    func threads() async throws {
        let registry = Registry()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for number in 0..<200 {
                        registry.makeCounter(label: "t", dimensions: [("n", "\(number)")]).increment(by: 1)
                    }
                }
            }
        }
        let read = try Exposition(registry.exposition())
        #expect(read.samples.count == 200)
        #expect(read.samples.allSatisfy { $0.value == 4 })
    }
}

import CoreMetrics
import Metrics
import Synchronization
import TestSupport
import Testing

@testable import Telemetry

@Suite("Metrics", .timeLimit(.minutes(1)))
struct MetricsTests {
    /// What a registry says when it refuses.
    final class Refusals: Sendable {
        let sentences = Mutex<[String]>([])
    }

    @Test("All that the factory makes is shown, in the format's words")
    func golden() throws {
        let registry = Registry()
        withMetricsFactory(registry) {
            Counter(label: "http.requests", dimensions: [("path", "/metrics"), ("le", "x")]).increment(by: 3)
            Counter(label: "http.requests", dimensions: [("path", "say \"hi\"\\\n")]).increment()
            FloatingPointCounter(label: "1st litres").increment(by: 2.5)
            Gauge(label: "depth").record(-1.25)
            Meter(label: "level").set(7)
            Recorder(label: "size", aggregate: true).record(40)
            Metrics.Timer(label: "call").recordMilliseconds(30)
        }
        let difference = try Golden.difference(registry.exposition(), from: "factory.prom.txt")
        #expect(difference == nil)
    }

    @Test("The exposition reads back to the values that were set, whatever the labels hold")
    func parseBack() throws {
        let registry = Registry()
        var generator = SeededGenerator(seed: 21)
        var wanted: [String: Int64] = [:]
        for _ in 0..<300 {
            let label = generator.text(upTo: 20)
            let amount = Int64.random(in: 1...1_000_000, using: &generator)
            wanted[label, default: 0] += amount
            let counter = registry.makeCounter(label: "things", dimensions: [("what", label)])
            counter.increment(by: amount)
        }
        let read = try Exposition(registry.exposition())
        #expect(read.kinds == ["things_total": "counter"])
        #expect(read.samples.count == wanted.count)
        for sample in read.samples {
            #expect(wanted[sample.labels["what"] ?? ""].map(Double.init) == sample.value)
        }
    }

    @Test("A histogram's buckets are cumulative and end in the count")
    func histogram() throws {
        let registry = Registry()
        let family = registry.histograms("h_seconds", help: "H.", bounds: [1, 2, 5])
        let series = try #require(family.series(LabelSet([("kind", "x")])))
        for value in [0.5, 1, 1.5, 2, 4, 6, 100, .nan, .infinity] { series.record(value) }
        let read = try Exposition(registry.exposition())
        let buckets = read.samples.filter { $0.name == "h_seconds_bucket" }
        #expect(buckets.map { $0.labels["le"] } == ["1", "2", "5", "+Inf"])
        #expect(buckets.map(\.value) == [2, 4, 5, 7])
        #expect(buckets.allSatisfy { $0.labels["kind"] == "x" })
        #expect(read.value("h_seconds_count", ["kind": "x"]) == 7)
        #expect(read.value("h_seconds_sum", ["kind": "x"]) == 115)
    }

    @Test("Random recordings: every bucket holds what a plain count says")
    func randomHistogram() throws {
        var generator = SeededGenerator(seed: 31)
        let series = HistogramSeries(labels: LabelSet(), bounds: HistogramSeries.latencyBounds)
        let values = (0..<1_000).map { _ in Double.random(in: 0...40, using: &generator) }
        for value in values { series.record(.nanoseconds(Int64(value * 1_000_000_000))) }
        var text = ""
        series.expose(as: "x", into: &text)
        for sample in try Exposition(text).samples where sample.name == "x_bucket" {
            let bound = Double((sample.labels["le"] ?? "").replacing("Inf", with: "inf")) ?? 0
            #expect(sample.value == Double(values.count { $0 <= bound }))
        }
        #expect(abs(series.total - values.reduce(0, +)) < 0.001)
    }

    @Test("A second kind for a name, and series beyond the limit, count for nothing and are told once")
    func refusals() throws {
        let told = Refusals()
        let registry = Registry { sentence in told.sentences.withLock { $0.append(sentence) } }
        registry.makeCounter(label: "x_total", dimensions: []).increment(by: 1)
        registry.makeMeter(label: "x_total", dimensions: []).set(Int64(5))
        let family = registry.counters("many_total", limit: 2)
        for number in 0..<5 {
            registry.series(family, LabelSet([("n", "\(number)")])) { CounterSeries(labels: $0) }.increment()
        }
        #expect(registry.refused == 4)
        #expect(told.sentences.withLock { $0 } == ["metric x_total is a counter already and cannot be a gauge"])
        let read = try Exposition(registry.exposition())
        #expect(read.samples.count { $0.name == "many_total" } == 2)
        #expect(read.value("x_total") == 1)
    }

    @Test("Increments of several threads are all there")
    func threads() async {
        let counter = CounterSeries(labels: LabelSet())
        let gauge = GaugeSeries(labels: LabelSet())
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<10_000 {
                        counter.increment()
                        gauge.increment(by: 0.5)
                    }
                }
            }
        }
        #expect(counter.value == 40_000)
        #expect(gauge.value == 20_000)
    }

    @Test("Counters never fall but by a reset of the factory's")
    func monotone() {
        let counter = CounterSeries(labels: LabelSet())
        counter.increment(by: 5)
        counter.increment(by: -3)
        counter.observe(total: 4)
        #expect(counter.value == 5)
        counter.observe(total: 9)
        #expect(counter.value == 9)
        counter.reset()
        #expect(counter.value == 0)
    }

    @Test(
        "Names are made fit",
        arguments: [
            ("a.b-c", "a_b_c"), ("1st", "_1st"), ("", "_"), ("a:b", "a:b"), ("é", "_"), ("½x", "_x"), ("ok_9", "ok_9"),
        ])
    func names(text: String, wanted: String) {
        #expect(Names.metric(text) == wanted)
        #expect(Names.counter(text) == wanted + "_total")
    }

    @Test(
        "Numbers are written as the format has them",
        arguments: [
            (0.0, "0"), (-2, "-2"), (0.25, "0.25"), (1e20, "1e+20"), (.nan, "NaN"), (.infinity, "+Inf"),
            (-.infinity, "-Inf"),
        ])
    func numbers(value: Double, wanted: String) {
        #expect(TextFormat.number(value) == wanted)
    }
}

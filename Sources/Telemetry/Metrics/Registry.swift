package import CoreMetrics
import Synchronization

/// All metric families of the process, by name.
///
/// A family's kind is fixed at its first use. A second kind for the same name, or more series than the limit, yields
/// a handler that counts for nothing: telemetry must never end the process, nor grow without bound. Such refusals are
/// counted in `refused`, and the first one is told to `onRefusal`.
package final class Registry: Sendable {
    /// Most series of one family, unless it says otherwise.
    package static let defaultSeriesLimit = 1_000

    private let families = Mutex<[String: any ExposedFamily]>([:])
    private let refusals = Atomic<Int64>(0)
    private let onRefusal: @Sendable (String) -> Void

    /// An empty registry; `onRefusal` is told once, in a sentence, when a metric is refused.
    package init(onRefusal: @escaping @Sendable (String) -> Void = { _ in }) {
        self.onRefusal = onRefusal
    }

    /// How many metrics were refused.
    package var refused: Int64 {
        refusals.load(ordering: .relaxed)
    }

    /// The family of counters with this name.
    package func counters(
        _ name: String,
        help: String = "",
        hidesUntouched: Bool = false,
        limit: Int = defaultSeriesLimit
    ) -> MetricFamily<CounterSeries> {
        family(name, .counter, help, hidesUntouched, limit) { CounterSeries(labels: $0) }
    }

    /// The family of gauges with this name.
    package func gauges(
        _ name: String,
        help: String = "",
        hidesUntouched: Bool = false,
        limit: Int = defaultSeriesLimit
    ) -> MetricFamily<GaugeSeries> {
        family(name, .gauge, help, hidesUntouched, limit) { GaugeSeries(labels: $0) }
    }

    /// The family of histograms with this name.
    package func histograms(
        _ name: String,
        help: String = "",
        bounds: [Double] = HistogramSeries.latencyBounds,
        limit: Int = defaultSeriesLimit
    ) -> MetricFamily<HistogramSeries> {
        family(name, .histogram, help, false, limit) { HistogramSeries(labels: $0, bounds: bounds) }
    }

    /// Everything, in the order of names: the body of `/metrics`.
    package func exposition() -> String {
        let sorted = families.withLock { Array($0.values) }.sorted { $0.name < $1.name }
        return sorted.reduce(into: "") { text, family in family.expose(into: &text) }
    }

    /// Finds or makes a family; one whose name is taken by another kind is made, but never shown.
    private func family<Member>(
        _ name: String,
        _ kind: MetricKind,
        _ help: String,
        _ hidesUntouched: Bool,
        _ limit: Int,
        make: @escaping @Sendable (LabelSet) -> Member
    ) -> MetricFamily<Member> {
        let made = MetricFamily(
            name: name, kind: kind, help: help, hidesUntouched: hidesUntouched, limit: limit, make: make)
        let known: (any ExposedFamily)? = families.withLock { families in
            if let known = families[name] { return known }
            families[name] = made
            return nil
        }
        guard let known else { return made }
        if let same = known as? MetricFamily<Member> { return same }
        refuse("metric \(name) is a \(known.kind.rawValue) already and cannot be a \(kind.rawValue)")
        return made
    }

    /// The series with these labels, or, where the family is full, one that is never shown.
    func series<Member>(
        _ family: MetricFamily<Member>, _ labels: LabelSet, orElse make: (LabelSet) -> Member
    ) -> Member {
        if let series = family.series(labels) { return series }
        refuse("metric \(family.name) has \(family.limit) series already; further ones are left out")
        return make(labels)
    }

    private func refuse(_ sentence: String) {
        if refusals.wrappingAdd(1, ordering: .relaxed).oldValue == 0 { onRefusal(sentence) }
    }
}

extension Registry: MetricsFactory {
    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(counters(Names.counter(label)), LabelSet(dimensions)) { CounterSeries(labels: $0) }
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(gauges(Names.metric(label)), LabelSet(dimensions)) { GaugeSeries(labels: $0) }
    }

    package func makeRecorder(
        label: String,
        dimensions: [(String, String)],
        aggregate: Bool
    ) -> any RecorderHandler {
        let name = Names.metric(label)
        guard aggregate else {
            return series(gauges(name), LabelSet(dimensions)) { GaugeSeries(labels: $0) }
        }
        let bounds = HistogramSeries.countBounds
        return series(histograms(name, bounds: bounds), LabelSet(dimensions)) {
            HistogramSeries(labels: $0, bounds: bounds)
        }
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(histograms(Names.timer(label)), LabelSet(dimensions)) {
            HistogramSeries(labels: $0, bounds: HistogramSeries.latencyBounds)
        }
    }

    // Series live as long as the process: a counter that vanishes and comes back reads as a restart.
    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}
}

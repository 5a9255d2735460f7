import CoreMetrics
import Synchronization

/// How often values fell below each of some bounds, and their sum.
package final class HistogramSeries: Series, RecorderHandler, TimerHandler {
    /// Most bounds of a histogram: the counts live in the object itself, next to each other.
    package static let mostBounds = 19
    /// Bounds for latencies in seconds: half a millisecond to the broker's patience, finest where launches live.
    package static let latencyBounds: [Double] = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800,
    ]
    /// Bounds for numbers of things.
    package static let countBounds: [Double] = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000]

    let labels: LabelSet
    let bounds: [Double]
    /// How many values fell between a bound and the one before it; the last counts what is above all.
    private let counts: [20 of Atomic<Int64>] = InlineArray { _ in Atomic(0) }
    private let sum = Atomic<UInt64>(0)

    /// A histogram; bounds are ascending, and those beyond `mostBounds` are left out.
    init(labels: LabelSet, bounds: [Double]) {
        self.labels = labels
        self.bounds = Array(bounds.prefix(Self.mostBounds))
    }

    /// Records a value; what is no number is left out, or it would spoil the sum for ever.
    package func record(_ value: Double) {
        guard value.isFinite else { return }
        counts[bucket(of: value)].wrappingAdd(1, ordering: .relaxed)
        sum.add(value)
    }

    package func record(_ value: Int64) {
        record(Double(value))
    }

    package func recordNanoseconds(_ duration: Int64) {
        record(Double(duration) / 1_000_000_000)
    }

    /// Records a duration in seconds.
    package func record(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        record(Double(seconds) + Double(attoseconds) / 1_000_000_000_000_000_000)
    }

    /// How many values were recorded.
    package var count: Int64 {
        (0...bounds.count).reduce(0) { $0 + counts[$1].load(ordering: .relaxed) }
    }

    /// The sum of all values.
    package var total: Double {
        Double(bitPattern: sum.load(ordering: .relaxed))
    }

    var isTouched: Bool { count != 0 }

    private func bucket(of value: Double) -> Int {
        for place in bounds.indices where value <= bounds[place] { return place }
        return bounds.count
    }

    func expose(as name: String, into text: inout String) {
        var below: Int64 = 0
        for place in bounds.indices {
            below += counts[place].load(ordering: .relaxed)
            text += "\(name)_bucket\(labels.adding("le", TextFormat.number(bounds[place]))) \(below)\n"
        }
        below += counts[bounds.count].load(ordering: .relaxed)
        text += "\(name)_bucket\(labels.adding("le", "+Inf")) \(below)\n"
        text += "\(name)_sum\(labels) \(TextFormat.number(total))\n"
        text += "\(name)_count\(labels) \(below)\n"
    }
}

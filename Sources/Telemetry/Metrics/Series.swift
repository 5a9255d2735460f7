import CoreMetrics
import Synchronization

/// One time series of a family: its labels, rendered once, and its value.
protocol Series: AnyObject, Sendable {
    /// `{end="launched",reason=""}`, or empty; made by `LabelSet`.
    var labels: LabelSet { get }
    /// Whether it has ever been written; families of many rare series hide the others.
    var isTouched: Bool { get }
    /// Appends the series' lines of the exposition.
    func expose(as name: String, into text: inout String)
}

/// A number that only grows: one atomic addition for each increment.
package final class CounterSeries: Series, CounterHandler {
    let labels: LabelSet
    private let total = Atomic<Int64>(0)

    init(labels: LabelSet) {
        self.labels = labels
    }

    /// Adds to the counter; amounts below zero are no increments and are ignored.
    package func increment(by amount: Int64 = 1) {
        guard amount > 0 else { return }
        total.wrappingAdd(amount, ordering: .relaxed)
    }

    /// The count so far.
    package var value: Int64 {
        total.load(ordering: .relaxed)
    }

    /// Sets the count of something that is counted elsewhere, and never falls there.
    package func observe(total value: Int64) {
        _ = total.max(value, ordering: .relaxed)
    }

    package func reset() {
        total.store(0, ordering: .relaxed)
    }

    var isTouched: Bool { value != 0 }

    func expose(as name: String, into text: inout String) {
        text += "\(name)\(labels) \(value)\n"
    }
}

/// A number that goes up and down.
package final class GaugeSeries: Series, MeterHandler, RecorderHandler {
    let labels: LabelSet
    private let bits = Atomic<UInt64>(0)
    private let touched = Atomic<Bool>(false)

    init(labels: LabelSet) {
        self.labels = labels
    }

    /// Sets the value.
    package func set(_ value: Double) {
        bits.store(value.bitPattern, ordering: .relaxed)
        touched.store(true, ordering: .relaxed)
    }

    package func set(_ value: Int64) {
        set(Double(value))
    }

    /// Sets the value from a count.
    package func set(_ value: Int) {
        set(Double(value))
    }

    /// Sets 1 for true and 0 for false.
    package func set(_ value: Bool) {
        set(value ? 1.0 : 0.0)
    }

    package func increment(by amount: Double) {
        bits.add(amount)
        touched.store(true, ordering: .relaxed)
    }

    package func decrement(by amount: Double) {
        increment(by: -amount)
    }

    package func record(_ value: Int64) {
        set(Double(value))
    }

    package func record(_ value: Double) {
        set(value)
    }

    /// The value as last set.
    package var value: Double {
        Double(bitPattern: bits.load(ordering: .relaxed))
    }

    var isTouched: Bool { touched.load(ordering: .relaxed) }

    func expose(as name: String, into text: inout String) {
        text += "\(name)\(labels) \(TextFormat.number(value))\n"
    }
}

extension Atomic<UInt64> {
    /// Adds to a double kept as its bit pattern.
    func add(_ amount: Double) {
        var seen = load(ordering: .relaxed)
        while true {
            let wanted = (Double(bitPattern: seen) + amount).bitPattern
            let (done, current) = weakCompareExchange(expected: seen, desired: wanted, ordering: .relaxed)
            if done { return }
            seen = current
        }
    }
}

/// What is kept beside the relay's state, by the place that the relay gave it: an array that grows to the most in use.
struct SlotTable<Value> {
    private var values: [Value?] = []

    /// What is kept at a place.
    subscript(slot: UInt32) -> Value? {
        get { Int(slot) < values.count ? values[Int(slot)] : nil }
        set {
            let place = Int(slot)
            if place >= values.count {
                guard newValue != nil else { return }
                values.append(contentsOf: repeatElement(nil, count: place + 1 - values.count))
            }
            values[place] = newValue
        }
    }

    /// Changes what is kept at a place, in place.
    mutating func modify(_ slot: UInt32, _ change: (inout Value) -> Void) {
        guard Int(slot) < values.count, var value = take(slot) else { return }
        change(&value)
        values[Int(slot)] = value
    }

    /// Takes out what is kept at a place.
    mutating func take(_ slot: UInt32) -> Value? {
        guard Int(slot) < values.count else { return nil }
        var taken: Value?
        swap(&taken, &values[Int(slot)])
        return taken
    }
}

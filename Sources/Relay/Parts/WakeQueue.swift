import Poll

/// Launches that wait for a time, earliest first: a binary heap.
///
/// An entry may outlive its launch's wait; whoever takes it out compares it with the launch's own state.
struct WakeQueue {
    private struct Entry {
        let time: MonotonicTime
        let launch: LaunchID
    }

    private var heap: [Entry] = []

    /// When the earliest entry is due.
    var earliest: MonotonicTime? { heap.first?.time }

    /// Adds a launch that waits until `time`.
    mutating func insert(_ launch: LaunchID, at time: MonotonicTime) {
        heap.append(Entry(time: time, launch: launch))
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].time < heap[parent].time else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes out the earliest entry if it is due.
    mutating func popDue(_ now: MonotonicTime) -> LaunchID? {
        guard let first = heap.first, first.time <= now else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            sink()
        }
        return first.launch
    }

    /// Keeps the entries of launches that fulfil the condition.
    mutating func keep(where condition: (LaunchID) -> Bool) {
        let kept = heap.filter { condition($0.launch) }
        heap.removeAll(keepingCapacity: true)
        for entry in kept { insert(entry.launch, at: entry.time) }
    }

    /// Moves the root down to its place.
    private mutating func sink() {
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].time < heap[least].time { least = child }
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}

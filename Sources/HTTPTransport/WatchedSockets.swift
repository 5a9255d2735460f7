import Poll

/// The sockets that libcurl wants to be told about, as its socket callback reports them.
///
/// A serial tells a socket from a later one with the same number: within one pass libcurl may close a connection
/// and open another, and the second must not get the first one's readiness.
struct WatchedSockets {
    /// One watched socket.
    struct Entry {
        let descriptor: Int32
        var interest: Readiness
        let serial: UInt64
    }

    private(set) var entries: [Entry] = []
    /// Where in `entries` a descriptor is, by its number; -1 for nowhere.
    ///
    /// Descriptors are small numbers (the lowest free one is given), so this stays as long as the process's limit.
    private var places: [Int32] = []
    private var lastSerial: UInt64 = 0

    /// Starts to watch a socket, or watches it for something else.
    mutating func watch(_ descriptor: Int32, for interest: Readiness) {
        if let place = place(of: descriptor) {
            entries[place].interest = interest
            return
        }
        lastSerial &+= 1
        while places.count <= Int(descriptor) { places.append(-1) }
        places[Int(descriptor)] = Int32(entries.count)
        entries.append(Entry(descriptor: descriptor, interest: interest, serial: lastSerial))
    }

    /// Stops watching a socket; the last entry takes its place.
    mutating func forget(_ descriptor: Int32) {
        guard let place = place(of: descriptor) else { return }
        let last = entries.removeLast()
        places[Int(descriptor)] = -1
        if place < entries.count {
            entries[place] = last
            places[Int(last.descriptor)] = Int32(place)
        }
    }

    /// Whether this very socket, not a later one with its number, is still watched.
    func isCurrent(_ entry: Entry) -> Bool {
        guard let place = place(of: entry.descriptor) else { return false }
        return entries[place].serial == entry.serial
    }

    private func place(of descriptor: Int32) -> Int? {
        guard descriptor >= 0, descriptor < places.count, places[Int(descriptor)] >= 0 else { return nil }
        return Int(places[Int(descriptor)])
    }
}

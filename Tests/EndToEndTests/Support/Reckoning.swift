import Testing

/// What became of everything that was published, from three sides: the platform's list, the parking queue, the log.
struct Reckoning {
    let published: [ShopEvent]
    let launches: [Platform.Launch]
    let parked: [ParkedMessage]
    /// Why events were skipped.
    var skipped: [String: String]
    /// Events of which one request's outcome is not known, or that came back without a record.
    let unsure: Set<String>
    /// What queues hold at the end; nothing but parked messages should be anywhere.
    let left: [String: Int]

    private var ids: Set<String> { Set(published.map(\.id)) }
    private var parkedIDs: Set<String> { Set(parked.map(\.event)) }
    private var launchedIDs: Set<String> { Set(launches.map(\.event)) }

    /// Events that ended as launched.
    var launched: Set<String> { launchedIDs.subtracting(parkedIDs) }

    /// Events that ended as skipped: a second copy of one that was launched is none.
    var skippedOnly: Set<String> { Set(skipped.keys).subtracting(launchedIDs).subtracting(parkedIDs) }

    /// Events without an end.
    var lost: Set<String> { ids.subtracting(launchedIDs).subtracting(parkedIDs).subtracting(skipped.keys) }

    /// Events that were launched twice for one target.
    var doubled: Set<String> {
        var seen: Set<String> = []
        return Set(launches.filter { !seen.insert("\($0.target) \($0.event)").inserted }.map(\.event))
    }

    /// Events that were launched twice though the first outcome was known.
    var doubledThoughKnown: Set<String> { doubled.subtracting(unsure) }

    /// Recipients whose events were first launched in another order than they were published in.
    var disordered: Set<String> {
        var last: [String: Int] = [:]
        var seen: Set<String> = []
        var found: Set<String> = []
        for launch in launches where seen.insert(launch.event).inserted {
            if let before = last[launch.recipient], before > launch.place { found.insert(launch.recipient) }
            last[launch.recipient] = launch.place
        }
        return found
    }

    /// Counts events that no mapping wants as skipped where their line is missing.
    ///
    /// Log lines of the last milliseconds go with a crash, and nothing else ever tells of such an event: what is left is
    /// that the broker holds it no more.
    mutating func forgiveLostLines() {
        for event in published where event.kind == .other && lost.contains(event.id) {
            skipped[event.id] = "unmatched"
        }
    }

    /// One line of figures.
    func line(_ name: String) -> String {
        let copies = parked.count - parkedIDs.count
        return "proof: \(name): published \(ids.count) = launched \(launched.count) + skipped \(skippedOnly.count) "
            + "+ parked \(parkedIDs.count); lost \(lost.count), doubled \(doubled.count) "
            + "(\(doubledThoughKnown.count) though known), unsure \(unsure.count), second copies parked \(copies), "
            + "recipients out of order \(disordered.count)"
    }

    /// Expects the promise: every event has exactly the end that it should have.
    func expectPromise(
        inOrder: Bool = true, ends: (ShopEvent.Kind) -> String = Reckoning.usualEnd,
        _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(lost.isEmpty, "lost: \(lost.sorted().prefix(10))", sourceLocation: location)
        #expect(
            doubledThoughKnown.isEmpty, "doubled: \(doubledThoughKnown.sorted().prefix(10))", sourceLocation: location)
        #expect(launchedIDs.subtracting(ids).isEmpty, "launched and never published", sourceLocation: location)
        let total = launched.count + skippedOnly.count + parkedIDs.count
        #expect(ids.count == total, "one end each", sourceLocation: location)
        #expect(left.isEmpty, "left in queues", sourceLocation: location)
        if inOrder {
            #expect(disordered.isEmpty, "disordered: \(disordered.sorted().prefix(5))", sourceLocation: location)
        }
        let ends = Dictionary(uniqueKeysWithValues: published.map { ($0.id, ends($0.kind)) })
        let wrong = ends.filter { $0.value != end(of: $0.key) }.map { "\($0.key): \(end(of: $0.key))" }
        #expect(wrong.isEmpty, "other ends: \(wrong.sorted().prefix(10))", sourceLocation: location)
    }

    /// `launched`, or the end with its reason.
    func end(of event: String) -> String {
        if let message = parked.first(where: { $0.event == event }) { return "parked \(message.end)" }
        if launchedIDs.contains(event) { return "launched" }
        return skipped[event].map { "skipped \($0)" } ?? "none"
    }

    /// What becomes of an event where nothing is in its way for good.
    static func usualEnd(_ kind: ShopEvent.Kind) -> String {
        switch kind {
        case .sale: "launched"
        case .other: "skipped unmatched"
        case .broken: "parked undecodable/not_json"
        }
    }
}

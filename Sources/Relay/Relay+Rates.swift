extension Relay {
    /// Goes by the rate of the newest launch of a mapping: the mapping may have been reloaded.
    mutating func adoptRate(_ planned: PlannedLaunch) {
        guard let rate = planned.policy.rate else { return }
        throttles[planned.mapping]?.bucket.change(to: rate)
    }

    /// Takes a token of the mapping's rate, or holds the launch back until there is one.
    ///
    /// What a mapping holds back is at most half the prefetch; beyond it launches go round the ladder, so that a slow
    /// mapping does not fill the bridge.
    mutating func isThrottled(_ id: LaunchID, _ now: Moment) -> Bool {
        guard let rate = launches[id].planned.policy.rate else { return false }
        let mapping = launches[id].planned.mapping
        var throttle = throttles[mapping] ?? Throttle(bucket: TokenBucket(rate, now: now.monotonic))
        defer { throttles[mapping] = throttle }
        if throttle.bucket.isOpen(now.monotonic) {
            throttle.bucket.take()
            return false
        }
        guard throttle.queue.count < max(settings.prefetch / 2, 1) || ladder.isEmpty else {
            note(.crowded(id, .rate))
            postpone(id, step: 0, reason: nil, now: now)
            return true
        }
        move(id, to: .throttled)
        throttle.queue.append(id)
        return true
    }

    /// Lets go as many launches of each mapping as its rate has tokens for.
    ///
    /// By name, so that a schedule that is played again goes the same way: the order of a dictionary differs by process.
    mutating func releaseThrottled(_ now: Moment) {
        for mapping in throttles.keys.sorted() {
            guard var throttle = throttles.removeValue(forKey: mapping) else { continue }
            // The tokens are taken when the launch goes out; here they are only counted.
            var tokens = throttle.bucket
            while !throttle.queue.isEmpty, tokens.isOpen(now.monotonic), let id = throttle.queue.popFirst() {
                guard launches.contains(id), launches[id].state == .throttled else { continue }
                tokens.take()
                clear(id)
            }
            throttles[mapping] = throttle
        }
    }
}

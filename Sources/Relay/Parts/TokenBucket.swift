import Poll

/// A rate with a burst: tokens trickle in, each launch takes one.
struct TokenBucket {
    private var limit: RateLimit
    private var tokens: Double
    private var filledAt: MonotonicTime

    /// A full bucket.
    init(_ limit: RateLimit, now: MonotonicTime) {
        self.limit = limit
        tokens = limit.burst
        filledAt = now
    }

    /// Whether a token is there now.
    mutating func isOpen(_ now: MonotonicTime) -> Bool {
        fill(now)
        return tokens >= 1
    }

    /// Takes a token that is known to be there.
    mutating func take() {
        tokens -= 1
    }

    /// When the next token will be there, counted from the last look.
    var opens: MonotonicTime {
        guard tokens < 1 else { return filledAt }
        // Rounded up by a microsecond: a wake-up that comes a hair too early would spin.
        return filledAt.advanced(byNanoseconds: Int64((1 - tokens) / limit.perSecond * 1e9) + 1000)
    }

    /// The same, if there was no token at the last look.
    var opensIfEmpty: MonotonicTime? {
        tokens < 1 ? opens : nil
    }

    /// Goes by another limit from now on: a mapping was reloaded.
    mutating func change(to other: RateLimit) {
        guard other != limit else { return }
        limit = other
        tokens = min(tokens, other.burst)
    }

    /// Adds what trickled in since the last look.
    private mutating func fill(_ now: MonotonicTime) {
        guard now > filledAt else { return }
        let seconds = Double(now.nanoseconds - filledAt.nanoseconds) / 1e9
        tokens = min(tokens + seconds * limit.perSecond, limit.burst)
        filledAt = now
    }
}

import Relay

/// A launch's name as the token of its HTTP request.
extension LaunchID {
    /// The token of the probe, which no launch has: places are far fewer.
    static let probeToken = UInt64.max

    /// The token.
    var token: UInt64 { UInt64(slot) << 32 | UInt64(use) }

    /// The launch of a token.
    init(token: UInt64) {
        self.init(slot: UInt32(token >> 32), use: UInt32(truncatingIfNeeded: token))
    }
}

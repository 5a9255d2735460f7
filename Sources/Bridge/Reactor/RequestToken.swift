import Relay

/// What an HTTP request is about, as the token that comes back with its end.
///
/// Two bits say the kind, the rest is the relay's name: a place, of which there are far fewer than 2^30, and its use.
enum RequestToken: Hashable {
    /// One launch.
    case launch(LaunchID)
    /// A batch.
    case batch(BatchID)
    /// A question after the task of a batch.
    case task(BatchID)
    /// The probe.
    case probe

    private static let kinds = UInt64(3) << 62

    /// The token as the transport carries it.
    var value: UInt64 {
        switch self {
        case .launch(let id): Self.name(id.slot, id.use)
        case .batch(let id): 1 << 62 | Self.name(id.slot, id.use)
        case .task(let id): 2 << 62 | Self.name(id.slot, id.use)
        case .probe: Self.kinds
        }
    }

    /// What a token of ours says.
    init(_ value: UInt64) {
        let (slot, use) = (UInt32((value & ~Self.kinds) >> 32), UInt32(truncatingIfNeeded: value))
        switch value >> 62 {
        case 0: self = .launch(LaunchID(slot: slot, use: use))
        case 1: self = .batch(BatchID(slot: slot, use: use))
        case 2: self = .task(BatchID(slot: slot, use: use))
        default: self = .probe
        }
    }

    private static func name(_ slot: UInt32, _ use: UInt32) -> UInt64 { UInt64(slot) << 32 | UInt64(use) }
}

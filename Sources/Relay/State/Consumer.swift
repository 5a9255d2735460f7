/// The consuming channel as the relay knows it.
enum Consumer: Hashable {
    /// None: the connection is lost, or all was given back. → `paused`.
    case absent
    /// A channel that does not consume. → `flowing`, `absent`.
    case paused(generation: UInt32)
    /// A channel that consumes. → `paused`, `absent`.
    case flowing(generation: UInt32)

    /// The channel's generation; deliveries of any other are stale.
    var generation: UInt32? {
        switch self {
        case .absent: nil
        case .paused(let generation), .flowing(let generation): generation
        }
    }
}

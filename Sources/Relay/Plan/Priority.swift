/// Who goes first among the launches that have been received, the first before the last.
package enum Priority: String, Sendable, Hashable, CaseIterable {
    /// What a customer waits for: a confirmation, a code.
    case transactional
    /// The default.
    case normal
    /// What may wait: an audience, a newsletter. Holds at most half the prefetch.
    case bulk

    /// The place in queues by priority: 0 goes first.
    var rank: Int {
        switch self {
        case .transactional: 0
        case .normal: 1
        case .bulk: 2
        }
    }
}

/// What the ledger knows about a launch.
package enum LedgerFinding: Sendable, Hashable {
    /// Nothing that counts.
    case absent
    /// It was made.
    case launched
    /// A request was about to be made, and nothing is known of its outcome.
    case intended
    /// The ledger could not be read.
    case failed
}

/// What stands in the ledger about one launch with a given key: what an answer is made of.
struct LedgerTrace: Hashable {
    let identity: LaunchIdentity
    let launchedAt: Int64
    let state: LaunchEntryState
}

extension LedgerQuestion {
    /// The answer from all that stands under the first half of the key.
    ///
    /// What was launched outweighs what was only intended. A launch from the future (the clock was set back) counts.
    func answer(from traces: [LedgerTrace]) -> LedgerFinding {
        var finding = LedgerFinding.absent
        for trace in traces where counts(trace) {
            switch trace.state {
            case .launched, .maybeRepeated: return .launched
            case .intended: finding = .intended
            case .withdrawn: break
            }
        }
        return finding
    }

    private func counts(_ trace: LedgerTrace) -> Bool {
        guard trace.identity.key == identity.key else { return false }
        if trace.identity.event == identity.event { return true }
        let (end, isBeyond) = trace.launchedAt.addingReportingOverflow(windowSeconds)
        return isBeyond || end > now
    }
}

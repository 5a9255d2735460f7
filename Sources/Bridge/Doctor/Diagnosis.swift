import Outcome

/// What follows from what was seen: pure, so that every case of it can be tested without a broker.
package struct Diagnosis: Sendable {
    /// What was found, in the order of the report.
    package private(set) var findings: [DoctorFinding] = []
    let facts: DoctorFacts

    /// Judges facts.
    package init(_ facts: DoctorFacts) {
        self.facts = facts
        judgeBroker()
        judgeLedger()
        judgePlatform()
        judgeMappings()
    }

    /// All findings taken together; the broker comes first, as nothing works without it.
    package var verdict: DoctorVerdict {
        switch facts.broker {
        case .unreachable, .late: return .brokerUnreachable
        case .seen: break
        }
        if findings.contains(where: { $0.check == .platform && $0.severity == .error }) { return .platformUnreachable }
        return findings.contains { $0.severity == .error } ? .findings : .ready
    }

    var plan: DoctorPlan { facts.plan }

    /// Adds a finding.
    mutating func find(
        _ check: DoctorFinding.Check, _ subject: String, _ severity: DoctorFinding.Severity, _ message: String,
        _ advice: String? = nil
    ) {
        findings.append(DoctorFinding(check, subject, severity, message, advice: advice))
    }

    private mutating func judgeLedger() {
        switch facts.ledger {
        case .off:
            find(
                .ledger, "ledger", .warning, "ledger.enabled is false: a redelivered event may launch again",
                "leave it on, unless something else recognises what was launched")
        case .absent(let path): find(.ledger, "ledger", .ok, "\(path) can be made")
        case .usable(let path): find(.ledger, "ledger", .ok, "\(path) is whole and writable")
        case .inUse(let path): find(.ledger, "ledger", .ok, "\(path) is in use by a bridge that runs")
        case .faulty(let words): find(.ledger, "ledger", .error, words)
        }
    }

    private mutating func judgeMappings() {
        if plan.refusedMappings.isEmpty {
            find(.mappings, "mappings", .ok, "\(plan.mappings.counted("mapping")) without error")
        }
        for refused in plan.refusedMappings {
            find(.mappings, "mappings", .warning, refused, "mend it: trigger-bridge check says everything")
        }
        guard let few = RecipientAllowList.warning(plan.allowedRecipients) else { return }
        find(.recipients, "recipients", .warning, few.sentence, few.advice)
    }
}

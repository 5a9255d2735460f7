import JSON
import Outcome

/// How a task stands.
package enum TaskStatus: Sendable, Hashable {
    /// Not at its end; per cent done, where it says so. Also every status word that the documents do not know.
    case running(progress: Int?)
    /// At its end.
    case finished(TaskResult)
    /// The platform gave it up, in its own word.
    case failed(String)
    /// The platform could not be asked, or did not answer as documented: ask again.
    case unanswered(LaunchOutcome)

    /// Reads the answer to ``Question/task(_:)``.
    package static func read(_ answer: Answer, now: Int64) -> TaskStatus {
        let outcome = LaunchOutcome.classify(answer, now: now)
        guard case .accepted = outcome else { return .unanswered(outcome) }
        guard let envelope = Envelope(answer.body), let data = envelope.root["data"],
            let word = data["status"]?.string
        else { return .unanswered(.unknown(.notAnEnvelope)) }
        switch word {
        // The page's copies disagree about the word for success.
        case "completed", "success": return .finished(TaskResult(data["result"], in: envelope))
        case "failed", "error", "canceled", "cancelled": return .failed(word)
        default: return .running(progress: data["progress"].flatMap(envelope.integer).flatMap { Int(exactly: $0) })
        }
    }
}

/// What a finished task tells.
package struct TaskResult: Sendable, Hashable {
    /// Most errors that are kept.
    private static let mostErrors = 100

    /// How many profiles it handled, where it says so.
    package let total: Int64?
    /// What it says went wrong, at most 100 lines, each fit for a log.
    package let errors: [String]

    /// Makes a result.
    package init(total: Int64? = nil, errors: [String] = []) {
        self.total = total
        self.errors = errors
    }

    init(_ value: JSONValue?, in envelope: Envelope) {
        let errors = value?["errors"].map { $0.isNull ? [] : $0.elements ?? [$0] } ?? []
        self.init(
            total: value?["total"].flatMap(envelope.integer),
            errors: errors.prefix(Self.mostErrors).map { ForeignText.clean($0.string ?? $0.text()) })
    }
}

/// What happens in a case that the documentation does not describe.
package enum Verdict: String, Sendable, CaseIterable {
    case error
    case success
}

/// The HTTP status of an error envelope.
package enum StatusOnError: String, Sendable, CaseIterable {
    /// 200, as the envelope is the answer.
    case ok = "200"
    /// The envelope's code where it is an HTTP status from 400 to 599, else 400.
    case mirrored
}

/// Which matching modes `triggers/start` and `workflows/start` take.
package enum SingleModes: String, Sendable, CaseIterable {
    /// The four that their pages list.
    case listed
    /// All eleven.
    case all
}

/// How addresses are compared.
package enum EmailCase: String, Sendable, CaseIterable {
    /// Letter by letter.
    case exact
    /// Without regard to case.
    case folded
}

/// Which profile `email_phone` means when its two values find different ones.
package enum EmailPhone: String, Sendable, CaseIterable {
    case email
    case phone
    case error
}

/// What the result of a batch holds for an element without a profile.
package enum BatchUnmatched: String, Sendable, CaseIterable {
    /// Nothing: the result is shorter.
    case absent
    /// A null in its place.
    case null
    /// The whole batch is refused.
    case error
}

/// How the result of a batch is ordered.
package enum ResultOrder: String, Sendable, CaseIterable {
    /// As in the request.
    case request
    /// Shuffled; the printed JSON and XML examples show one result in two orders.
    case shuffled
}

/// What a finished task calls itself.
package enum TaskFinalStatus: String, Sendable, CaseIterable {
    case completed
    case success
}

/// How task ids look.
package enum TaskIDs: String, Sendable, CaseIterable {
    /// `task_` and a UUID.
    case prefixed
    /// A UUID.
    case bare
}

/// How XML requests that do not name a format are answered.
package enum XMLAnswer: String, Sendable, CaseIterable {
    case xml
    case json
}

import Glibc

/// How log lines look: the values of the setting `log.format`.
package enum LogFormat: String, Sendable, Hashable, CaseIterable {
    /// One JSON object a line, for collectors.
    case json
    /// A readable form, for people.
    case text
    /// Text when standard error is a terminal, JSON otherwise.
    case auto

    /// The format that is written: `auto` decided by whether standard error is a terminal.
    package func resolved(isTerminal: Bool) -> LineFormat {
        switch self {
        case .json: .json
        case .text: .text
        case .auto: isTerminal ? .text : .json
        }
    }

    /// The format for this process.
    package var resolved: LineFormat {
        resolved(isTerminal: isatty(STDERR_FILENO) == 1)
    }
}

/// The two forms a line is really written in.
package enum LineFormat: Sendable, Hashable {
    /// One JSON object a line.
    case json
    /// Time, level, message, then `key=value`.
    case text
}

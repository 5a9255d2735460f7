import Settings
import Telemetry

/// Reads the token file again and again, so that a renewed token is used before the old one is refused.
///
/// Reading is cheaper than watching: secrets are files, links that are turned, or mounts that tell nothing.
struct TokenWatch {
    private let tokens: TokenSource
    private let observer: Observer
    /// Tells the reactor that there is another token.
    private let renewed: @Sendable () -> Bool
    private var problem: SettingProblem?
    private var isOwed = false

    init(_ tokens: TokenSource, observer: Observer, renewed: @escaping @Sendable () -> Bool) {
        self.tokens = tokens
        self.observer = observer
        self.renewed = renewed
    }

    /// Looks once; a file that cannot be read, or holds no token, is told once.
    mutating func look() {
        switch tokens.reload() {
        case .unchanged: problem = nil
        case .changed:
            problem = nil
            isOwed = true
        case .failed(let found):
            if found != problem {
                observer.observe(
                    .warning("the API token: \(found); the last good one stays in force", advice: found.hint))
            }
            problem = found
        }
        if isOwed { isOwed = !renewed() }
    }
}

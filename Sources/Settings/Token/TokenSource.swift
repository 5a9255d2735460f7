import Synchronization

/// The API token as it is now, for whoever writes requests; callable from any thread.
///
/// Reading the file again is the caller's decision: when the file changed, and at each probe after a 401. A file that
/// cannot be read then, or holds no token, leaves the last good one in force.
package final class TokenSource: Sendable {
    /// What reading the file again brought.
    package enum Reload: Sendable, Equatable {
        /// The same token, or a token that is in no file.
        case unchanged
        /// Another token, which is in force now.
        case changed
        /// No token; the last good one stays in force.
        case failed(SettingProblem)
    }

    /// Where the token comes from.
    package let origin: TokenOrigin
    private let token: Mutex<Secret>

    /// Reads the token for the first time.
    package init(_ origin: TokenOrigin) throws(SettingProblem) {
        self.origin = origin
        token = Mutex(try origin.read())
    }

    /// The token in force.
    package var current: Secret {
        token.withLock { $0 }
    }

    /// Reads the file again.
    package func reload() -> Reload {
        let result: Result<Secret, SettingProblem>
        do {
            result = .success(try origin.read())
        } catch {
            result = .failure(error)
        }
        return token.withLock { current in
            let (kept, reload) = Self.decide(current: current, read: result)
            current = kept
            return reload
        }
    }

    /// Which token is in force after one was read.
    static func decide(current: Secret, read: Result<Secret, SettingProblem>) -> (Secret, Reload) {
        switch read {
        case .success(current): (current, .unchanged)
        case .success(let other): (other, .changed)
        case .failure(let problem): (current, .failed(problem))
        }
    }
}

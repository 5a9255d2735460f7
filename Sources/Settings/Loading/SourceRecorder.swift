import Configuration
import Synchronization

/// Notes which provider answered for each key that is read.
final class SourceRecorder: AccessReporter {
    private let answers = Mutex<[String: Int]>([:])

    func report(_ event: AccessEvent) {
        let place = event.providerResults.firstIndex { result in
            guard case .success(let lookup) = result.result else { return false }
            return lookup.value != nil
        }
        let key = event.metadata.key.components.joined(separator: ".")
        answers.withLock { $0[key] = place ?? -1 }
    }

    /// The place of the provider that gave the key its value, in the order of precedence; nil when none did.
    func provider(of key: String) -> Int? {
        answers.withLock { $0[key] }.flatMap { $0 >= 0 ? $0 : nil }
    }

    /// Every key that was asked for.
    var asked: Set<String> {
        answers.withLock { Set($0.keys) }
    }
}

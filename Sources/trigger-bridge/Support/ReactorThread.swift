import AMQP
import Bridge
import Logging
import Telemetry

/// The thread of a reactor, and what becomes of the process when it ends.
enum ReactorThread {
    /// Runs the work on a thread of its own and waits for its end.
    static func run(
        _ work: @escaping @Sendable () throws -> ReactorEnd
    ) async -> Result<ReactorEnd, any Error> {
        await withCheckedContinuation { continuation in
            do {
                try DeepStackThread.start(name: "reactor") {
                    continuation.resume(returning: Result { try work() })
                }
            } catch {
                continuation.resume(returning: .failure(error))
            }
        }
    }

    /// Says why it could not go on, if that is how it ended, and closes the log.
    ///
    /// - Throws: the exit code of an end that is none of those asked for.
    static func finish(_ end: Result<ReactorEnd, any Error>, _ observer: Observer) throws(CommandExit) {
        switch end {
        case .success(.stopped): break
        case .success(.refused(let reasons)):
            for reason in reasons { observer.log.write(.error, reason) }
        case .failure(let error): observer.log.write(.error, "\(error)")
        }
        observer.log.close()
        switch end {
        case .success(.stopped): break
        case .success(.refused): throw .broker
        case .failure: throw .usage
        }
    }
}

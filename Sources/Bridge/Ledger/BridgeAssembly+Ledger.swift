import Foundation
package import Ledger
package import Poll
package import Telemetry

extension BridgeAssembly {
    /// Opens the ledger of the settings and has its work counted; nil with `ledger.enabled: false`.
    ///
    /// - Parameter wakeup: The reactor's, signalled when the ledger has answered.
    /// - Throws: ``LedgerFault``, in words for an operator.
    package static func openLedger(
        _ path: String?, observer: Observer, wakeup: Wakeup
    ) throws(LedgerFault) -> Ledger? {
        guard let path else { return nil }
        let metrics = observer.metrics
        let ledger = try Ledger(path: path, wakeup: wakeup) { report in
            switch report {
            case .committed(let records, let latency):
                metrics.ledgerAvailable.set(true)
                metrics.ledgerRecords.increment(by: Int64(records))
                metrics.ledgerCommitLatency.record(latency)
            case .failed:
                metrics.ledgerAvailable.set(false)
                metrics.ledgerFailures.increment()
            }
        }
        metrics.ledgerAvailable.set(true)
        if ledger.isNew {
            let place = URL(filePath: path).path
            observer.observe(
                .warning(
                    "a new ledger begins at \(place): launches made before are not known to it",
                    advice: "set state.path or ledger.path if there is one elsewhere"))
        }
        return ledger
    }
}

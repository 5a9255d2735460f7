import Relay
import Telemetry

extension RelayLaunch {
    /// The recipient for the log: the matching mode in the clear, whom it finds masked.
    var maskedRecipient: String {
        guard let space = recipient.utf8.firstIndex(of: UInt8(ascii: " ")) else { return Masking.recipient(recipient) }
        return recipient[...space] + Masking.recipient(String(recipient[recipient.index(after: space)...]))
    }
}

extension Reason {
    /// Why it is not known whether the launch was made, for a person to decide about; nil where it certainly was not.
    package var doubt: String? {
        let what: String
        switch self {
        case .timeout: what = "no answer came (timeout)"
        case .cut: what = "the connection broke before the answer was there"
        case .http500, .http502, .http504: what = "the platform answered with a failure of its own (\(rawValue))"
        case .notAnEnvelope: what = "what was answered is not the Altcraft API's"
        case .taskFailed: what = "it was taken as a task that did not end well"
        case .maybeRepeated: return "a redelivered event whose outcome is not recorded: it may have been launched"
        case .unmatched, .duplicate, .expired, .notAllowed, .noRecipient, .missing, .invalid, .notJSON, .tooBig,
            .tooDeep, .duplicateMember, .encoding, .lookup, .limit, .mappingRemoved, .refused, .unreported, .connect,
            .timeoutBeforeWrite, .http429, .http503, .unauthorized, .tariff, .forbidden:
            return nil
        }
        return "\(what): it may have been launched"
    }
}

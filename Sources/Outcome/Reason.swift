/// Why a launch or an event stands as it does: the closed list of the guarantees.
///
/// A closed list, because it is a metrics label. What the platform itself said (error code and text) travels as
/// detail beside it, never inside it.
package enum Reason: String, Sendable, Hashable, CaseIterable {
    // Skipped
    case unmatched
    case duplicate
    case expired
    case notAllowed = "not_allowed"

    // Skipped where the mapping says so, otherwise unmappable
    case noRecipient = "no_recipient"
    case missing
    case invalid

    // Undecodable
    case notJSON = "not_json"
    case tooBig = "too_big"
    case tooDeep = "too_deep"
    case duplicateMember = "duplicate_member"
    case encoding

    // Unmappable
    case lookup
    case limit
    case mappingRemoved = "mapping_removed"

    // Refused by the platform: its error code and text are the detail
    case refused
    /// The answer to a batch does not name it.
    case unreported

    // Busy: certainly not carried out
    case connect
    case timeoutBeforeWrite = "timeout_before_write"
    case http429 = "http_429"
    case http503 = "http_503"
    case unauthorized
    case tariff
    case forbidden

    // Unknown: may have been carried out
    case timeout
    case cut
    case http500 = "http_500"
    case http502 = "http_502"
    case http504 = "http_504"
    case notAnEnvelope = "not_an_envelope"
    case taskFailed = "task_failed"
    case maybeRepeated = "maybe_repeated"
}

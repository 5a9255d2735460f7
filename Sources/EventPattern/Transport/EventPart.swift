/// The parts of an event that patterns apply to, as `when` names them.
package enum EventPart: String, Sendable, Hashable, CaseIterable {
    case headers, properties, body
}

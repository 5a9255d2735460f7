package import AMQP
import Crypto
import Relay

/// Names a parked message: the same for every copy of it, and for the same event parked again.
///
/// Made of the event's identity, where it was first published, and its body, by a hash whose second meaning nobody can
/// find: who may publish cannot make his message pass for a copy of another. Computed from what is there, never taken
/// from the message's own header.
package struct ParkedID: Sendable, Hashable, CustomStringConvertible {
    private let value: UInt64

    /// The name of a message.
    package init(event: String, exchange: AMQPText, routingKey: AMQPText, body: [UInt8]) {
        var hash = SHA256()
        for part in [Array(event.utf8), exchange.bytes, routingKey.bytes] {
            // With their lengths, so that `ab`,`c` and `a`,`bc` differ.
            hash.update(data: Array("\(part.count):".utf8) + part)
        }
        hash.update(data: body)
        value = hash.finalize().prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Sixteen hexadecimal digits.
    package var description: String { value.sixteenDigits }
}

package import AMQP
import Crypto
import Relay

/// Names a parked message: the same for every copy of it, and for the same launches of the event parked again.
///
/// Made of the event's identity, where it was first published, its body, and what is owed of it: one event may be parked
/// several times, each time for other launches. By a hash whose second meaning nobody can find: who may publish cannot
/// make his message pass for a copy of another. Computed from what is there, never taken from the message's own header.
package struct ParkedID: Sendable, Hashable, CustomStringConvertible {
    private let value: UInt64

    /// The name of an event, whatever is owed of it.
    package init(event: String, exchange: AMQPText, routingKey: AMQPText, body: [UInt8]) {
        var hash = Hash()
        hash.add(event.utf8)
        hash.add(exchange.bytes)
        hash.add(routingKey.bytes)
        value = hash.value(last: body)
    }

    private init(value: UInt64) {
        self.value = value
    }

    /// The name of a message that owes these launches of the event; the event's own where it is evaluated anew.
    package func owing(_ owed: OwedLaunches?) -> ParkedID {
        guard let owed else { return self }
        var hash = Hash()
        hash.add(description.utf8)
        for share in owed.shares.sorted(by: { $0.mapping < $1.mapping }) {
            let elements = share.elements
            hash.add(share.mapping.utf8)
            // Which elements are meant depends on the mapping's version; all of them are meant in any.
            hash.add((elements == nil ? "" : share.version).utf8)
            hash.add((elements?.ranges ?? "").utf8)
        }
        return ParkedID(value: hash.value(last: []))
    }

    /// Sixteen hexadecimal digits.
    package var description: String { value.sixteenDigits }
}

/// A hash of parts with their lengths, so that `ab`,`c` and `a`,`bc` differ.
private struct Hash {
    private var hash = SHA256()

    mutating func add(_ part: some Collection<UInt8>) {
        hash.update(data: Array("\(part.count):".utf8) + part)
    }

    mutating func value(last: [UInt8]) -> UInt64 {
        hash.update(data: last)
        return hash.finalize().prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}

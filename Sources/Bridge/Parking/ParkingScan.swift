import AMQP
import Poll

/// One look at the parking queue from end to end: every message once, all of them held until it is closed.
struct ParkingScan: ~Copyable {
    /// Messages that were looked at.
    private(set) var looked = 0
    private let source: String
    private var reader: QueueReader

    /// How long a message may keep us waiting before the queue is asked whether there are more.
    private static let silence = Duration.seconds(2)
    /// How often it is, where nothing is ready: another command has taken what was counted, or it is on its way.
    private static let patience = 3
    /// How often it is, where messages are ready: the broker is busy.
    private static let longestPatience = 15

    /// Connects; what is parked later is not looked at.
    init(_ room: ParkingRoom) throws(BrokerError) {
        source = room.source
        reader = try QueueReader(room.reading, queue: room.queue)
    }

    /// Messages that were in the queue when the look began.
    var total: Int { Int(reader.status.messages) }

    /// The next message; nil after the last, and after as many as are looked at in one go.
    mutating func next() throws(BrokerError) -> ParkedMessage? {
        guard looked < min(total, ParkingRoom.mostLooked) else { return nil }
        for silences in 1...Self.longestPatience {
            if let delivery = try reader.next(within: Self.silence) {
                looked += 1
                return ParkedMessage(delivery, source: source)
            }
            if silences >= Self.patience, try reader.ready() == 0 { return nil }
        }
        return nil
    }

    /// Lets nothing more come; what was read is held.
    mutating func stop() throws(BrokerError) { try reader.stop() }

    /// Takes a message out of the queue; certain once `close` has returned.
    mutating func acknowledge(_ receipt: DeliveryReceipt) throws(BrokerError) { try reader.acknowledge(receipt) }

    /// Gives a message back, so that others see it while this look goes on.
    mutating func giveBack(_ receipt: DeliveryReceipt) throws(BrokerError) { try reader.giveBack(receipt) }

    /// Waits while the connection is kept alive.
    mutating func rest(until time: MonotonicTime) throws(BrokerError) { try reader.rest(until: time) }

    /// Gives everything back that is held.
    consuming func close() throws(BrokerError) { try reader.close() }
}

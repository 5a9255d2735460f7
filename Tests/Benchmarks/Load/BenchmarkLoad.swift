import AMQP
import Foundation
import Glibc
import Poll

/// The shop's side of the end-to-end benchmark: fills a queue, or drains it with a consumer that only acknowledges.
///
///     benchmark-load fill URL QUEUE COUNT [ELEMENTS]    events, or lists of so many recipients each
///     benchmark-load drain URL QUEUE COUNT
@main
enum BenchmarkLoad {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 5, let count = Int(arguments[4]) else { throw Fault.usage }
        let elements = arguments.count > 5 ? Int(arguments[5]) ?? 0 : 0
        let settings = ConnectionSettings(
            address: try BrokerAddress(parsing: arguments[2]), connectionName: "benchmark \(arguments[1])")
        switch arguments[1] {
        case "fill": try Filler(settings, queue: arguments[3], elements: elements).run(count)
        case "drain": try await drain(settings, queue: arguments[3], count: count)
        default: throw Fault.usage
        }
    }

    enum Fault: Error {
        case usage
        case broker(String)
    }

    /// Drains on a thread with a deep stack, as every owner of a connection does.
    private static func drain(_ settings: ConnectionSettings, queue: String, count: Int) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            do {
                try DeepStackThread.start(name: "drain") {
                    continuation.resume(with: Result { try Drainer(settings, queue: queue).run(count) })
                }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }
}

/// Publishes events with confirms.
private struct Filler {
    let wakeup: Wakeup
    let events: Mailbox<PublisherEvent>
    let publisher: Publisher
    let queue: String
    /// How many recipients an event lists; 0 for an order.
    let elements: Int

    init(_ settings: ConnectionSettings, queue: String, elements: Int) throws {
        self.elements = elements
        wakeup = try Wakeup()
        events = Mailbox(capacity: 100_000, wakeup: wakeup)
        publisher = try Publisher(
            connection: settings, topology: Topology([.declareQueue(queue)]), capacity: 2_000, events: events)
        self.queue = queue
    }

    func run(_ count: Int) throws {
        try publisher.start()
        try awaitConnection()
        var (posted, confirmed) = (0, 0)
        while confirmed < count {
            while posted < count, publisher.publish(elements == 0 ? order(posted) : audience(posted)) { posted += 1 }
            for event in waitForEvents() {
                guard case .outcome(_, let outcome) = event else { continue }
                guard outcome.isConfirmed else { throw BenchmarkLoad.Fault.broker("\(outcome)") }
                confirmed += 1
            }
        }
        publisher.stop()
        print("filled \(confirmed)")
    }

    private func awaitConnection() throws {
        while true {
            for case .state(let state) in waitForEvents() {
                if case .connected = state { return }
                if case .down(let error, _) = state { throw BenchmarkLoad.Fault.broker(error.description) }
            }
        }
    }

    private func waitForEvents() -> [PublisherEvent] {
        var set = PollSet()
        set.add(wakeup.descriptor, .readable)
        _ = set.wait(milliseconds: 1_000)
        wakeup.clear()
        return events.drain()
    }

    /// A paid order of about 460 bytes, each for a customer of its own.
    private func order(_ number: Int) -> Publication {
        let id = 5_123_456_789_000 + number
        let body = """
            {"id":\(id),"name":"#\(number)","email":"customer.\(number)@example.com","financial_status":"paid",\
            "currency":"EUR","total_price":"149.90","processed_at":"2026-03-01T12:05:31+03:00",\
            "customer":{"id":\(number),"first_name":"Anna","last_name":"Petrova","phone":"+79161234567"},\
            "line_items":[{"title":"Running shoes","variant_title":"42 / blue","quantity":1,"price":"129.90"},\
            {"title":"Socks","variant_title":"42","quantity":2,"price":"10.00"}]}
            """
        return publication(number, "order-\(id)", body)
    }

    /// A list of recipients, each in it once and in no other.
    private func audience(_ number: Int) -> Publication {
        let recipients = (0..<elements).map { place in
            #"{"id":"\#(number)-\#(place)","email":"customer.\#(number * elements + place)@example.com"}"#
        }
        let body = #"{"id":\#(number),"financial_status":"paid","to":[\#(recipients.joined(separator: ","))]}"#
        return publication(number, "audience-\(number)", body)
    }

    private func publication(_ number: Int, _ id: String, _ body: String) -> Publication {
        var properties = AMQPProperties()
        properties.messageID = AMQPText(id)
        properties.contentType = "application/json"
        return Publication(
            id: UInt64(number), routingKey: AMQPText(queue), properties: properties, body: Array(body.utf8))
    }
}

/// Acknowledges everything as it comes: the least that a consumer can do.
private struct Drainer {
    let connector: BrokerConnector
    let wakeup: Wakeup

    init(_ settings: ConnectionSettings, queue: String) throws {
        wakeup = try Wakeup()
        connector = BrokerConnector(
            connection: settings, consumer: ConsumerSettings(queue: queue, consumerTag: "bare"),
            topology: Topology([.expectQueue(queue)]), generations: GenerationSource(), wakeup: wakeup)
    }

    func run(_ count: Int) throws {
        let consumer = try connect()
        consumer.resume()
        var taken = 0
        var set = PollSet()
        let start = MonotonicTime.now()
        while taken < count {
            for case .delivery(let delivery) in consumer.receive(limit: 256, byteBudget: 8 << 20, now: .now()) {
                consumer.acknowledge(delivery.receipt)
                taken += 1
            }
            consumer.service(now: .now())
            guard !consumer.hasBufferedInput else { continue }
            set.removeAll()
            set.add(consumer.descriptor, consumer.wantsWrite ? [.readable, .writable] : .readable)
            _ = set.wait(milliseconds: 1_000)
        }
        report(taken, MonotonicTime.now().since(start))
        consumer.close()
        for _ in 0..<10 { consumer.service(now: .now()) }
    }

    private func connect() throws -> ConsumerConnection {
        connector.begin()
        while true {
            var set = PollSet()
            set.add(wakeup.descriptor, .readable)
            _ = set.wait(milliseconds: 10_000)
            wakeup.clear()
            switch connector.take() {
            case .connected(let consumer, _): return consumer
            case .failed(let error): throw BenchmarkLoad.Fault.broker(error.description)
            case nil: continue
            }
        }
    }

    private func report(_ count: Int, _ time: Duration) {
        var usage = rusage()
        unsafe getrusage(__rusage_who_t(0), &usage)
        let seconds = Double(time.nanoseconds) / 1e9
        let cpu =
            Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
        print(
            String(
                format: "%.0f messages/s, %.4f CPU s per 1,000, %.1f MB", Double(count) / seconds,
                cpu / Double(count) * 1_000, Double(usage.ru_maxrss) / 1_024))
    }
}

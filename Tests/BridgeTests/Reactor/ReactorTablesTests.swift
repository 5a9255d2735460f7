import AMQP
import Altcraft
import HTTPTransport
import Poll
import Relay
import TestSupport
import Testing

@testable import Bridge

/// What the reactor keeps beside the relay's state: small tables, each with one rule.
@Suite("The reactor's tables", .timeLimit(.minutes(1)))
struct ReactorTablesTests {
    @Test("A request's token says what it is about, whatever the place and its use", arguments: UInt64(1)...4)
    func tokens(seed: UInt64) {
        var generator = TestSupport.SeededGenerator(seed: seed)
        var seen: [UInt64: RequestToken] = [RequestToken.probe.value: .probe]
        for _ in 0..<2_000 {
            // The relay has far fewer than 2^30 places; a use may be any number.
            let slot = UInt32.random(in: 0..<1 << 30, using: &generator)
            let use = UInt32.random(in: .min ... .max, using: &generator)
            let tokens: [RequestToken] = [
                .launch(LaunchID(slot: slot, use: use)), .batch(BatchID(slot: slot, use: use)),
                .task(BatchID(slot: slot, use: use)),
            ]
            for token in tokens {
                #expect(RequestToken(token.value) == token)
                let other = seen.updateValue(token, forKey: token.value)
                #expect(other == nil || other == token, "two requests of one token")
            }
        }
        #expect(RequestToken(RequestToken.probe.value) == .probe)
    }

    @Test("A token at either end of its room is taken for no other kind")
    func tokenEnds() {
        for (slot, use) in [(UInt32(0), UInt32(0)), (0, .max), (1 << 30 - 1, 0), (1 << 30 - 1, .max)] {
            #expect(RequestToken(RequestToken.launch(LaunchID(slot: slot, use: use)).value) != .probe)
            #expect(RequestToken(RequestToken.task(BatchID(slot: slot, use: use)).value) != .probe)
        }
    }

    @Test("A table by places grows to the highest in use, and gives each value out once")
    func slots() {
        var table = SlotTable<String>()
        #expect(table[7] == nil)
        #expect(table.take(7) == nil)
        table[7] = nil
        table[3] = "c"
        table[0] = "a"
        #expect(table[3] == "c" && table[0] == "a" && table[1] == nil && table[4] == nil)
        table.modify(3) { $0 += "!" }
        table.modify(1) { $0 += "!" }
        table.modify(99) { $0 += "!" }
        #expect(table[1] == nil)
        #expect(table.take(3) == "c!")
        #expect(table.take(3) == nil)
        table[0] = nil
        #expect(table.take(0) == nil)
    }

    @Test("A table by places agrees with a dictionary", arguments: UInt64(1)...4)
    func slotsLikeADictionary(seed: UInt64) {
        var generator = TestSupport.SeededGenerator(seed: seed)
        var (table, model) = (SlotTable<Int>(), [UInt32: Int]())
        for step in 0..<3_000 {
            let slot = UInt32.random(in: 0..<60, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0:
                table[slot] = step
                model[slot] = step
            case 1:
                let taken = table.take(slot)
                #expect(taken == model.removeValue(forKey: slot))
            case 2:
                table.modify(slot) { $0 += 1 }
                if let value = model[slot] { model[slot] = value + 1 }
            default: #expect(table[slot] == model[slot])
            }
        }
    }

    @Test("Each publish has a name of its own, and is taken out once")
    func publications() {
        var table = PublicationTable()
        let delivery = DeliveryID(slot: 1, use: 2)
        let (parking, delay) = (table.add(delivery, .parking), table.add(delivery, .delay))
        #expect(parking != delay)
        let taken = table.take(delay)
        #expect(taken?.delivery == delivery && taken?.purpose == .delay)
        #expect(table.take(delay) == nil)
        #expect(table.take(99) == nil)
        let next = table.add(delivery, .parking)
        #expect(next != delay, "a name is not used again")
        #expect(table.take(parking)?.purpose == .parking)
    }

    @Test("Headers are made once for each kind of request, also after many renewed tokens; bad ones are refused")
    func headers() throws {
        var cache = HeaderCache()
        func fields(_ token: String) -> [EncodedRequest.Header] {
            [EncodedRequest.Header("Content-Type", "application/json"), EncodedRequest.Header("X-Token", token)]
        }
        let first = try cache.headers(for: fields("0"))
        for number in 0..<100 {
            let made = try cache.headers(for: fields("\(number)"))
            let again = try cache.headers(for: fields("\(number)"))
            #expect(made == again)
            if number > 0 { #expect(made != first) }
        }
        #expect(throws: HTTPHeaderError.value(ofHeader: "X-Token")) { try cache.headers(for: fields("a\r\nb")) }
        _ = try cache.headers(for: fields("0"))
    }

    @Test("The broker is tried again after growing waits, until a connection stands")
    func reconnection() throws {
        var reconnection = Reconnection()
        #expect(reconnection.nextAttempt == nil)
        let now = MonotonicTime(nanoseconds: 1_000)
        let first = reconnection.failed(at: now)
        #expect(reconnection.nextAttempt == now.advanced(by: first))
        reconnection.begun()
        #expect(reconnection.nextAttempt == nil, "one attempt at a time")
        var last = first
        for _ in 0..<20 { last = reconnection.failed(at: now) }
        #expect(last > first && last <= ReconnectBackoff.maximum)
        reconnection.succeeded()
        #expect(reconnection.nextAttempt == nil)
        #expect(reconnection.failed(at: now) <= ReconnectBackoff.minimum * 2)
    }
}

import Poll
import TestSupport
import Testing

@testable import HTTPTransport

/// The table of watched sockets against a dictionary that cannot be wrong.
@Suite("Watched sockets")
struct WatchedSocketsTests {
    @Test("Random wishes leave what a dictionary would hold", arguments: 1...20)
    func random(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var sockets = WatchedSockets()
        var model: [Int32: Readiness] = [:]
        for _ in 0..<500 {
            let descriptor = Int32.random(in: 0..<20, using: &generator)
            if Bool.random(using: &generator) {
                let interest = Readiness(rawValue: .random(in: 0..<8, using: &generator))
                sockets.watch(descriptor, for: interest)
                model[descriptor] = interest
            } else {
                sockets.forget(descriptor)
                model[descriptor] = nil
            }
            let held = Dictionary(uniqueKeysWithValues: sockets.entries.map { ($0.descriptor, $0.interest) })
            #expect(held == model)
            #expect(sockets.entries.allSatisfy(sockets.isCurrent))
        }
    }

    @Test("A later socket with the same number is another one")
    func serial() throws {
        var sockets = WatchedSockets()
        sockets.watch(5, for: .readable)
        let first = try #require(sockets.entries.first)
        sockets.watch(5, for: .writable)
        #expect(sockets.isCurrent(first))
        sockets.forget(5)
        #expect(!sockets.isCurrent(first))
        sockets.watch(5, for: .readable)
        #expect(!sockets.isCurrent(first))
    }

    @Test("Descriptors that are none are passed over")
    func nonsense() {
        var sockets = WatchedSockets()
        sockets.forget(-1)
        sockets.forget(1000)
        #expect(sockets.entries.isEmpty)
    }
}

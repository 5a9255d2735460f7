import TestSupport
import Testing

@testable import AMQP

@Suite(.timeLimit(.minutes(1)))
struct ContentAssemblyTests {
    private static let persistent: [UInt8] = [0x10, 0, 2]

    @Test func anEmptyBodyIsWholeWithItsHeader() throws {
        var assembly = ContentAssembly()
        let content = try #require(try assembly.header(bodySize: 0, properties: Self.persistent))
        #expect(content.body == [] && content.properties.deliveryMode == 2)
        #expect(try assembly.header(bodySize: 0, properties: [0, 0]) != nil)
    }

    @Test func anySplitGivesTheSameBody() throws {
        var generator = SeededGenerator(seed: 3)
        let body = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
        var assembly = ContentAssembly()
        for _ in 0..<100 {
            #expect(try assembly.header(bodySize: 1000, properties: [0, 0]) == nil)
            var offset = 0
            var whole: ContentAssembly.Content?
            while offset < body.count {
                #expect(whole == nil && assembly.bufferedBytes == offset)
                let end = min(body.count, offset + Int.random(in: 0...400, using: &generator))
                whole = try assembly.body(Array(body[offset..<end]))
                offset = end
            }
            #expect(whole?.body == body)
        }
    }

    @Test func framesOutOfPlaceAreViolations() throws {
        var assembly = ContentAssembly()
        #expect(throws: BrokerFault.self) { try assembly.body([1]) }
        #expect(try assembly.header(bodySize: 2, properties: [0, 0]) == nil)
        #expect(throws: BrokerFault.self) { try assembly.header(bodySize: 2, properties: [0, 0]) }
        #expect(throws: BrokerFault.protocolViolation("more body than the 2 bytes announced")) {
            try assembly.body([1, 2, 3])
        }
    }

    @Test func impossibleSizesAndPropertiesAreViolations() {
        var assembly = ContentAssembly()
        #expect(throws: BrokerFault.self) { try assembly.header(bodySize: .max, properties: [0, 0]) }
        #expect(throws: BrokerFault.self) { try assembly.header(bodySize: 0, properties: [0x20, 0, 0, 0, 0, 9]) }
    }

    /// A peer that announces much and sends little does not make us take memory for what never comes.
    @Test func announcedBytesAreNotBelieved() throws {
        var assembly = ContentAssembly()
        #expect(try assembly.header(bodySize: ContentAssembly.bodyMaximum, properties: [0, 0]) == nil)
        #expect(try assembly.body([1]) == nil)
        #expect(assembly.bufferedBytes == 1)
    }
}

import Testing

@testable import AMQP

@Suite(.timeLimit(.minutes(1)))
struct BrokerFaultTests {
    static let all: [BrokerFault] = [
        .nameNotResolved(host: "h"), .refused, .unreachable("No route to host"), .connectTimeout, .cutDuringLogin,
        .loginTimeout, .tlsFile(role: .authorities, path: "/ca"), .tlsFile(role: .identity, path: "/c"),
        .certificateHost(host: "h"), .certificateAuthority("self-signed"), .certificateTime("expired"),
        .certificate("revoked"), .notTLS, .tls("no cipher"), .loginRefused("no"), .mechanismRefused,
        .virtualHostRefused(name: "v", "no"), .queueMissing(name: "q"), .exchangeMissing(name: "e"),
        .preconditionFailed("differs"), .accessRefused("no"), .resourceLocked("exclusive"), .connectionForced("bye"),
        .closed(code: 541, "internal"), .connectionLost, .heartbeatTimeout, .requestTimeout, .confirmTimeout,
        .publishesRefused, .protocolViolation("odd"), .exhausted("memory"),
    ]

    @Test func everyFaultHasItsOwnWords() {
        #expect(Set(Self.all.map(\.happened)).count == Self.all.count)
        for fault in Self.all {
            #expect(!fault.advice.isEmpty)
            let line = BrokerError(fault, peer: "h:5672").description
            #expect(line.hasPrefix("broker h:5672: ") && !line.contains("\n"))
        }
    }

    @Test(arguments: [
        (320, "CONNECTION_FORCED - shutdown", BrokerFault.connectionForced("CONNECTION_FORCED - shutdown")),
        (403, "ACCESS_REFUSED - no", .accessRefused("ACCESS_REFUSED - no")),
        (403, "queue 'q' in exclusive use", .resourceLocked("queue 'q' in exclusive use")),
        (404, "NOT_FOUND - no queue 'q' in vhost '/'", .queueMissing(name: "q")),
        (404, "NOT_FOUND - no exchange 'e' in vhost '/'", .exchangeMissing(name: "e")),
        (404, "what", .closed(code: 404, "what")),
        (405, "locked", .resourceLocked("locked")),
        (406, "PRECONDITION_FAILED", .preconditionFailed("PRECONDITION_FAILED")),
        (505, "x", .protocolViolation("it says so of us, with 505: x")),
        (541, "INTERNAL", .closed(code: 541, "INTERNAL")),
    ])
    func replyCodesMeanFaults(code: UInt16, text: String, fault: BrokerFault) {
        #expect(BrokerFault(replyCode: code, text: AMQPText(text)) == fault)
    }

    @Test func aMissingThingIsWhatWasAskedFor() {
        let fault = BrokerFault(replyCode: 404, text: "?", missing: .queueMissing(name: "orders"))
        #expect(fault == .queueMissing(name: "orders"))
    }

    @Test func foreignBytesInTheBrokersWordsStayOnOneLine() {
        let fault = BrokerFault(replyCode: 406, text: AMQPText(bytes: [0x61, 0x0A, 0xFF]))
        #expect(fault.happened.hasSuffix("a\\x0A\\xFF"))
    }

    @Test func whatAnOperatorMustChangeIsMarked() {
        let marked = Self.all.filter(\.needsOperator)
        #expect(marked.contains(.loginRefused("no")) && marked.contains(.queueMissing(name: "q")))
        for fault in [BrokerFault.refused, .connectionLost, .heartbeatTimeout, .connectionForced("bye")] {
            #expect(!marked.contains(fault))
        }
    }
}

import Testing

@testable import AMQP

/// The line that an operator reads for each thing that can go wrong with a broker: who, what happened, what to do.
@Suite(.timeLimit(.minutes(1)))
struct BrokerFaultWordTests {
    static let lines: [(BrokerFault, String)] = [
        (.nameNotResolved(host: "rabit"), #"the name "rabit" has no address; check the host in broker.url, and DNS"#),
        (
            .refused,
            "connection refused, nobody listens there; check host and port in broker.url, and whether the broker runs"
        ),
        (
            .unreachable("No route to host"),
            "the host cannot be reached: No route to host; check host and port in broker.url, routes and firewalls"
        ),
        (
            .connectTimeout, "no connection in time; check host and port in broker.url, routes and firewalls"
        ),
        (
            .cutDuringLogin,
            "the connection was cut during the login; if the port speaks TLS, write amqps:// in broker.url; "
                + "else look into the broker's log"
        ),
        (
            .loginTimeout,
            "the login was not answered in time; check that the port is a broker's; it may be overloaded"
        ),
        (
            .tlsFile(role: .authorities, path: "/ca.pem"),
            #"the file of certificate authorities "/ca.pem" cannot be used; check that the path is right, "#
                + "the file readable, in PEM, and its key not locked by a passphrase"
        ),
        (
            .tlsFile(role: .identity, path: "/me.pem"),
            #"the client certificate or key "/me.pem" cannot be used; check that the path is right, "#
                + "the file readable, in PEM, and its key not locked by a passphrase"
        ),
        (
            .certificateHost(host: "10.0.0.1"),
            #"its certificate is not for "10.0.0.1"; write the host in broker.url as the certificate names it"#
        ),
        (
            .certificateAuthority("self-signed certificate"),
            "no authority we trust vouches for its certificate: self-signed certificate; "
                + "name the file of its authority in the TLS settings"
        ),
        (
            .certificateTime("certificate has expired"),
            "its certificate is not valid now: certificate has expired; "
                + "renew the broker's certificate, or set this machine's clock"
        ),
        (
            .certificate("revoked"),
            "its certificate was refused: revoked; let the broker's certificate be issued anew"
        ),
        (
            .notTLS,
            "the port does not speak TLS; write amqp:// in broker.url, or the broker's TLS port (usually 5671)"
        ),
        (
            .tls("no shared cipher"),
            "the TLS handshake failed: no shared cipher; look into the broker's log; it must speak TLS 1.2 or later"
        ),
        (
            .loginRefused("ACCESS_REFUSED"),
            "the login was refused: ACCESS_REFUSED; check user and password in broker.url, or the client certificate"
        ),
        (
            .mechanismRefused,
            "it does not offer our way to log in; "
                + "enable PLAIN (or rabbitmq_auth_mechanism_ssl for EXTERNAL) on the broker"
        ),
        (
            .virtualHostRefused(name: "shop", "not found"),
            #"virtual host "shop" was refused: not found; "#
                + "check the virtual host in broker.url, and the user's permissions on it"
        ),
        (
            .queueMissing(name: "orders"),
            #"there is no queue "orders"; create it, correct the name, or set broker.declare"#
        ),
        (.exchangeMissing(name: "shop"), #"there is no exchange "shop"; create it, or correct the name"#),
        (
            .preconditionFailed("inequivalent arg"),
            "it refused as the precondition failed: inequivalent arg; make the declaration and what is there agree"
        ),
        (
            .accessRefused("to queue"),
            "access was refused: to queue; give the user the permission (rabbitmqctl set_permissions)"
        ),
        (
            .resourceLocked("exclusive use"),
            "the resource is locked: exclusive use; end the exclusive consumer or owner"
        ),
        (
            .connectionForced("shutdown"),
            "it ended the connection: shutdown; "
                + "the connection is made again; if it goes on, look into the broker's log"
        ),
        (.closed(code: 541, "INTERNAL"), "it closed with 541: INTERNAL; look into the broker's log"),
        (.connectionLost, "the connection was lost; the connection is made again"),
        (.heartbeatTimeout, "no heartbeat came in time; check the network and the broker's load"),
        (
            .requestTimeout,
            "a request was not answered in time; check the broker's load, and that its queues have leaders"
        ),
        (
            .confirmTimeout,
            "it did not confirm a message in time; check the broker's load, and that its queues have leaders"
        ),
        (
            .publishesRefused,
            "it refused messages in a row (nack): their queue is full, or a policy limits it; "
                + "make room, or lift the limit: rabbitmqctl list_policies shows it"
        ),
        (
            .protocolViolation("HTTP"),
            "it sent what is not AMQP 0-9-1: HTTP; "
                + "check that broker.url leads to RabbitMQ and nothing in between changes bytes"
        ),
        (.exhausted("descriptors"), "no resources left: descriptors; raise the limits of this process"),
    ]

    @Test(arguments: lines)
    func line(fault: BrokerFault, words: String) {
        #expect(BrokerError(fault, peer: "rabbit:5672").description == "broker rabbit:5672: \(words)")
    }

    @Test func everyKindHasALine() {
        let happened = Set(Self.lines.map { $0.0.happened })
        #expect(happened.count == Self.lines.count)
        #expect(Set(BrokerFaultTests.all.map(\.advice)).isSubset(of: Self.lines.map { $0.0.advice }))
    }

    /// What stays so until somebody acts, and what mends itself.
    @Test(arguments: lines)
    func whoMustAct(fault: BrokerFault, words: String) {
        let mendsItself: Set<String> = [
            "the name", "connection refused", "the host cannot", "no connection", "the connection was cut",
            "the login was not", "the TLS handshake", "it ended", "it closed", "the connection was lost",
            "no heartbeat", "a request", "it did not confirm", "it sent what", "no resources",
        ]
        #expect(fault.needsOperator == !mendsItself.contains { words.hasPrefix($0) }, "\(words)")
    }

    @Test(
        "The broker's own words name what is missing, whatever its name holds",
        arguments: [
            ("NOT_FOUND - no queue 'orders' in vhost '/'", BrokerFault.queueMissing(name: "orders")),
            ("NOT_FOUND - no queue '' in vhost '/'", .queueMissing(name: "")),
            ("NOT_FOUND - no queue 'a b' in vhost 'shop'", .queueMissing(name: "a b")),
            ("NOT_FOUND - no exchange 'shop' in vhost '/'", .exchangeMissing(name: "shop")),
            ("NOT_FOUND - no queue 'o'neil' in vhost '/'", .queueMissing(name: "o'neil")),
            ("NOT_FOUND - no exchange 'no queue 'x'' in vhost '/'", .exchangeMissing(name: "no queue 'x'")),
            ("NOT_FOUND - no queue 'cut short", .closed(code: 404, "NOT_FOUND - no queue 'cut short")),
            ("NOT_FOUND - no vhost 'x' here", .closed(code: 404, "NOT_FOUND - no vhost 'x' here")),
            ("", .closed(code: 404, "")),
        ])
    func missing(text: String, fault: BrokerFault) {
        #expect(BrokerFault(replyCode: 404, text: AMQPText(text)) == fault)
    }
}

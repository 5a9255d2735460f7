import Outcome

@testable import Telemetry

/// One observation of every case, for tables and golden files.
enum ObservationSamples {
    static let versions = [
        MappingVersion(mapping: "order-confirmation", version: "9f2c41d07a3b"),
        MappingVersion(mapping: "welcome", version: "00ff00ff00ff"),
    ]

    static let all: [(name: String, Observation)] = [
        ("started", .started(version: "1.0.0", queue: "orders", mappings: 2)),
        ("connected", .connected(broker: "amqp://rabbit:5672/shop")),
        ("connectionLost", .connectionLost(broker: "rabbit:5672", reason: "refused", retry: .milliseconds(1_250))),
        ("consuming", .consuming(queue: "orders")),
        ("paused", .paused(reason: "bytes in flight at their limit")),
        ("circuitOpened", .circuitOpened(.platform, .unauthorized, advice: "renew the token")),
        ("circuitOpened target", .circuitOpened(.target("campaign 4101"), .forbidden, advice: nil)),
        ("circuitProbing", .circuitProbing(.platform)),
        ("circuitClosed", .circuitClosed(.platform)),
        ("circuitClosed target", .circuitClosed(.target("campaign 4101"))),
        ("publisherConnected", .publisherConnected),
        ("publisherLost", .publisherLost(reason: "cut", retry: .seconds(2))),
        ("staleSettlements", .staleSettlements(12)),
        ("mappingsLive", .mappingsLive(version: "aa11", mappings: versions)),
        ("mappingRefused", .mappingRefused(file: "welcome.json", line: 4, column: 7, reason: "unknown key")),
        ("mappingRefused whole", .mappingRefused(file: "cart.json", line: nil, column: nil, reason: "unreadable")),
        ("mappingMended", .mappingMended(file: "welcome.json")),
        ("mappingMended gone", .mappingMended(file: "welcome.json", isGone: true)),
        ("reloadFailed", .reloadFailed(reason: "the folder is gone")),
        ("alarmRaised", .alarmRaised(.ledger, reason: "disk full", advice: "make room")),
        ("alarmCleared", .alarmCleared(.ledger)),
        ("tokenReloaded", .tokenReloaded),
        ("warning", .warning("plain http", advice: "use https")),
        ("consoleListening", .consoleListening(address: "127.0.0.1:9464")),
        ("stopping", .stopping(signal: "SIGTERM")),
        ("stopped", .stopped(givenBack: 3)),
    ]
}

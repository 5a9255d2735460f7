import Testing

@testable import Settings

/// The bounds of a setting: the last value on each side that is taken, the first that is not, and what is said of it.
struct BoundsCase: Sendable, CustomTestStringConvertible {
    let key: String
    let below: String
    let lowest: String
    let highest: String
    let above: String
    /// What follows the value in the message.
    let hint: String

    var testDescription: String { key }

    init(_ key: String, _ below: String, _ lowest: String, _ highest: String, _ above: String, _ hint: String) {
        self.key = key
        self.below = below
        self.lowest = lowest
        self.highest = highest
        self.above = above
        self.hint = hint
    }
}

/// Every setting that has bounds, with the bounds and the words written out: what the help promises of them.
@Suite("Bounds of settings, to the last value", .timeLimit(.minutes(1)))
struct SettingBoundsTests {
    static let table = [
        BoundsCase(
            "broker.prefetch", "0", "1", "65535", "65536", "write a whole number from 1 to 65535, for example 200"),
        BoundsCase(
            "broker.heartbeat", "999ms", "1s", "10m", "600001ms", "write a time from 1s to 10m, for example 15s"),
        BoundsCase(
            "broker.acknowledgement_timeout", "59999ms", "60s", "7d", "604801",
            "write a time from 1m to 7d, for example 30m"),
        BoundsCase(
            "altcraft.in_flight", "0", "1", "1024", "1025", "write a whole number from 1 to 1024, for example 64"),
        BoundsCase("altcraft.timeout", "99ms", "0.1", "10m", "601s", "write a time from 100ms to 10m, for example 30s"),
        BoundsCase(
            "altcraft.connect_timeout", "99ms", "100ms", "2m", "121", "write a time from 100ms to 2m, for example 5s"),
        BoundsCase(
            "altcraft.rate", "0.00999", "0.01", "100000", "100000.1",
            "write a number from 0.01 to 100000, for example 50"),
        BoundsCase(
            "altcraft.db_id", "0", "1", "2147483647", "2147483648",
            "write a whole number from 1 to 2147483647, for example 1"),
        BoundsCase(
            "altcraft.task_timeout", "0.999", "1s", "24h", "1d1ms", "write a time from 1s to 1d, for example 10m"),
        BoundsCase(
            "limits.event_bytes", "0", "1 byte", "512MiB", "536870913",
            "write a size from 1 byte to 512 MiB, for example 16 MiB"),
        BoundsCase("limits.depth", "0", "1", "1000", "1001", "write a whole number from 1 to 1000, for example 256"),
        BoundsCase(
            "limits.in_flight_bytes", "1023", "1KiB", "16GiB", "17179869185",
            "write a size from 1 KiB to 16 GiB, for example 64 MiB"),
        BoundsCase(
            "limits.answer_bytes", "255 bytes", "256", "64 MiB", "67108865",
            "write a size from 256 bytes to 64 MiB, for example 1 MiB"),
        BoundsCase("circuit.probe_min", "9ms", "10ms", "1h", "3601", "write a time from 10ms to 1h, for example 1s"),
        BoundsCase("circuit.probe_max", "0", "10ms", "60m", "61m", "write a time from 10ms to 1h, for example 30s"),
        BoundsCase(
            "circuit.refusals", "0", "1", "10000", "10001", "write a whole number from 1 to 10000, for example 20"),
    ]

    private func values(_ key: String, _ text: String) -> [String] {
        Reading.flags([key: [text]]).1.filter { $0.code == .value }.map(\.description)
    }

    @Test("The first value outside is refused in these words, the last one inside is taken", arguments: table)
    func bounds(item: BoundsCase) throws {
        let flag = try #require(SettingTable.spec(of: item.key)).flagName
        for text in [item.below, item.above] {
            let wanted = "--\(flag): error: \(item.key): \"\(text)\" is out of range; \(item.hint)"
            #expect(values(item.key, text) == [wanted])
        }
        for text in [item.lowest, item.highest] { #expect(values(item.key, text).isEmpty, "\(text)") }
    }

    @Test("The table above has every setting with a range but stop.deadline, which may be nothing at all")
    func complete() {
        let ranged = SettingTable.all.filter { $0.range != nil }.map(\.key)
        #expect(Set(ranged).subtracting(Self.table.map(\.key)) == ["stop.deadline"])
        #expect(values("stop.deadline", "0").isEmpty)
        #expect(values("stop.deadline", "1h").isEmpty)
        #expect(
            values("stop.deadline", "3600001ms") == [
                "--stop-deadline: error: stop.deadline: \"3600001ms\" is out of range; "
                    + "write a time from 0s to 1h, for example 25s"
            ])
    }

    @Test("The ranges of the help are these", arguments: table)
    func help(item: BoundsCase) throws {
        let spec = try #require(SettingTable.spec(of: item.key))
        let range = try #require(spec.range)
        #expect(item.hint.contains(" from \(range), for example "), "\(item.key): \(range)")
    }

    @Test(
        "A value of another form is told as that, whatever number it may look like",
        arguments: [
            ("broker.prefetch", "", "is empty; leave it out, or write a whole number, without quotes"),
            ("broker.prefetch", "1e3", #""1e3" is no whole number; "#),
            ("broker.prefetch", "200.0", #""200.0" is no whole number; "#),
            ("broker.prefetch", "1_000", #""1_000" is no whole number; "#),
            ("broker.prefetch", "0x10", #""0x10" is no whole number; "#),
            ("broker.prefetch", "99999999999999999999", #""99999999999999999999" is no whole number; "#),
            ("broker.prefetch", "200 ", #""200 " is no whole number; "#),
            ("altcraft.rate", "50/s", #""50/s" is no number; "#),
            ("altcraft.rate", "0x10", #""0x10" is no number; "#),
            ("altcraft.rate", "1,5", #""1,5" is no number; "#),
            ("altcraft.rate", "infinity", #""infinity" is no number; "#),
            ("altcraft.rate", "-0", #""-0" is out of range; "#),
            ("altcraft.rate", "1e400", #""1e400" is no number; "#),
            ("broker.heartbeat", "15 s", #""15 s" is no duration; write a time from 1s to 10m, for example 15s"#),
            ("broker.heartbeat", "-15s", #""-15s" is no duration; "#),
            ("broker.heartbeat", "15sec", #""15sec" is no duration; "#),
            ("broker.heartbeat", "PT", #""PT" is no duration; "#),
            ("broker.heartbeat", "", "is empty; leave it out, or write a time like \"25s\", or a number of seconds"),
            ("limits.event_bytes", "1.5MiB", #""1.5MiB" is no size; "#),
            ("limits.event_bytes", "16M", #""16M" is no size; "#),
            ("limits.event_bytes", "-1", #""-1" is no size; "#),
            ("limits.event_bytes", "9223372036854775808", #""9223372036854775808" is no size; "#),
            ("limits.event_bytes", "", "is empty; leave it out, or write a size like \"16MiB\", or a number of bytes"),
            ("broker.declare", "on", #""on" is neither true nor false; write true or false"#),
            ("log.level", "warn", #""warn" is none of its values; write trace, debug, info, notice, warning, error"#),
            ("log.format", "xml", #""xml" is none of its values; write json, text, auto"#),
            ("altcraft.token_in", "query", #""query" is none of its values; write body, header"#),
            ("altcraft.trailing_slash", "yes", #""yes" is none of its values; write documented, true, false"#),
            ("altcraft.error_status", "201", #""201" is none of its values; write any, 200"#),
            ("mappings.unmatched", "", #"is empty; leave it out, or write one of "skip", "park""#),
            ("console.address", "9464", #""9464" is no address to listen on; write host:port, for example 127.0.0"#),
            ("retry.ladder", "5s,", #""5s," has a step that is no duration; "#),
            ("retry.ladder", "5s,5000ms", #""5s,5000ms" has a step that is not longer than the one before; "#),
            ("retry.ladder", "99ms", #""99ms" has a step that is not from 100ms to 1d; "#),
            ("retry.ladder", "1s,24h1ms", #""1s,24h1ms" has a step that is not from 100ms to 1d; "#),
        ])
    func forms(key: String, text: String, wanted: String) throws {
        let flag = try #require(SettingTable.spec(of: key)).flagName
        let found = values(key, text)
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("--\(flag): error: \(key): \(wanted)") == true, "\(found)")
    }

    @Test("A long value is cut in the message, a text with an address in it is left out")
    func shown() {
        let long = String(repeating: "9", count: 200)
        let found = values("broker.prefetch", long)
        #expect(found.first?.contains("\"\(String(repeating: "9", count: 80))\" is no whole number") == true)
        let url = values("broker.prefetch", "amqp://shop:hunter2@rabbit")
        #expect(
            url == [
                "--broker-prefetch: error: broker.prefetch: is no whole number; "
                    + "write a whole number from 1 to 65535, for example 200"
            ])
    }
}

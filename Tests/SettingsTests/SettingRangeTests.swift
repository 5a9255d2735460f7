import Testing

@testable import Settings

/// One setting with texts at, inside and outside its bounds.
struct RangeCase: Sendable, CustomTestStringConvertible {
    let key: String
    let good: [String]
    let bad: [String]

    var testDescription: String { key }
}

@Suite("What each setting takes", .timeLimit(.minutes(1)))
struct SettingRangeTests {
    static let cases: [RangeCase] = [
        RangeCase(
            key: "broker.url",
            good: [
                "amqp://h", "amqps://h:1", "amqp://u@h", "amqp://u:p@h/v", "amqp://u:p%2Fq@h/%2F",
                "amqp://a,b:2,[::1]:3",
                "AMQP://h", "amqp://h/",
            ],
            bad: [
                "h", "http://h", "amqp://", "amqp://h:0", "amqp://h:65536", "amqp://h?x=1", "amqp://u:%@h",
                "amqp://h,,i",
            ]),
        RangeCase(key: "broker.queue", good: ["orders", "очередь", "a b"], bad: [""]),
        RangeCase(
            key: "broker.declare", good: ["true", "false", "TRUE", "yes", "no", "1", "0"],
            bad: ["", "2", "on", "trueish"]),
        RangeCase(
            key: "broker.prefetch", good: ["1", "65535"], bad: ["0", "65536", "-1", "1.5", "1e3", "0x10", " 5", "٣"]),
        RangeCase(
            key: "broker.heartbeat", good: ["1s", "10m", "600", "1000ms", "PT10M"],
            bad: ["0", "0s", "999ms", "601s", "11m", "-1s", "s", "fast"]),
        RangeCase(key: "broker.auth", good: ["plain", "PLAIN"], bad: ["", "password", "plain "]),
        RangeCase(key: "broker.acknowledgement_timeout", good: ["1m", "7d", "30m"], bad: ["59s", "8d", "0"]),
        RangeCase(
            key: "altcraft.url",
            good: ["https://h", "https://h/", "http://127.0.0.1:80", "https://[::1]", "HTTPS://H.example:8443"],
            bad: ["h", "https://", "https://h/p", "https://h:0x", "https://u@h", "https://h#f", "wss://h"]),
        RangeCase(key: "altcraft.token_in", good: ["body", "header"], bad: ["query", ""]),
        RangeCase(key: "altcraft.in_flight", good: ["1", "1024"], bad: ["0", "1025", "many"]),
        RangeCase(key: "altcraft.timeout", good: ["100ms", "10m", "0.1"], bad: ["99ms", "601", "0"]),
        RangeCase(key: "altcraft.connect_timeout", good: ["100ms", "30s"], bad: ["99ms", "121s"]),
        RangeCase(key: "altcraft.encoding", good: ["json", "xml"], bad: ["yaml"]),
        RangeCase(
            key: "altcraft.rate", good: ["0.01", "100000", "50", "12.5", "1e2"],
            bad: ["0", "0.009", "100001", "-1", "nan", "inf", "fast", ""]),
        RangeCase(key: "altcraft.trailing_slash", good: ["true", "false", "documented"], bad: ["maybe", "1"]),
        RangeCase(key: "altcraft.single_modes", good: ["documented", "all"], bad: ["some", ""]),
        RangeCase(key: "altcraft.custom_data_in", good: ["element", "root"], bad: ["body"]),
        RangeCase(key: "altcraft.import_search", good: ["beside", "inside"], bad: ["outside"]),
        RangeCase(key: "altcraft.db_id", good: ["1", "2147483647"], bad: ["0", "2147483648", "-1", "one"]),
        RangeCase(key: "altcraft.send_format", good: ["true", "false"], bad: ["json"]),
        RangeCase(key: "altcraft.unreported", good: ["accept", "park"], bad: ["skip"]),
        RangeCase(key: "altcraft.error_status", good: ["any", "200"], bad: ["400", "mirrored"]),
        RangeCase(key: "altcraft.link_answer", good: ["status", "envelope"], bad: ["any"]),
        RangeCase(key: "altcraft.task_timeout", good: ["1s", "1d", "10m"], bad: ["999ms", "25h", "0"]),
        RangeCase(key: "mappings.unmatched", good: ["skip", "park"], bad: ["drop"]),
        RangeCase(
            key: "recipients.allow",
            good: [
                "a@b.c", "a@b.c,@b.c", " a@b.c , +7 (999) 123-45-67 ", "b.c", "@localhost", "79991234567",
                "F7d54c22dda5b1780276601cd005909b70543fc4a6ba72d735b4cb9bbb611f01", "анна@почта.рф",
            ],
            bad: [
                "", "a@b.c,", ",a@b.c", "a@b.c,,@b.c", "a", "A-17", "*@b.c", "@", "a@", "a@b@c", "a b@c.d", "@b..c",
                "+7",
                "f7d54c22dda5b178", "60ae529b3f62fcdebdb159bb",
            ]),
        RangeCase(
            key: "limits.event_bytes", good: ["1", "512MiB", "16 MiB", "100 kB"], bad: ["0", "513MiB", "-1", "big"]),
        RangeCase(key: "limits.depth", good: ["1", "1000"], bad: ["0", "1001"]),
        RangeCase(key: "limits.in_flight_bytes", good: ["1024", "16GiB"], bad: ["1023", "17GiB"]),
        RangeCase(key: "limits.answer_bytes", good: ["256", "64MiB"], bad: ["255", "65MiB"]),
        RangeCase(key: "circuit.probe_min", good: ["10ms", "30s"], bad: ["9ms", "61m"]),
        RangeCase(key: "circuit.probe_max", good: ["10ms", "1h"], bad: ["9ms", "61m"]),
        RangeCase(key: "circuit.refusals", good: ["1", "10000"], bad: ["0", "10001"]),
        RangeCase(
            key: "retry.ladder",
            good: ["100ms", "1s,2s", "5s, 30s, 2m, 10m, 1h", "1s,2s,3s,4s,5s,6s,7s,8s,9s,10s", "1d"],
            bad: [
                "", "99ms", "2s,1s", "1s,1s", "1s,,2s", "25h", "1s,x", "1s,2s,3s,4s,5s,6s,7s,8s,9s,10s,11s", "0.1001s",
            ]),
        RangeCase(key: "stop.deadline", good: ["0", "0s", "1h", "25s"], bad: ["61m", "-1s", "soon"]),
        RangeCase(key: "ledger.enabled", good: ["true", "false"], bad: ["maybe"]),
        RangeCase(
            key: "console.address", good: ["off", "OFF", "127.0.0.1:9464", "[::1]:0", ":9464", "localhost:65535"],
            bad: ["", "9464", "host", "host:65536", "host:-1", "::1:80", "on"]),
        RangeCase(
            key: "log.level", good: ["trace", "debug", "info", "notice", "warning", "error", "INFO"],
            bad: ["critical", "warn", ""]),
        RangeCase(key: "log.format", good: ["json", "text", "auto"], bad: ["xml"]),
    ]

    @Test("What is within its bounds is taken from a flag and from the environment", arguments: cases)
    func good(item: RangeCase) throws {
        let spec = try #require(SettingTable.spec(of: item.key))
        for text in item.good {
            #expect(errors(Reading.flags([item.key: [text]]).1).isEmpty, "\(text)")
            #expect(errors(Reading.environment([spec.environmentName: text]).1).isEmpty, "\(text)")
        }
    }

    @Test("What is not is told once, with the setting, its source and what to write instead", arguments: cases)
    func bad(item: RangeCase) throws {
        let spec = try #require(SettingTable.spec(of: item.key))
        for text in item.bad {
            let found = errors(Reading.flags([item.key: [text]]).1)
            #expect(found.map(\.key) == [item.key], "\(text): \(found)")
            let finding = try #require(found.first)
            #expect(finding.code == .value)
            #expect(finding.source == .flag(spec.flagName))
            #expect(finding.hint?.isEmpty == false)
            #expect(!finding.description.contains("\n"))
            // An empty variable counts as not set.
            if text.isEmpty { continue }
            let variable = errors(Reading.environment([spec.environmentName: text]).1)
            #expect(variable.map(\.source) == [.environment(spec.environmentName)], "\(text)")
        }
    }

    @Test("Every setting that can be wrong is in the table above")
    func complete() {
        let free: Set<SettingSpec.Kind> = [.text, .names]
        let wanted = SettingTable.all.filter { !free.contains($0.kind) }.map(\.key)
        let covered = Set(Self.cases.map(\.key))
        #expect(wanted.filter { !covered.contains($0) } == ["log.personal"])
    }

    private func errors(_ findings: [SettingFinding]) -> [SettingFinding] {
        findings.filter { $0.severity == .error }
    }
}

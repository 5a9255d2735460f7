import TestSupport
import Testing

@testable import Settings

@Suite("Durations, sizes and addresses as text", .timeLimit(.minutes(1)))
struct TextTests {
    @Test(
        "Durations are read",
        arguments: [
            ("25s", Duration.seconds(25)), ("500ms", .milliseconds(500)), ("2m", .seconds(120)),
            ("1h30m", .seconds(5400)),
            ("1.5s", .milliseconds(1500)), ("PT25S", .seconds(25)), ("pt1h", .seconds(3600)), ("P1D", .seconds(86_400)),
            ("P1DT1H2M3.5S", .milliseconds(90_123_500)), ("25", .seconds(25)), ("0.25", .milliseconds(250)),
            ("0", .zero),
            ("1d", .seconds(86_400)), ("9223372036s", .seconds(9_223_372_036)), ("0.0000000001", .zero),
        ])
    func durations(text: String, wanted: Duration) {
        #expect(DurationText.parse(text) == wanted)
    }

    @Test(
        "What is no duration is not",
        arguments: [
            "", "s", "25x", "-5s", "5s5s", "5s1m", "P", "PT", "P1Y", "P1M", "PT1D", "1..5s", ".5s", "5.s",
            "9223372037s",
            "99999999999999999999", "25 s", "٢٥s", "1e3", "PT-5S", "²s", "1.2.3",
        ])
    func noDurations(text: String) {
        #expect(DurationText.parse(text) == nil)
    }

    @Test(
        "Durations are written in their largest whole unit",
        arguments: [
            (Duration.seconds(25), "25s"), (.milliseconds(500), "500ms"), (.seconds(120), "2m"), (.seconds(90), "90s"),
            (.seconds(3600), "1h"), (.seconds(86_400), "1d"), (.zero, "0s"), (.milliseconds(1500), "1500ms"),
        ])
    func described(duration: Duration, wanted: String) {
        #expect(DurationText.describe(duration) == wanted)
        #expect(DurationText.parse(wanted) == duration)
    }

    @Test("What is written reads back, and random text never traps")
    func randomDurations() {
        var generator = SeededGenerator(seed: 8)
        for _ in 0..<5_000 {
            let duration = Duration.milliseconds(Int64.random(in: 0...10_000_000_000, using: &generator))
            #expect(DurationText.parse(DurationText.describe(duration)) == duration)
            let text = generator.text(of: "0123456789.smhdPTptMB KiGéё²٢-", upTo: 24)
            _ = (DurationText.parse(text), HostAndPort(text[...]))
        }
    }

    @Test(
        "Addresses to listen on",
        arguments: [
            ("127.0.0.1:9464", "127.0.0.1", 9464), ("[::1]:0", "::1", 0), (":80", "0.0.0.0", 80),
            ("localhost:1", "localhost", 1),
        ])
    func consoleAddresses(text: String, host: String, port: Int) throws {
        let address = try ConsoleAddress(parsing: text)
        #expect(address == ConsoleAddress(host: host, port: port))
        #expect(try ConsoleAddress(parsing: address.description) == address)
    }

    @Test(
        "What is no address to listen on",
        arguments: ["", "9464", "host", "host:", "host:x", "a:b:c", "[::1]", "host:65536"])
    func noConsoleAddresses(text: String) {
        #expect(throws: SettingProblem.self) { try ConsoleAddress(parsing: text) }
    }

    @Test("Loopback is this machine and nothing that only looks so")
    func loopback() throws {
        #expect(try PlatformURL(parsing: "http://127.8.9.1").isLoopback)
        #expect(try !PlatformURL(parsing: "http://127.example.com").isLoopback)
        #expect(try !PlatformURL(parsing: "http://localhost.example.com").isLoopback)
        #expect(try PlatformURL(parsing: "https://API.example.com:443/").description == "https://api.example.com")
    }
}

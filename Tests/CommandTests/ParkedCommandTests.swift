import AMQP
import BrokerSupport
import Foundation
import JSON
import TestSupport
import Testing

/// `trigger-bridge parked`, from an event that the platform refuses to its launch.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct ParkedCommandTests {
    private static let notOurs: [UInt8] = [0xFF, 0x1B, 0x5B, 0x32, 0x4A]

    /// A bench on which these are parked: two refused events, one that is no JSON, and a stranger's message.
    private static func parked(_ host: VirtualHost) throws -> ParkedBench {
        let bench = try ParkedBench(host)
        try bench.publish(ParkedBench.event(1), id: "m-1")
        try bench.publish(ParkedBench.event(2), id: "m-2")
        try bench.publish("{not json", id: "m-3")
        try bench.runUntil(ended: 3)
        try bench.publish(notOurs, to: "orders.parked")
        return bench
    }

    /// The members of each element of a list.
    private static func column(_ outcome: Command.Outcome, _ list: String, _ name: String) throws -> [String?] {
        try #require(try outcome.json[list]).elements.map { $0[name]?.string }
    }

    @Test func listsShowsAndFilters() async throws {
        try await withVirtualHost { host in
            let bench = try Self.parked(host)
            let before = try bench.messages("orders.parked")
            #expect(before.count == 4)

            let list = try bench.run("parked", "list", "--json")
            #expect(list.exit == 0 && list.errors == "")
            #expect(try list.json["messages"]?.number?.int64 == 4 && list.json["matched"]?.number?.int64 == 4)
            let times = try Self.column(list, "parked", "last_time").compactMap(\.self)
            #expect(times.count == 3 && times == times.sorted())
            let refused = try #require(try list.json["parked"]?.elements.first { $0["event"]?.string == "m-1" })
            #expect(refused["class"]?.string == "refused" && refused["mapping"]?.string == "order-paid")
            #expect(refused["detail"]?.string?.contains("Wrong params") == true && refused["ours"]?.bool == true)
            #expect(refused["queue"]?.string == "orders" && refused["routing_key"]?.string == "orders")
            #expect(refused["version"]?.string?.isEmpty == false && refused["first_time"]?.string != nil)
            let stranger = try #require(try list.json["parked"]?.elements.first { $0["ours"]?.bool == false })
            #expect(stranger["why"]?.string == "it has no x-bridge-class that a bridge writes")

            let text = try bench.run("parked", "list")
            #expect(text.output.contains("301") && text.output.contains("not_json") && text.output.contains("not ours"))

            func events(_ arguments: String...) throws -> [String?] {
                let outcome = try bench.run("parked", "list", "--json", arguments[0], arguments[1])
                return try Self.column(outcome, "parked", "event").sorted { $0 ?? "" < $1 ?? "" }
            }
            #expect(try events("--class", "undecodable") == ["m-3"])
            #expect(try events("--mapping", "order-paid") == ["m-1", "m-2"])
            #expect(try events("--text", "ANNA2@example") == ["m-2"])
            #expect(try events("--since", "1h") == ["m-1", "m-2", "m-3"])
            #expect(try events("--until", "2026-01-01T00:00:00Z") == [])

            let id = try #require(refused["id"]?.string)
            let shown = try bench.run("parked", "show", id, "--json")
            #expect(shown.exit == 0)
            #expect(try shown.json["body"]?["number"]?.number?.int64 == 1)
            #expect(try shown.json["headers"]?["x-shop"]?.number?.int64 == 7)
            #expect(try shown.json["properties"]?["message_id"]?.string == "m-1")
            #expect(try bench.run("parked", "show", "m-1").output.contains("anna1@example.com"))
            let foreign = try bench.run("parked", "show", try #require(stranger["id"]?.string))
            #expect(
                foreign.exit == 0 && foreign.output.contains("ff 1b 5b 32 4a") && !foreign.output.contains("\u{1B}"))
            let nothing = try bench.run("parked", "show", "0000000000000000")
            #expect(nothing.exit == 1 && nothing.output == "" && nothing.errors.contains("0000000000000000"))
            #expect(try bench.messages("orders.parked") == before, "looking changes nothing")
        }
    }

    @Test func previewsAParkedMessage() async throws {
        try await withVirtualHost { host in
            let bench = try Self.parked(host)
            let before = try bench.messages("orders.parked")
            let preview = try bench.run("preview", "--parked", "m-1", "--json")
            #expect(preview.exit == 0, "\(preview.errors)")
            let launch = try #require(try preview.json["launches"]?.element(0))
            #expect(launch["request"]?["body"]?["content"]?["number"]?.number?.int64 == 1)
            #expect(!preview.output.contains("secret-token"))
            let broken = try bench.run("preview", "--parked", "m-3")
            #expect(broken.exit == 3 && broken.errors.contains("undecodable, not_json"))
            #expect(try bench.run("preview", "--parked", "m-9").exit == 1)
            #expect(try bench.run("preview").exit == 2)
            #expect(try bench.messages("orders.parked") == before)
        }
    }

    @Test func rehearsesAndRedrives() async throws {
        try await withVirtualHost { host in
            let bench = try Self.parked(host)
            bench.accept()
            try bench.copyParked()
            let before = try bench.messages("orders.parked")
            #expect(before.count == 8)

            let rehearsal = try bench.run("parked", "redrive", "--dry-run", "--json")
            #expect(rehearsal.exit == 0)
            #expect(try Self.column(rehearsal, "redriven", "event").sorted { $0 ?? "" < $1 ?? "" } == ["m-1", "m-2"])
            let row = try #require(try rehearsal.json["redriven"]?.element(0))
            #expect(row["copies"]?.number?.int64 == 2)
            let launch = try #require(row["launches"]?.element(0))
            #expect(launch["mapping"]?.string == "order-paid" && launch["target"]?.string == "campaign 4101")
            #expect(launch["request"]?["body"]?["id"]?.number?.int64 == 4101)
            #expect(try Self.column(rehearsal, "kept", "why") == ["not_json"])
            #expect(try rehearsal.json["dry_run"]?.bool == true && rehearsal.json["copies"]?.number?.int64 == 4)
            #expect(try bench.messages("orders.parked") == before && bench.messages("orders").isEmpty)

            let asked = bench.launched.count
            let redrive = try bench.run("parked", "redrive")
            #expect(redrive.exit == 0 && redrive.output.contains("2 events went back to orders, for 2 launches"))
            #expect(redrive.output.contains("stays") && redrive.output.contains("not_json"))
            #expect(try bench.messages("orders").count == 2)
            #expect(try bench.messages("orders.parked").count == 4, "what is no JSON and what is not ours, twice each")
            try bench.runUntil(ended: 2)
            #expect(bench.launched[asked...].sorted() == [1, 2])
            #expect(try bench.messages("orders").isEmpty && bench.messages("orders.parked").count == 4)
        }
    }

    @Test func redrivesWhileTheBridgeRuns() async throws {
        try await withVirtualHost { host in
            let bench = try Self.parked(host)
            let bridge = try bench.start()
            let asked = bench.launched.count
            // Refused again: each goes once, and is parked once more.
            let again = try bench.run("parked", "redrive", "--mapping", "order-paid", "--rate", "1000")
            #expect(again.exit == 0, "\(again.errors)")
            #expect(bridge.wait { $0.count { $0.contains("\"end\":\"parked\"") } >= 2 })
            #expect(bench.launched[asked...].sorted() == [1, 2])
            let list = try bench.run("parked", "list", "--json", "--mapping", "order-paid")
            #expect(try list.json["parked"]?.elements.map { $0["redriven"]?.number?.int64 } == [1, 1])

            bench.accept()
            let redrive = try bench.run("parked", "redrive", "--json", "m-1", "m-2")
            #expect(redrive.exit == 0)
            #expect(bridge.wait { $0.count { $0.contains("\"end\":\"launched\"") } >= 2 })
            #expect(bench.launched[(asked + 2)...].sorted() == [1, 2])
            #expect(bridge.stop() == 0)
            #expect(try bench.messages("orders").isEmpty && bench.messages("orders.parked").count == 2)
        }
    }

    /// A copy that turns up after its event was launched: the ledger knows it.
    @Test func aCopyThatComesLateLaunchesNothing() async throws {
        try await withVirtualHost { host in
            let bench = try ParkedBench(host)
            try bench.publish(ParkedBench.event(1), id: "m-1")
            try bench.runUntil(ended: 1)
            let parked = try #require(try bench.messages("orders.parked").first)
            bench.accept()
            let bridge = try bench.start()
            #expect(try bench.run("parked", "redrive").exit == 0)
            #expect(bridge.wait { $0.contains { $0.contains("\"end\":\"launched\"") } })
            let driver = try PublisherDriver.connected(host)
            #expect(try driver.outcome(to: "orders.parked", parked.body, parked.properties) == .confirmed)
            #expect(try bench.run("parked", "redrive").exit == 0)
            #expect(bridge.wait { $0.contains { $0.contains("\"end\":\"skipped\"") && $0.contains("duplicate") } })
            #expect(bridge.stop() == 0)
            #expect(bench.launched == [1, 1], "refused once, launched once")
        }
    }

    /// What nobody knows to be launched or not is sent back by people, who must know that.
    @Test func saysWhatMayBeLaunchedAndWhatIsLookedAtOften() async throws {
        try await withVirtualHost { host in
            let bench = try ParkedBench(host)
            try bench.publish(ParkedBench.event(1), id: "m-1")
            try bench.runUntil(ended: 1)
            let warning =
                "may have been launched: redriving may launch it a second time "
                + "(trigger-bridge ledger find --event m-1 tells)"
            #expect(!(try bench.run("parked", "list").output.contains(warning)))
            #expect(try bench.run("parked", "discard", "--all").exit == 0)
            #expect(try bench.messages("orders.parked").isEmpty)

            try bench.write("mappings/order-paid.json") { $0.replacing("{\"name\"", with: Self.parksUnsure) }
            bench.fallSilent()
            try bench.publish(ParkedBench.event(1), id: "m-1")
            try bench.runUntil(ended: 1)
            let list = try bench.run("parked", "list")
            #expect(list.output.contains("cut: the connection broke") && list.output.contains(warning), "\(list)")
            #expect(
                try bench.run("parked", "list", "--json").json["parked"]?.element(0)?["may_be_launched"]?.bool == true)
            #expect(try bench.run("parked", "show", "m-1").output.contains(warning))
            let rehearsal = try bench.run("parked", "redrive", "--dry-run")
            #expect(rehearsal.output.contains("would go") && rehearsal.output.contains(warning), "\(rehearsal)")

            #expect(!list.output.contains("x-delivery-count"))
            for _ in 0..<10 { _ = try bench.messages("orders.parked") }
            #expect(try bench.run("parked", "list").output.contains("WARNING: x-delivery-count is 1"))
            #expect(try bench.run("parked", "show", "m-1").output.contains("WARNING: x-delivery-count is 1"))
        }
    }

    private static let parksUnsure = #"{"delivery": {"when_unsure": "park"}, "name""#

    @Test func expiredEventsStayUnlessAskedFor() async throws {
        try await withVirtualHost { host in
            let bench = try ParkedBench(host, expireAfter: "PT4H")
            let now = Int(Date.now.timeIntervalSince1970)
            try bench.publish(ParkedBench.event(1, at: now), id: "m-1")
            try bench.runUntil(ended: 1)
            bench.accept()
            // An hour later, as the mapping now sees it.
            let mapping = try bench.folder.text("mappings/order-paid.json")
            try bench.folder.write("mappings/order-paid.json", mapping.replacing("PT4H", with: "PT0.001S"))
            let kept = try bench.run("parked", "redrive", "m-1")
            #expect(kept.exit == 1 && kept.output.contains("expired") && kept.output.contains("m-1"), "\(kept)")
            #expect(try bench.messages("orders.parked").count == 1 && bench.messages("orders").isEmpty)
            let sent = try bench.run("parked", "redrive", "--ignore-expiry")
            #expect(sent.exit == 0)
            try bench.runUntil(ended: 1)
            #expect(bench.launched == [1, 1])
        }
    }

    @Test func discards() async throws {
        try await withVirtualHost { host in
            let bench = try Self.parked(host)
            let refused = try bench.run("parked", "discard")
            #expect(refused.exit == 2 && refused.errors.contains("--all"))
            let rehearsal = try bench.run("parked", "discard", "--class", "undecodable", "--dry-run")
            #expect(rehearsal.exit == 0 && rehearsal.output.contains("1 event would be discarded"))
            #expect(try bench.messages("orders.parked").count == 4)
            let one = try bench.run("parked", "discard", "m-1", "m-9")
            #expect(one.exit == 1 && one.errors.contains("m-9") && one.output.contains("1 event discarded"))
            #expect(try bench.messages("orders.parked").count == 3)
            let all = try bench.run("parked", "discard", "--all", "--json")
            #expect(all.exit == 0)
            #expect(
                try all.json["not_ours"]?.number?.int64 == 1
                    && all.json["discarded"]?.elements.map { _ in 1 }.count == 2)
            #expect(try bench.messages("orders.parked").map(\.body) == [Self.notOurs])
        }
    }

    @Test func sayWhatIsWrong() async throws {
        try await withVirtualHost { host in
            let bench = try ParkedBench(host)
            let empty = try bench.run("parked", "list")
            #expect(empty.exit == 0 && empty.output == "nothing is parked in orders.parked\n")
            #expect(try bench.run("parked", "redrive").exit == 0)
            for wrong in [["--class", "lost"], ["--since", "yesterday"], ["--limit", "0"]] {
                let outcome = try bench.run("parked", "list", wrong[0], wrong[1])
                #expect(outcome.exit == 2 && outcome.errors.contains(wrong[0]))
            }
            #expect(try bench.run("parked", "redrive", "--rate", "0").exit == 2)
            #expect(try bench.run("parked", "list", settings: false).exit == 2)
            try bench.folder.write("mappings/order-paid.json", "{")
            #expect(try bench.run("parked", "redrive").exit == 1, "nothing can be said about what it would launch")
            try host.deleteQueue("orders.parked")
            let missing = try bench.run("parked", "list")
            #expect(missing.exit == 4 && missing.errors.contains("there is no queue \"orders.parked\""))
            let nobody = try bench.run("parked", "list", "--broker-url", "amqp://127.0.0.1:1/")
            #expect(nobody.exit == 4 && nobody.errors.contains("refused"))
        }
    }

    /// Killed anywhere, a redrive loses nothing and doubles nothing that a ledger knows.
    @Test func aKilledRedriveLosesNothing() async throws {
        try await withVirtualHost { host in
            let bench = try ParkedBench(host)
            let count = 60
            for number in 1...count { try bench.publish(ParkedBench.event(number), id: "m-\(number)") }
            try bench.runUntil(ended: count)
            bench.accept()
            let bridge = try bench.start()
            let asked = bench.launched.count
            let script = """
                for wait in 0.25 0.3 0.35 0.4 0.5 0.6; do
                  timeout -s KILL $wait "$bridge" parked redrive --config bridge.json --rate 200
                done
                """
            _ = try bench.shell(script)
            var redrive = try bench.run("parked", "redrive")
            if redrive.exit == 4 { redrive = try bench.run("parked", "redrive") }
            #expect(redrive.exit == 0, "\(redrive)")
            #expect(bridge.wait { $0.count { $0.contains("\"end\":\"launched\"") } >= count })
            #expect(bridge.stop() == 0)
            #expect(bench.launched[asked...].sorted() == (1...Int64(count)).map { $0 })
            #expect(try bench.messages("orders").isEmpty && bench.messages("orders.parked").isEmpty)
        }
    }
}

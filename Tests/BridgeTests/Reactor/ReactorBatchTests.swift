import Altcraft
import BrokerSupport
import HTTPSupport
import Poll
import Relay
import Telemetry
import Testing

@testable import Bridge

/// Launches that share calls, through a platform that follows a script: one request for several events, and the log line
/// for each way that its answer may fall short.
@Suite("The reactor's batches", .timeLimit(.minutes(2)))
struct ReactorBatchTests {
    private static let accepted = Exchange.answer(200, #"{"error":0,"result":[{"profile_id":"a"},{"profile_id":"b"}]}"#)

    /// Runs two events, a and b, against this platform; says how it went after so many events have ended.
    private static func run(
        _ delivery: String, _ script: @escaping ScriptedServer.Script, ends: Int = 2,
        _ look: (ReactorBench, ScriptedServer, ReactorScript) throws -> Void
    ) throws {
        let (seen, platform) = (ReactorScript(), try ScriptedServer(script))
        defer { platform.stop() }
        let mappings = try ReactorScript.mappings(delivery: delivery)
        let bench = try ReactorBench(seen.source(["a@example.com", "b@example.com"]), platform) { parts in
            parts.mappings = mappings
            parts.relay.inFlight = 1
            parts.relay.taskPoll = Backoff(first: .milliseconds(10), ceiling: .milliseconds(20))
        }
        #expect(bench.probe.waitUntil { $0.lines("launched").count + $0.lines("parked").count >= ends })
        #expect(bench.stop() == .stopped)
        try look(bench, platform, seen)
    }

    private static let two = #"{"batch": {"max_items": 2, "max_wait": "PT10S"}}"#

    @Test("Two events are one call, and each is acknowledged after its answer")
    func together() async throws {
        try await onOwnThread {
            try Self.run(Self.two, { _, _ in Self.accepted }) { bench, platform, seen in
                let requests = platform.log.requests
                #expect(requests.count == 1)
                #expect(requests[0].head.hasPrefix("POST /api/v1.1/campaigns/triggers/start_batch"))
                let body = String(decoding: requests[0].body, as: UTF8.self)
                #expect(body.contains("a@example.com") && body.contains("b@example.com"))
                #expect(body.contains(#""trigger_id":7"#), "\(body)")
                #expect(bench.probe.lines("launched").allSatisfy { $0.contains(#""launch":"campaign 7""#) })
                #expect(seen.steps.last == "acknowledged 2")
            }
        }
    }

    @Test(
        "An answer that leaves one out is told and counted, and ends as the mapping says",
        arguments: [("accept", "the mapping takes them for launched"), ("park", "the mapping parks them")])
    func leftOut(choice: String, words: String) async throws {
        let delivery = #"{"batch": {"max_items": 2, "max_wait": "PT10S", "unreported": "\#(choice)"}}"#
        let short = Exchange.answer(200, #"{"error":0,"result":[{"profile_id":"a"}]}"#)
        try await onOwnThread {
            try Self.run(delivery, { _, _ in short }) { bench, platform, _ in
                let lines = bench.probe.lines("the answer to a batch leaves out 1 launches: \(words)")
                #expect(lines.count == 1)
                #expect(lines.first?.contains(#""level":"warning""#) == true)
                #expect(lines.first?.contains(#""reason":"unreported""#) == true)
                #expect(bench.probe.lines(choice == "park" ? "parked" : "launched").count == 2)
                #expect(bench.probe.observer.exposition().contains("\ntrigger_bridge_batch_unreported_total 1\n"))
                #expect(platform.log.requests.count == 1)
            }
        }
    }

    @Test("A refused batch is told as that, and its halves go by themselves")
    func refused() async throws {
        let refusal = Exchange.answer(200, #"{"error":301,"error_text":"Wrong params secret"}"#)
        let single = Exchange.answer(200, #"{"error":0,"result":[{"profile_id":"a"}]}"#)
        try await onOwnThread {
            try Self.run(Self.two, { _, request in request == 0 ? refusal : single }) { bench, platform, _ in
                let lines = bench.probe.lines("a batch of 2 was refused: its halves go by themselves")
                #expect(lines.count == 1)
                #expect(lines.first?.contains(#""detail":"error 301: Wrong params ***""#) == true, "\(lines)")
                #expect(platform.log.requests.count == 3)
                #expect(bench.probe.lines("launched").count == 2)
            }
        }
    }

    @Test("A task is asked after until it is done, and each of its launches ends with it")
    func task() async throws {
        let delivery = #"{"batch": {"max_items": 2, "max_wait": "PT10S", "task": true}}"#
        let taken = Exchange.answer(200, #"{"error":0,"data":{"task_id":"task_9"}}"#)
        let running = Exchange.answer(200, #"{"error":0,"data":{"status":"in_progress","progress":50}}"#)
        let done = Exchange.answer(
            200, #"{"error":0,"data":{"status":"completed","result":{"errors":[],"total":2}}}"#)
        try await onOwnThread {
            try Self.run(delivery, { _, request in [taken, running, running][safe: request] ?? done }) {
                bench, platform, _ in
                let requests = platform.log.requests
                #expect(requests.count == 4)
                #expect(requests[0].head.contains("/start_batch_task"))
                #expect(
                    requests.dropFirst().allSatisfy { request in
                        request.head.contains("task_9")
                            || String(decoding: request.body, as: UTF8.self).contains("task_9")
                    })
                #expect(bench.probe.lines("launched").count == 2)
            }
        }
    }

    @Test("A task that fails leaves its launches unknown, with the platform's word")
    func failedTask() async throws {
        let delivery = #"{"when_unsure": "park", "batch": {"max_items": 2, "max_wait": "PT10S", "task": true}}"#
        let taken = Exchange.answer(200, #"{"error":0,"data":{"task_id":"task_9"}}"#)
        let failed = Exchange.answer(200, #"{"error":0,"data":{"status":"failed"}}"#)
        try await onOwnThread {
            try Self.run(delivery, { _, request in request == 0 ? taken : failed }) { bench, _, _ in
                let lines = bench.probe.lines("parked")
                #expect(lines.count == 2)
                #expect(lines.allSatisfy { $0.contains(#""outcome":"unknown","reason":"task_failed""#) })
                #expect(lines.allSatisfy { $0.contains("(the task ended as failed)") }, "\(lines)")
            }
        }
    }
}

extension Array {
    /// The element at a place, or nil beyond the end.
    fileprivate subscript(safe place: Int) -> Element? { indices.contains(place) ? self[place] : nil }
}

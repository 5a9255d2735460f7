import JSON
import Outcome
import TestSupport
import Testing

@testable import Altcraft

/// Batches against a platform that is played: no launch is called launched that was not, where the answer can tell.
@Suite(.timeLimit(.minutes(1)))
struct BatchFateTests {
    /// A platform that knows some profiles and refuses some requests.
    private struct Platform {
        var known: Set<String>
        var poison: Set<String>
        var mostItems: Int
        var launched: [String] = []
        var calls = 0

        mutating func answer(_ body: [UInt8]) throws -> Answer {
            calls += 1
            let elements = try json(body)["data"]?.elements ?? []
            let ids = elements.compactMap { $0["profile_id"]?.string }
            if ids.count > mostItems {
                return Altcraft.Answer(
                    status: 200,
                    body: Array(
                        #"{"error":400,"error_debug":"http: request body too large","error_text":"Invalid request"}"#
                            .utf8))
            }
            if !poison.isDisjoint(with: ids) {
                return Altcraft.Answer(
                    status: 400, body: Array(#"{"error": 400, "error_text": "Invalid request"}"#.utf8))
            }
            let sent = ids.filter(known.contains)
            launched += sent
            let result = sent.map { #"{"profile_id": "\#($0)"}"# }.joined(separator: ",")
            return Altcraft.Answer(status: 200, body: Array(#"{"error": 0, "result": [\#(result)]}"#.utf8))
        }
    }

    /// Each launch's end.
    private enum Fate: Equatable {
        case launched, unreported, refused
    }

    @Test(arguments: Fuzzing.seeds(from: 1, count: 20))
    func everyLaunchHasItsOwnFate(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let ids = (0..<Int.random(in: 1...60, using: &random)).map { "id\($0)" }
        var platform = Platform(
            known: Set(ids.filter { _ in random.chance(80) }), poison: Set(ids.filter { _ in random.chance(5) }),
            mostItems: random.pick([3, 10, 100], or: 100))
        let fates = try run(ids, on: &platform)
        for id in ids {
            let expected: Fate =
                platform.poison.contains(id) ? .refused : platform.known.contains(id) ? .launched : .unreported
            #expect(fates[id] == expected, "\(id)")
        }
        #expect(platform.launched.count == Set(platform.launched).count, "a profile was launched twice")
        #expect(platform.calls <= 2 * ids.count)
    }

    private func run(_ ids: [String], on platform: inout Platform) throws -> [String: Fate] {
        let encoder = RequestEncoder(baseURL: "http://h")
        let requests = try ids.map { try LaunchRequest(.campaign(1, .profile($0)), as: .batch) }
        var first = try #require(BatchRequest(requests[0]))
        for request in requests.dropFirst() { _ = first.append(request, limits: BatchLimits(items: ids.count)) }
        var open = [first]
        var fates: [String: Fate] = [:]
        while let batch = open.popLast() {
            let answer = try platform.answer(encoder.encode(batch, token: token("t")).body)
            let settlement = batch.settle(LaunchOutcome.classify(answer, now: 0))
            if case .halve = settlement, let (left, right) = batch.halves {
                open += [right, left]
                continue
            }
            for place in 0..<batch.count {
                let id = try #require(batch.profileID(at: place))
                #expect(fates[id] == nil, "\(id) was settled twice")
                fates[id] = fate(place, settlement)
            }
        }
        return fates
    }

    private func fate(_ place: Int, _ settlement: BatchSettlement) -> Fate? {
        switch settlement {
        case .launched: .launched
        case .unreported(let places): places.contains(place) ? .unreported : .launched
        case .refused: .refused
        default: nil
        }
    }
}

import Mapping
import TestSupport
import Testing

@testable import Bridge

/// Long random histories of a folder; after each step the same things must hold.
@Suite("Random reloads", .timeLimit(.minutes(2)))
struct MappingReloadRandomTests {
    private typealias Binding = TopologyPlan.Binding

    /// A folder and a broker that change at random.
    private struct World {
        var generator: SeededGenerator
        var files: [String: String] = [:]
        var unbindable: [Binding: String] = [:]
        private var compiled: [String: MappingCheck] = [:]

        init(seed: UInt64) {
            generator = SeededGenerator(seed: seed)
        }

        mutating func change() {
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let file = generator.pick(["a.json", "b.json", "c.json", "d.json", "e.json"], or: "")
                files[file] = generator.chance(20) ? nil : generator.chance(25) ? "{" : mapping()
            }
            unbindable = [:]
            for key in ["k1", "k2", "k3"] where generator.chance(15) {
                unbindable[Binding(exchange: "shop", routingKey: key)] = "refused"
            }
        }

        private mutating func mapping() -> String {
            MappingFixture.text(
                generator.pick(["A", "B", "C", "D"], or: ""), campaign: Int.random(in: 1...3, using: &generator),
                keys: [generator.pick(["k1", "k2", "k3"], or: "")])
        }

        mutating func checks() -> [MappingCheck] {
            files.sorted { $0.key < $1.key }.map { file, text in
                let known = compiled["\(file) \(text)"] ?? MappingFixture.check(file, text)
                compiled["\(file) \(text)"] = known
                return known
            }
        }
    }

    @Test(
        "whatever changes, names are unique, nobody is held up by another, and what is live was good", arguments: 0..<8)
    func invariants(_ round: UInt64) {
        for seed in Fuzzing.seeds(from: round * 1_000_000, count: 12) {
            var world = World(seed: seed)
            var state = MappingState()
            for step in 0..<40 {
                world.change()
                let checks = world.checks()
                // What is bound stays bound: only what is new can be refused.
                let refused = world.unbindable.filter { !state.bindings.contains($0.key) }
                let decision = MappingReload.decide(previous: state, files: checks, unbindable: refused)
                verify(decision, state, checks, refused, "seed \(seed), step \(step)")
                state = decision.next
            }
        }
    }

    private func verify(
        _ decision: MappingReload.Decision, _ previous: MappingState, _ checks: [MappingCheck],
        _ unbindable: [Binding: String], _ place: Comment
    ) {
        let next = decision.next
        #expect(Set(next.mappings.map(\.name)).count == next.mappings.count, place)
        #expect(next.bindings.isDisjoint(with: unbindable.keys), place)
        #expect(Set(decision.added) == next.bindings.subtracting(previous.bindings), place)
        #expect(Set(next.live.keys).union(next.refused.keys).isSubset(of: checks.map(\.file.name)), place)
        for check in checks {
            let name = check.file.name
            let live = next.live[name]
            #expect((next.refused[name] == nil) == (check.good != nil && live?.file == check.file), place)
            #expect(live?.file == check.file || live?.file == previous.live[name]?.file, place)
            // A file that was live is live, in one version or the other.
            #expect(previous.live[name] == nil || live != nil, place)
            #expect(next.refused[name]?.lastGood == (next.refused[name] == nil ? nil : live?.mapping.version), place)
            if let good = check.good, isAlone(good.name, name, checks, previous) {
                #expect((live?.file == check.file) == !good.bindings.contains { unbindable[$0] != nil }, place)
            }
        }
        let again = MappingReload.decide(previous: next, files: checks, unbindable: unbindable)
        #expect(!again.isChanged && again.observations.isEmpty && again.next.refused == next.refused, place)
    }

    /// Whether no other file has, had, or wants the mapping's name.
    private func isAlone(_ mapping: String, _ file: String, _ checks: [MappingCheck], _ previous: MappingState) -> Bool
    {
        let others = checks.filter { $0.file.name != file }.compactMap { $0.good?.name }
        let former = previous.live.filter { $0.key != file }.map(\.value.mapping.name)
        return !(others + former).contains(mapping)
    }
}

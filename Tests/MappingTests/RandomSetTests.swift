import Altcraft
import EventPattern
import Functions
import JSON
import Mapping
import TestSupport
import Testing

/// Folders of random mappings and the events that they meet: the index, the overlaps and their proofs.
@Suite(.timeLimit(.minutes(2)))
struct RandomSetTests {
    /// A small world, so that conditions and events often meet.
    private struct World {
        var random: SeededGenerator
        /// Whether lists stand in events: one of them may meet conditions that no single value does.
        var hasLists = true

        static let words = ["order", "cart", "paid", "new"]
        static let names = ["a", "b", "c"]
        static let values = [#""x""#, #""y""#, #""xy""#, "1", "2", "true", "null"]

        mutating func pick(_ texts: [String]) -> String { random.pick(texts, or: "") }

        /// One entry of a condition's list.
        private mutating func entry() -> String {
            switch Int.random(in: 0..<10, using: &random) {
            case 0: #"{"exists": \#(pick(["true", "false"]))}"#
            case 1: #"{"prefix": "x"}"#
            case 2: #"{"suffix": "y"}"#
            case 3: #"{"numeric": [">", \#(pick(["0", "1", "2"]))]}"#
            case 4: #"{"anything-but": \#(pick([#""x""#, #"["x", "y"]"#, "1"]))}"#
            case 5: #"{"wildcard": "*y"}"#
            default: pick(Self.values)
            }
        }

        private mutating func list() -> String {
            "[" + (0...Int.random(in: 0...1, using: &random)).map { _ in entry() }.joined(separator: ", ") + "]"
        }

        private mutating func body() -> String {
            var members = Self.names.shuffled(using: &random).prefix(Int.random(in: 1...2, using: &random)).map {
                name in
                random.chance(20) ? #""\#(name)": {"a": \#(list())}"# : #""\#(name)": \#(list())"#
            }
            if random.chance(15) { members.append(#""$or": [{"d": \#(list())}, {"e": \#(list())}]"#) }
            return "{\(members.joined(separator: ", "))}"
        }

        private mutating func routingKey() -> String {
            let count = Int.random(in: 1...3, using: &random)
            return (0..<count).map { _ in random.chance(25) ? pick(["*", "#"]) : pick(Self.words) }.joined(
                separator: ".")
        }

        /// One file.
        mutating func file(_ number: Int) -> SourceFile {
            var when: [String] = []
            if random.chance(30) { when.append(#""exchange": ["\#(pick(["shop", "crm"]))"]"#) }
            if random.chance(60) { when.append(#""routing_key": ["\#(routingKey())"]"#) }
            if random.chance(20) { when.append(#""headers": {"h": \#(list())}"#) }
            if random.chance(80) { when.append(#""body": \#(body())"#) }
            let target = Int.random(in: 1...2, using: &random)
            let text = Sample.mapping(
                #""name": "m\#(number)", "when": {\#(when.joined(separator: ", "))}, "launch": {"campaign": \#(target)}, "enabled": \#(!random.chance(10))"#
            )
            return SourceFile(name: "m\(number).json", text: text)
        }

        private mutating func value(_ depth: Int) -> String {
            switch Int.random(in: 0..<8, using: &random) {
            case 0 where depth > 0 && hasLists:
                "[" + (0..<2).map { _ in value(depth - 1) }.joined(separator: ", ") + "]"
            case 1 where depth > 0: object(depth - 1)
            default: pick(Self.values)
            }
        }

        private mutating func object(_ depth: Int) -> String {
            let names = (Self.names + ["d", "e"]).shuffled(using: &random).prefix(Int.random(in: 0...4, using: &random))
            return "{" + names.map { #""\#($0)": \#(value(depth))"# }.joined(separator: ", ") + "}"
        }

        mutating func event() throws -> Event {
            let count = Int.random(in: 0...3, using: &random)
            let key = (0..<count).map { _ in pick(Self.words) }.joined(separator: ".")
            let view = EventView(
                exchange: pick(["shop", "crm", ""]), routingKey: key,
                headers: try JSONDocument.parse(random.chance(50) ? #"{"h": \#(value(1))}"# : "{}").root,
                properties: nil, body: try JSONDocument.parse(random.chance(95) ? object(2) : value(0)).root)
            return Event(view: view, now: Instant(seconds: 0))
        }
    }

    @Test(arguments: Fuzzing.seeds(from: 1, count: 12))
    func aFolderDecidesAsEachOfItsFilesDoes(seed: UInt64) throws {
        var world = World(random: SeededGenerator(seed: seed))
        let files = (0..<40).map { world.file($0) }
        let set = MappingSet.compile(files: files).set
        let alone = set.mappings.filter(\.isEnabled).map { MappingSet([$0]) }
        // What contradicts itself does not compile; nearly all do.
        #expect(set.mappings.count > 25, "seed \(seed)")
        var wanted = 0
        for _ in 0..<60 {
            let event = try world.event()
            let plan = set.evaluate(event)
            let names = plan.mappings.map(\.mapping.name)
            let asked = alone.flatMap { $0.evaluate(event).mappings.map(\.mapping.name) }
            let held = set.mappings.filter { $0.isEnabled && $0.condition.matches(event.view) }.map(\.name)
            #expect(names == asked && names == held, "seed \(seed)")
            #expect(set.preview(event).plan.mappings.map(\.mapping.name).sorted() == names.sorted())
            #expect(plan.launches.count == names.count && plan.stops == [])
            wanted += names.count
        }
        #expect(wanted > 20, "seed \(seed): the world is too sparse")
    }

    @Test(arguments: Fuzzing.seeds(from: 100, count: 12))
    func whatBothWouldLaunchIsToldBeforeWithAnEventThatProvesIt(seed: UInt64) throws {
        // The lists of two conditions are compared value by value, so events of plain values are what is promised.
        var world = World(random: SeededGenerator(seed: seed), hasLists: false)
        let files = (0..<14).map { world.file($0) }
        let (set, diagnostics) = MappingSet.compile(files: files)
        var told = Set<String>()
        for overlap in diagnostics where overlap.code == .overlap {
            // "m3" and "m1" (m1.json) can both want one event, and both launch campaign 2
            let names = overlap.message.split(separator: "\"").map(String.init)
            let pair = [names[0], names[2]].sorted()
            told.insert(pair.joined(separator: " "))
            #expect(overlap.file == "\(names[0]).json" && names[0] > names[2])
            guard let proof = overlap.hint?.split(separator: "twice: ", maxSplits: 1).last, proof.first == "{" else {
                continue
            }
            let file = try #require(EventFile.read(SourceFile(name: "proof", text: String(proof))).0, "\(proof)")
            let launches = set.evaluate(file.event(now: Instant(seconds: 0))).mappings
                .filter { pair.contains($0.mapping.name) }
            #expect(launches.map(\.mapping.name).sorted() == pair, "seed \(seed): \(overlap)")
            #expect(Set(launches.flatMap(\.launches).map(\.launch.target)).count == 1)
        }
        var met = 0
        for _ in 0..<500 {
            let mappings = set.evaluate(try world.event()).mappings.map(\.mapping)
            for (place, first) in mappings.enumerated() {
                for second in mappings[..<place] where !first.possibleTargets.isDisjoint(with: second.possibleTargets) {
                    met += 1
                    let pair = [first.name, second.name].sorted().joined(separator: " ")
                    #expect(told.contains(pair), "seed \(seed): \(pair) want one event, and nobody was told")
                }
            }
        }
        #expect(met > 0 && !told.isEmpty, "seed \(seed): the world is too sparse")
    }

    @Test func theOrderOfFilesDecidesNothing() throws {
        var world = World(random: SeededGenerator(seed: 500))
        let files = (0..<20).map { world.file($0) }
        let (set, diagnostics) = MappingSet.compile(files: files)
        for _ in 0..<5 {
            let (other, found) = MappingSet.compile(files: files.shuffled(using: &world.random))
            #expect(other.version == set.version && other.mappings.map(\.name) == set.mappings.map(\.name))
            #expect(found.map(\.description) == diagnostics.map(\.description))
            let event = try world.event()
            #expect(other.evaluate(event).launches.map(\.request) == set.evaluate(event).launches.map(\.request))
        }
    }
}

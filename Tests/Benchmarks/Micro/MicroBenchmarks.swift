import Foundation

/// Measures what one event costs before anything is sent: choosing among mappings, and decoding, matching and building.
///
/// The gates are those of the mapping language's promise; a gate that is missed ends the program with 1. With an argument
/// only that part is measured: `index`, `check`, or a launch by its name.
@main
enum MicroBenchmarks {
    static func main() throws {
        var isMissed = false
        let only = CommandLine.arguments.dropFirst().first
        for shape in IndexShape.allCases where only == nil || only == "index" {
            let costs = try IndexShape.sizes.map { size in (size, try shape.nanoseconds(mappings: size)) }
            for (size, cost) in costs {
                print("index", shape.rawValue, size, "mappings:", Self.text(cost))
            }
            guard shape.isGated, let few = costs.first?.1, let many = costs.first(where: { $0.0 == 10_000 })?.1 else {
                continue
            }
            let ratio = Double(many) / Double(few)
            print("index", shape.rawValue, "10,000 against 10:", String(format: "%.2f (at most 1.50)", ratio))
            isMissed = isMissed || ratio > 1.5
        }
        for sample in LaunchSample.all where only == nil || only == sample.name {
            let cost = try sample.nanoseconds()
            print("launch", sample.name, "\(sample.bytes) bytes:", Self.text(cost), "(under \(Self.text(sample.gate)))")
            isMissed = isMissed || cost >= sample.gate
        }
        if only == nil || only == "check" {
            print("check 1,000 mappings:", Self.text(try CheckSample.nanoseconds()), "(under 1000000.0 µs)")
        }
        if isMissed { exit(1) }
    }

    private static func text(_ nanoseconds: Int) -> String {
        String(format: "%.1f µs", Double(nanoseconds) / 1_000)
    }
}

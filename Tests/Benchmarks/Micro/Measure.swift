import Foundation

/// Takes times of the processor, so that other programs on the machine do not count.
enum Measure {
    private static let samples = 15
    private static let leastNanoseconds = 30_000_000

    /// The median time of one call, in nanoseconds: each sample is a run of calls that takes some tens of milliseconds.
    static func median(_ call: () throws -> Void) rethrows -> Int {
        var calls = 1
        while try time({ for _ in 0..<calls { try call() } }) < leastNanoseconds { calls *= 2 }
        var times: [Int] = []
        for _ in 0..<samples { times.append(try time { for _ in 0..<calls { try call() } }) }
        return times.sorted()[samples / 2] / calls
    }

    /// The time of one run, in nanoseconds.
    static func time(_ run: () throws -> Void) rethrows -> Int {
        let start = clock()
        try run()
        return Int(clock() - start) * (1_000_000_000 / Int(CLOCKS_PER_SEC))
    }
}

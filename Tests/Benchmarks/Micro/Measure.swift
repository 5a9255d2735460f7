/// Takes times.
enum Measure {
    private static let samples = 15
    private static let sampleTime = Duration.milliseconds(40)

    /// The median time of one call, in nanoseconds: each sample is a run of calls that takes some tens of milliseconds.
    static func median(_ call: () throws -> Void) rethrows -> Int {
        let clock = ContinuousClock()
        var calls = 1
        while true {
            let time = try clock.measure { for _ in 0..<calls { try call() } }
            if time >= sampleTime { break }
            calls *= 2
        }
        var times: [Int] = []
        for _ in 0..<samples {
            let time = try clock.measure { for _ in 0..<calls { try call() } }
            times.append(
                Int(time.components.attoseconds / 1_000_000_000) + Int(time.components.seconds) * 1_000_000_000)
        }
        return times.sorted()[samples / 2] / calls
    }
}

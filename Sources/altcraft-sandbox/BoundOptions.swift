import ArgumentParser
import Sandbox

/// How much the sandbox takes and keeps.
struct BoundOptions: ParsableArguments {
    @Option(help: "Most bytes of a body; 10 MB is documented.")
    var bodyLimit = 10 << 20

    @Option(help: "Most bytes of a body with attachments; 100 MB is documented.")
    var filesLimit = 100 << 20

    @Option(help: "How many launches are kept for looking at; older ones are only counted.")
    var keep = 100_000

    @Option(help: "Most bytes that kept launches may take.")
    var keepBytes = 256 << 20

    @Option(help: "The seed of random choices: shares of faults, shuffled results.")
    var seed: UInt64 = 1

    /// Refuses what cannot be.
    func validateRanges() throws {
        for (name, value) in [
            ("body-limit", bodyLimit), ("files-limit", filesLimit), ("keep", keep), ("keep-bytes", keepBytes),
        ] where value < 1 {
            throw ValidationError("--\(name) must be at least 1")
        }
        // The readers' own bound: a body is held whole.
        guard max(bodyLimit, filesLimit) <= 256 << 20 else { throw ValidationError("a limit above 256 MB is too much") }
    }

    /// Writes the bounds into the sandbox's options.
    func apply(to options: inout SandboxOptions) {
        options.bodyLimit = bodyLimit
        options.filesLimit = max(filesLimit, bodyLimit)
        options.keptLaunches = keep
        options.keptBytes = keepBytes
        options.seed = seed
    }
}

import Glibc

/// What tests set otherwise; everybody else takes it as it is.
package struct LedgerOptions: Sendable {
    /// How long the ledger's thread collects writes after it has committed some; while little happens nothing waits.
    package var commitInterval = Duration.milliseconds(5)
    /// How many launches are put into the indexes together: the more, the fewer pages for each.
    package var groupSize = 131_072
    /// How many launches may wait for the indexes, in 80 bytes each; then nothing more is written.
    package var unindexedLimit = 524_288
    /// When the first sweep begins.
    package var firstSweep = Duration.seconds(60)
    /// Wall seconds since 1970: what the sweep goes by.
    package var clock: @Sendable () -> Int64 = { Int64(time(nil)) }

    /// The options of a bridge at work.
    package init() {}
}

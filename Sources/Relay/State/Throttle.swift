/// A mapping's rate, and the launches that it holds back.
struct Throttle {
    /// The rate.
    var bucket: TokenBucket
    /// Who waits for it.
    var queue = Ring<LaunchID>()
}

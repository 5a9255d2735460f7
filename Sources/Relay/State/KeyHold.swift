/// A launch key that is reserved: a second launch with the same key waits for the first one's fate.
///
/// This is also what keeps a redelivered event from launching twice while the request of its first delivery, whose
/// connection is gone, is still out.
struct KeyHold {
    /// Who has it.
    let holder: LaunchID
    /// Who waits for it, in order.
    ///
    /// Some may be gone by the time it is free.
    var waiters: [LaunchID] = []
}

import Poll

/// A condition on a real process did not come true in time.
struct Late: Error, CustomStringConvertible {
    let description: String
}

/// Looks at something real again and again until it holds; the test's own thread waits in poll(2) in between.
///
/// The limit is far beyond what a loaded machine needs: it ends a test that hangs, and gates nothing.
func wait(
    for what: String, seconds: Int = 90, every milliseconds: Int32 = 20, until holds: () throws -> Bool
) throws {
    let deadline = MonotonicTime.now().advanced(by: .seconds(seconds))
    var pause = PollSet()
    while try !holds() {
        guard MonotonicTime.now() < deadline else { throw Late(description: "not in \(seconds) s: \(what)") }
        _ = pause.wait(milliseconds: milliseconds)
    }
}

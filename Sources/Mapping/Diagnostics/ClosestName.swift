import EventPattern

/// The hint for a name that does not exist.
enum ClosestName {
    /// `did you mean "currency"?`, or nil where no name is near.
    static func hint(_ written: String, among names: some Sequence<String>) -> String? {
        Spelling.nearest(written, among: names).map { "did you mean \"\($0)\"?" }
    }
}

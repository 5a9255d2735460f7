/// The version of this build.
enum BuildVersion {
    /// As `--version` prints it and the broker sees it.
    static let text = "1.0.0"
}

package import Altcraft

/// What the checker must know of the bridge around the mappings.
package struct CompileOptions: Sendable {
    /// What the settings decide about requests: which matching modes single calls take depends on it.
    package var request: RequestOptions
    /// The names of the v1.0 links in the settings; nil where the settings are not at hand.
    package var links: Set<String>?

    /// Makes options; the defaults are the documented ones.
    package init(request: RequestOptions = RequestOptions(), links: Set<String>? = nil) {
        self.request = request
        self.links = links
    }
}

/// One request to the API, read but not yet judged.
struct APICall: Sendable {
    let endpoint: Endpoint
    let parameters: Parameters
    /// The token of the Authorization header or the URL, where there is one.
    var outerToken: String?
    /// The path, for a link of version 1.0.
    var link: LinkPath?
    /// About how many bytes it takes to keep it.
    var bytes = 0
}

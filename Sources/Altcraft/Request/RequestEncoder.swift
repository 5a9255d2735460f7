/// Turns requests into what goes over the wire: URL, headers, and the body with the token in it.
///
/// Made once from the settings; a value, safe to use from any thread.
package struct RequestEncoder: Sendable {
    /// The settings it was made from.
    package let options: RequestOptions
    /// The URL of each call, in the order of ``Call``.
    private let urls: [String]
    /// The v1.0 links by name, without a slash at the end; secrets.
    private let links: [String: String]
    private let contentType: EncodedRequest.Header

    /// Makes an encoder.
    ///
    /// `baseURL` is scheme and host of the platform, with or without a slash at the end; `links` are the v1.0 trigger
    /// links up to their last segment.
    package init(baseURL: String, links: [String: String] = [:], options: RequestOptions = RequestOptions()) {
        let base = Self.withoutSlashes(baseURL)
        self.options = options
        self.links = Dictionary(
            links.map { (LaunchTarget.comparable(link: $0.key), Self.withoutSlashes($0.value)) },
            uniquingKeysWith: { first, _ in first })
        urls = Call.allCases.map { base + Self.path(of: $0, options) }
        contentType = EncodedRequest.Header("Content-Type", "application/\(options.encoding.rawValue)")
    }

    /// Writes a request that carries one launch.
    ///
    /// - Throws: ``LaunchFault`` when a link's name is not in the settings, or a text cannot be written in XML.
    package func encode(_ request: LaunchRequest, token: APIToken) throws(LaunchFault) -> EncodedRequest {
        if let segment = request.linkSegment { return try encode(link: request, segment, linkURL(of: request.target)) }
        return try encode(request.call, root: request.body, elements: request.element, token)
    }

    /// Writes a batch.
    ///
    /// - Throws: ``LaunchFault`` when a text cannot be written in XML.
    package func encode(_ batch: BatchRequest, token: APIToken) throws(LaunchFault) -> EncodedRequest {
        try encode(batch.call, root: batch.shared, elements: batch.elements, token)
    }

    /// Writes a call that launches nothing.
    package func encode(_ question: Question, token: APIToken) throws(LaunchFault) -> EncodedRequest {
        try encode(question.call, root: question.body(options), elements: nil, token)
    }

    /// The request as people may see it: token and link masked.
    ///
    /// - Throws: ``LaunchFault`` as `encode` does.
    package func preview(_ request: LaunchRequest) throws(LaunchFault) -> EncodedRequest {
        guard let segment = request.linkSegment else { return try encode(request, token: .masked) }
        return try encode(link: request, segment, Self.masked(linkURL(of: request.target)))
    }

    /// The batch as people may see it: the token masked.
    ///
    /// - Throws: ``LaunchFault`` as `encode` does.
    package func preview(_ batch: BatchRequest) throws(LaunchFault) -> EncodedRequest {
        try encode(batch, token: .masked)
    }

    private func encode(
        _ call: Call, root: [UInt8], elements: [UInt8]?, _ token: APIToken
    ) throws(LaunchFault) -> EncodedRequest {
        let inBody = options.tokenPlace == .body
        let json = JSONBody.bytes(root: root, elements: elements, token: inBody ? token : nil)
        var headers = [contentType]
        if !inBody { headers.append(EncodedRequest.Header("Authorization", "Bearer \(token.secret)")) }
        return EncodedRequest(method: .post, url: urls[call.rawValue], headers: headers, body: try encoded(json))
    }

    private func encode(
        link request: LaunchRequest, _ segment: String, _ link: String
    ) throws(LaunchFault) -> EncodedRequest {
        let url = "\(link)/\(segment)"
        guard request.call == .linkPost else { return EncodedRequest(method: .get, url: url, headers: [], body: []) }
        return EncodedRequest(method: .post, url: url, headers: [contentType], body: try encoded(request.body))
    }

    private func encoded(_ json: [UInt8]) throws(LaunchFault) -> [UInt8] {
        options.encoding == .json ? json : try XMLBody.bytes(json)
    }

    private func linkURL(of target: LaunchTarget) throws(LaunchFault) -> String {
        if case .link(let name) = target, let link = links[LaunchTarget.comparable(link: name)] { return link }
        throw LaunchFault(
            .badValue(nil), "the settings have no trigger link of the name of \(target)",
            instead: "set altcraft.links to the link up to its last segment")
    }

    private static func path(of call: Call, _ options: RequestOptions) -> String {
        switch options.trailingSlash {
        case .documented: call.path
        case .always: withoutSlashes(call.path) + "/"
        case .never: withoutSlashes(call.path)
        }
    }

    private static func withoutSlashes(_ text: String) -> String {
        var text = Substring(text)
        while text.hasSuffix("/") { text.removeLast() }
        return String(text)
    }

    /// The link without what makes it a secret: its last segment of hexadecimal digits.
    private static func masked(_ link: String) -> String {
        guard let slash = link.lastIndex(of: "/") else { return APIToken.mask }
        return link[...slash] + APIToken.mask
    }
}

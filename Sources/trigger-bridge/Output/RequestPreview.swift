import Altcraft
import Bridge
import JSON
import Settings

/// Shows requests as they would go out, the token and links masked; needs no settings.
struct RequestPreview {
    /// The host where the settings name none; it exists nowhere.
    static let placeholder = "https://altcraft.example"

    private let settings: AltcraftSettings

    /// Shows requests as these settings would make them.
    init(_ settings: AltcraftSettings) {
        self.settings = settings
    }

    /// The request as text: method and URL, headers, the body indented.
    func text(_ launch: LaunchRequest) -> String {
        do {
            let request = try encoded(launch)
            let head = ["\(request.method.rawValue) \(request.url)"] + request.headers.map { "\($0.name): \($0.value)" }
            guard !request.body.isEmpty else { return head.joined(separator: "\n") }
            return (head + ["", body(request).string ?? body(request).text(pretty: true)]).joined(separator: "\n")
        } catch {
            return "no request: \(error)"
        }
    }

    /// The request as JSON: `method`, `url`, `headers`, and `body`, which is null for a call without one.
    func json(_ launch: LaunchRequest) -> JSONValue {
        do {
            let request = try encoded(launch)
            return .object([
                ("method", .string(request.method.rawValue)), ("url", .string(request.url)),
                ("headers", .object(request.headers.map { ($0.name, .string($0.value)) })),
                ("body", request.body.isEmpty ? .null : body(request)),
            ])
        } catch {
            return .object([("error", .string(error.description))])
        }
    }

    /// A JSON body as a value, any other as text.
    private func body(_ request: EncodedRequest) -> JSONValue {
        let limits = JSONLimits(bytes: JSONLimits.mostBytes, depth: JSONLimits.deepestDepth, refusesDuplicates: false)
        if let document = try? JSONDocument.parse(request.body, limits: limits) { return .node(document.root) }
        return .string(String(decoding: request.body, as: UTF8.self))
    }

    private func encoded(_ launch: LaunchRequest) throws(LaunchFault) -> EncodedRequest {
        let encoder = RequestEncoder(
            baseURL: settings.url?.description ?? Self.placeholder, links: links(for: launch.target),
            options: BridgeAssembly.requestOptions(settings))
        return try encoder.preview(launch)
    }

    /// The link that a launch needs; where no settings are at hand, one that shows the form.
    private func links(for target: LaunchTarget) -> [String: String] {
        guard case .link(let name) = target else { return [:] }
        let known = settings.links[name]?.reveal()
        let invented = settings.url == nil ? "\(Self.placeholder)/trg/link" : nil
        return (known ?? invented).map { [name: $0] } ?? [:]
    }
}

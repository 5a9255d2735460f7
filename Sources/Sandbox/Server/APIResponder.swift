import Foundation
import HTTPTypes
import Hummingbird
import JSON
import NIOCore

/// Answers one call of the API: reads it, lets the account judge it, and answers with what came out or with a fault.
struct APIResponder: Sendable {
    let sandbox: Sandbox
    let endpoint: Endpoint

    /// Answers a request.
    func respond(_ request: Request, _ context: SandboxContext) async throws -> Response {
        if sandbox.with({ $0.faults.cutsBefore(endpoint.rawValue, now: $1) }) {
            try await FaultExecutor(channel: context.channel).close()
        }
        let body = try await BodyReader.read(request.body, limit: sandbox.options.filesLimit)
        let (answer, format, decision) = judge(body, request, LinkPath(context))
        let envelope = { (answer: APIAnswer) in Reply.envelope(answer, format, sandbox.options) }
        return try await FaultExecutor(channel: context.channel)
            .apply(decision, to: envelope(answer), envelope: envelope)
    }

    private func judge(
        _ body: [UInt8]?, _ request: Request, _ link: LinkPath?
    ) -> (APIAnswer, AnswerFormat, FaultDecision) {
        let asked = AnswerFormat.asked(request)
        let call: APICall
        do {
            call = try read(body, request, link)
        } catch {
            sandbox.with { world, _ in world.countUnreadable() }
            return (.refused(error), asked ?? AnswerFormat.answering(request, sandbox.options), .none)
        }
        let format = asked ?? AnswerFormat.answering(call.parameters, sandbox.options)
        let (answer, decision) = sandbox.with { world, now in
            guard !world.faults.isEmpty else { return (world.handle(call, now: now), FaultDecision.none) }
            var probe = FaultProbe(call)
            if let link { probe.target = world.campaign(link: link.link)?.id }
            let decision = world.faults.decide(probe, now: now)
            let answer = decision.isCarriedOut ? world.handle(call, now: now) : APIAnswer.success
            return (answer, decision)
        }
        return (answer, format, decision)
    }

    private func read(_ body: [UInt8]?, _ request: Request, _ link: LinkPath?) throws(Refusal) -> APICall {
        guard let body else { throw .bodyTooLarge }
        if link != nil, body.isEmpty {
            return APICall(endpoint: endpoint, parameters: .none, outerToken: nil, link: link)
        }
        let format = try BodyDecoder.format(
            contentType: request.headers[.contentType], missing: sandbox.options.missingContentType)
        let parameters = try BodyDecoder.decode(body, as: format)
        guard parameters.bytesBesidesFiles(of: body.count) <= sandbox.options.bodyLimit else { throw .bodyTooLarge }
        return APICall(
            endpoint: endpoint, parameters: parameters, outerToken: try outerToken(request), link: link,
            bytes: body.count)
    }

    /// The token beside the body: in the header, or in the URL, which works but is to go.
    private func outerToken(_ request: Request) throws(Refusal) -> String? {
        guard let header = request.headers[.authorization] else {
            return request.uri.queryParameters.get("token")
        }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else {
            throw Refusal(401, debug: "the Authorization header must be \"Bearer\" and the token")
        }
        return String(parts[1])
    }
}

extension LinkPath {
    /// The path that the router has taken apart; nil for calls under `/api/`.
    init?(_ context: SandboxContext) {
        guard let link = context.parameters.get("link"), let segment = context.parameters.get("segment") else {
            return nil
        }
        self.init(link: link, segment: segment.removingPercentEncoding ?? segment)
    }
}

extension AnswerFormat {
    /// The format that the URL or the Accept header asks for; which header does is not documented.
    static func asked(_ request: Request) -> AnswerFormat? {
        if let format = request.uri.queryParameters.get("format") { return AnswerFormat(rawValue: format) }
        return request.headers[.accept] == "application/xml" ? .xml : nil
    }

    /// The format for a request whose body could not be read: the one that its Content-Type names.
    static func answering(_ request: Request, _ options: SandboxOptions) -> AnswerFormat {
        guard options.xmlAnswer == .xml, let type = request.headers[.contentType] else { return .json }
        return (try? BodyDecoder.format(contentType: type, missing: .error)) ?? .json
    }

    /// The format that the parameter `format` asks for, else the one of the request.
    static func answering(_ parameters: Parameters, _ options: SandboxOptions) -> AnswerFormat {
        if let format = try? parameters.text("format") { return AnswerFormat(rawValue: format) ?? .json }
        return parameters.isXML && options.xmlAnswer == .xml ? .xml : .json
    }
}

extension Parameters {
    /// The part of a body that is not files, which have a limit of their own.
    func bytesBesidesFiles(of count: Int) -> Int {
        guard let attach = self["attach"] else { return count }
        let files = attach.elements ?? [attach]
        return files.reduce(count) { $0 - ($1["data"]?.string?.utf8.count ?? 0) }
    }
}

extension FaultProbe {
    /// What a call names; a batch names all its elements' recipients.
    init(_ call: APICall) {
        self.init(endpoint: call.endpoint.rawValue, kind: call.endpoint.kind)
        if let segment = call.link?.segment { recipients.insert(segment) }
        target = (try? call.parameters.integer(call.endpoint.idParameter)).flatMap(\.self)
        recipients.formUnion(Self.recipients(call.parameters))
        for element in (try? call.parameters.list("data", allowsOne: true)).flatMap(\.self) ?? [] {
            recipients.formUnion(Self.recipients(element))
            if let inner = (try? element.object("data")).flatMap(\.self) {
                recipients.formUnion(Self.recipients(Parameters(inner, isXML: element.isXML)))
            }
        }
    }

    private static func recipients(_ parameters: Parameters) -> Set<String> {
        let names = ["email", "phone", "profile_id", "field_value", "subscription_id"]
        return Set(names.compactMap { parameters[$0].map(FieldText.of) })
    }
}

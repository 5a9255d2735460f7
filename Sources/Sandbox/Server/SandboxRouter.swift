import Foundation
import HTTPTypes
import Hummingbird
import JSON

/// The paths of the sandbox: Altcraft's under `/api/`, its own under `/sandbox/`.
///
/// A trailing slash is taken or left without a redirect, since the two guides print opposite forms.
enum SandboxRouter {
    /// The router over a sandbox.
    static func make(_ sandbox: Sandbox) -> Router<SandboxContext> {
        let router = Router(context: SandboxContext.self)
        router.add(middleware: MistakesAsEnvelopes(options: sandbox.options))
        for endpoint in Endpoint.api {
            let responder = APIResponder(sandbox: sandbox, endpoint: endpoint)
            router.post("/api/v1.1/\(endpoint.rawValue)") { try await responder.respond($0, $1) }
        }
        let links = APIResponder(sandbox: sandbox, endpoint: .link)
        router.get("/trg/:link/:segment") { try await links.respond($0, $1) }
        router.post("/trg/:link/:segment") { try await links.respond($0, $1) }
        addControls(to: router, sandbox)
        return router
    }

    private static func addControls(to router: Router<SandboxContext>, _ sandbox: Sandbox) {
        router.get("/") { request, _ in
            let state = sandbox.with { world, _ in
                LaunchPage.State(
                    launches: Array(world.log.launches.suffix(LaunchPage.most)), total: world.log.total,
                    requests: world.requestCounts, faults: world.faults.rules.count)
            }
            return LaunchPage.reply(state, isHeld: request.uri.queryParameters.get("hold") != nil).response
        }
        router.get("/sandbox/launches") { request, _ in
            try Self.answering { () throws(FaultRequest.Fault) in
                let filter = try LaunchFilter(request.query)
                let log = sandbox.with { world, _ in world.log }
                let body = ControlReports.launches(
                    filter.select(log.launches), total: log.total, kept: log.launches.count)
                return Reply(contentType: "application/json", body: body)
            }
        }
        router.delete("/sandbox/launches") { _, _ in
            sandbox.with { world, _ in world.forgetLaunches() }
            return Reply.json(.object([("launches", .array([]))])).response
        }
        router.get("/sandbox/summary") { _, _ in
            let (log, requests) = sandbox.with { world, _ in (world.log, world.requestCounts) }
            return Reply.json(ControlReports.summary(log, requests: requests)).response
        }
        router.get("/sandbox/faults") { _, _ in
            Reply.json(ControlReports.faults(sandbox.with { world, _ in world.faults })).response
        }
        router.post("/sandbox/faults") { request, _ in
            let body = try await BodyReader.read(request.body, limit: 1 << 20) ?? []
            return try Self.answering { () throws(FaultRequest.Fault) in try addFaults(body, sandbox) }
        }
        router.delete("/sandbox/faults") { _, _ in
            Reply.json(
                ControlReports.faults(
                    sandbox.with { world, _ in
                        world.faults.clear()
                        return world.faults
                    })
            ).response
        }
        router.delete("/sandbox/faults/:id") { _, context in
            let id = context.parameters.get("id", as: Int.self) ?? 0
            let (isThere, faults) = sandbox.with { world, _ in (world.faults.remove(id), world.faults) }
            guard isThere else { return Reply.mistake("there is no fault \(id)", status: 404).response }
            return Reply.json(ControlReports.faults(faults)).response
        }
    }

    private static func addFaults(_ body: [UInt8], _ sandbox: Sandbox) throws(FaultRequest.Fault) -> Reply {
        let result = sandbox.with { world, now in
            Result { () throws(FaultRequest.Fault) in
                let request = try FaultRequest(body, now: now)
                let kept = request.replaces ? 0 : world.faults.rules.count
                guard kept + request.rules.count <= FaultPlan.most else {
                    throw FaultRequest.Fault(
                        description: "more than \(FaultPlan.most) faults; DELETE /sandbox/faults ends the old ones")
                }
                if request.replaces { world.faults.clear() }
                world.faults.add(request.rules, seed: request.seed)
                return world.faults
            }
        }
        return Reply.json(ControlReports.faults(try result.get()))
    }

    /// Turns what is wrong with a request to our own paths into a 400 that says it.
    private static func answering(_ body: () throws(FaultRequest.Fault) -> Reply) throws -> Response {
        do {
            return try body().response
        } catch {
            return Reply.mistake(error.description, status: 400).response
        }
    }
}

extension Request {
    /// The members of the URL's query, decoded.
    var query: [(name: String, value: String)] {
        uri.queryParameters.map { (name: String($0.key), value: String($0.value)) }
    }
}

/// Answers whatever has no answer: with an envelope under `/api/`, as a client of the platform expects one.
struct MistakesAsEnvelopes: RouterMiddleware {
    let options: SandboxOptions

    func handle(
        _ request: Request,
        context: SandboxContext,
        next: @concurrent (Request, SandboxContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as any HTTPResponseError {
            let response = answer(error, isCall: request.uri.path.hasPrefix("/api/"))
            // A body after the head would be read as the beginning of the next answer.
            return request.method == .head ? response.createHeadResponse() : response
        }
    }

    private func answer(_ error: any HTTPResponseError, isCall: Bool) -> Response {
        let (code, reason) = (error.status.code, error.status.reasonPhrase)
        guard isCall else { return Reply.mistake(reason, status: code).response }
        var reply = Reply.envelope(.refused(Refusal(code, debug: "there is no such method")), .json, options)
        reply.status = code
        return reply.response
    }
}

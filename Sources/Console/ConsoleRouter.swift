import HTTPTypes
import Hummingbird
import JSON
import NIOCore
import Telemetry

/// The paths of the console; `/` is kept for a page.
enum ConsoleRouter {
    /// The router over some sources; with a token, everything but health asks for it.
    static func make(_ sources: ConsoleSources, token: String?) -> Router<BasicRequestContext> {
        let router = Router(options: .autoGenerateHeadEndpoints)
        router.add(middleware: JSONErrors())
        router.get("/health/live") { _, _ in
            Response.json(.ok, HealthReport.live)
        }
        router.get("/health/ready") { _, _ in
            let health = sources.health()
            return Response.json(health.isReady ? .ok : .serviceUnavailable, HealthReport.ready(health))
        }
        let guarded = token.map { router.group().add(middleware: BearerGuard(token: $0)) } ?? router.group()
        guarded.get("/metrics") { _, _ in
            Response.whole(.ok, TextFormat.contentType, sources.exposition())
        }
        return router
    }
}

/// Answers whatever has no answer, such as an unknown path, with JSON.
struct JSONErrors<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as any HTTPResponseError {
            // The reason phrase is of the standard's list; nothing that the client sent comes back.
            var response = Response.json(error.status, .object([("error", .string(error.status.reasonPhrase))]))
            // RFC 9110 section 15.5.2 wants it said what to come with.
            if error.status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
            // A body after the head would be read as the beginning of the next answer.
            return request.method == .head ? response.createHeadResponse() : response
        }
    }
}

/// Lets only requests through that carry the console's token.
struct BearerGuard<Context: RequestContext>: RouterMiddleware {
    let token: String

    func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard Self.isEqual(request.headers[.authorization] ?? "", "Bearer " + token) else {
            throw HTTPError(.unauthorized)
        }
        return try await next(request, context)
    }

    /// Compares all bytes whatever they are, so that the time taken tells nothing of the token.
    static func isEqual(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        var difference = left.count ^ right.count
        for place in right.indices {
            difference |= Int(right[place] ^ (place < left.count ? left[place] : 0))
        }
        return difference == 0
    }
}

extension Response {
    /// An answer that is JSON.
    static func json(_ status: HTTPResponse.Status, _ value: JSONValue) -> Response {
        whole(status, "application/json", value.text() + "\n")
    }

    /// An answer that is known whole, and that nobody keeps.
    static func whole(_ status: HTTPResponse.Status, _ contentType: String, _ text: String) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = contentType
        headers[.cacheControl] = "no-store"
        if let nosniff = HTTPField.Name("X-Content-Type-Options") { headers[nosniff] = "nosniff" }
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}

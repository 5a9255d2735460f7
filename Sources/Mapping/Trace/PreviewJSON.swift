import Altcraft
import EventPattern
import Functions
package import JSON
import Outcome

/// A preview as JSON for tools: `{"launches": […], "stops": […], "mappings": […]}`.
package struct PreviewJSON {
    /// The request of a launch as JSON: method, URL, headers and body, the token masked.
    private let request: (PlannedLaunch) -> JSONValue

    /// Makes a renderer.
    package init(request: @escaping (PlannedLaunch) -> JSONValue) {
        self.request = request
    }

    /// The preview.
    package func render(_ preview: Preview) -> JSONValue {
        let plans = preview.plan.mappings
        return .object([
            ("launches", .array(plans.flatMap { plan in plan.launches.map { launch($0, plan) } })),
            ("stops", .array(plans.flatMap(stops))),
            ("mappings", .array(preview.mappings.map(mapping))),
        ])
    }

    private func launch(_ launch: PlannedLaunch, _ plan: MappingPlan) -> JSONValue {
        var members: [(name: String, value: JSONValue)] = [
            ("mapping", .string(plan.mapping.name)),
            ("version", .string(plan.mapping.version)),
            ("target", .string(launch.launch.target.description)),
            ("recipient", .string(launch.recipient)),
            ("event_id", .string(plan.eventID)),
            ("dedup_key", .string(launch.dedupKey)),
            ("lane", .string(launch.lane)),
        ]
        if launch.element != .only { members.append(("element", element(launch.element))) }
        if let expiresAt = launch.expiresAt { members.append(("expires_at", .string(expiresAt.rfc3339))) }
        return .object(members + [("request", request(launch))])
    }

    private func stops(_ plan: MappingPlan) -> [JSONValue] {
        let stops = plan.stops
        return zip(stops, EventPlace.texts(of: stops.map(\.place))).map { stop($0, path: $1, plan) }
    }

    private func stop(_ stop: Stop, path: String?, _ plan: MappingPlan) -> JSONValue {
        var members: [(name: String, value: JSONValue)] = [
            ("mapping", .string(plan.mapping.name)),
            ("outcome", .string(stop.launchClass == .skipped ? "skip" : "park")),
            ("class", .string(stop.launchClass.rawValue)),
            ("reason", .string(stop.reason.rawValue)),
            ("at", .string(stop.pointer.description)),
            ("path", path.map(JSONValue.string) ?? .null),
            ("detail", .string(stop.detail)),
        ]
        if let found = stop.element, found != .only { members.append(("element", element(found))) }
        return .object(members)
    }

    private func element(_ element: Element) -> JSONValue {
        .object([("number", .number(JSONNumber(element.number))), ("name", .string(element.name))])
    }

    private func mapping(_ previewed: PreviewedMapping) -> JSONValue {
        .object([
            ("name", .string(previewed.mapping.name)),
            ("file", .string(previewed.mapping.file)),
            ("version", .string(previewed.mapping.version)),
            ("matches", .bool(previewed.plan != nil)),
            ("failures", .array(previewed.explanation.failures.map(failure))),
            ("steps", .array(previewed.notes.map(note))),
        ])
    }

    private func failure(_ failure: ConditionFailure) -> JSONValue {
        .object([
            ("part", .string(failure.place.rawValue)),
            ("path", .array(failure.path.map(JSONValue.string))),
            ("wanted", .string(failure.wanted)),
            (
                "found",
                .array(failure.found.map { .object([("path", .string($0.location)), ("value", .string($0.value))]) })
            ),
            ("message", .string(failure.description)),
        ])
    }

    private func note(_ note: PreviewNote) -> JSONValue {
        switch note {
        case .value(let pointer, let path, let value, let became):
            .object(
                [
                    ("at", .string(pointer.description)), ("from", .string(path)), ("value", .string(value)),
                ] + (became.map { [("became", .string($0))] } ?? []))
        case .made(let pointer, let made):
            .object([("at", .string(pointer.description)), ("became", .string(made))])
        case .missing(let pointer, let why, let remedy):
            .object(
                [("at", .string(pointer.description)), ("missing", .string(why))]
                    + (remedy == .none ? [] : [("instead", .string(remedy.rawValue))]))
        case .incomplete(let pointer, let why):
            .object([("at", .string(pointer.description)), ("incomplete", .string(why))])
        case .reached(let pointer): .object([("at", .string(pointer.description)), ("taken", .bool(true))])
        case .element(let path): .object([("element", .string(path))])
        case .unwanted(let pointer, let count, let why):
            .object([
                ("at", .string(pointer.description)), ("unwanted", .number(JSONNumber(count))),
                ("why", .array(why.map(JSONValue.string))),
            ])
        }
    }
}

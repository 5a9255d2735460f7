import Altcraft
import EventPattern
import Functions
import JSON
import JSONPath
import Outcome

/// Turns an event into the plan of one mapping that wants it.
struct MappingEvaluator {
    /// What it works with, but for the trace.
    struct Parts {
        let mapping: Mapping
        let event: Event
        let body: JSONNode
        let options: RequestOptions
        let limits: EvaluationLimits
    }

    let parts: Parts
    let trace: TraceRecorder?

    init(_ parts: Parts, trace: TraceRecorder?) {
        self.parts = parts
        self.trace = trace
    }

    var mapping: Mapping { parts.mapping }
    var event: Event { parts.event }
    var limits: EvaluationLimits { parts.limits }

    /// An evaluation that has not begun.
    func begin() -> Evaluation {
        Evaluation(mapping, event, body: parts.body, limits: limits, trace: trace)
    }

    /// The launches for the elements in question: all, or those with these numbers.
    ///
    /// - Parameter isWhole: Whether all are evaluated now, however many they are.
    func plan(elements wanted: ElementRanges?, isWhole: Bool = true) -> MappingPlan {
        var evaluation = begin()
        let identity: EventIdentity
        do throws(Halt) {
            identity = try evaluation.identity()
        } catch {
            return MappingPlan(
                mapping: mapping, eventID: EventIdentity.hash(event.view), eventTime: nil, elementCount: 1,
                outcomes: [.stop(stop(error, nil))])
        }
        guard let forEach = mapping.templates.forEach else {
            let outcome = outcome(&evaluation, .only, identity)
            return MappingPlan(
                mapping: mapping, eventID: identity.id, eventTime: identity.time, elementCount: 1,
                outcomes: [outcome])
        }
        return plan(&evaluation, forEach, identity, wanted, isWhole: isWhole)
    }

    private func plan(
        _ evaluation: inout Evaluation, _ forEach: ForEachTemplate, _ identity: EventIdentity,
        _ wanted: ElementRanges?, isWhole: Bool
    ) -> MappingPlan {
        func plan(_ count: Int, _ outcomes: [LaunchPlan], _ rest: ElementStream? = nil) -> MappingPlan {
            MappingPlan(
                mapping: mapping, eventID: identity.id, eventTime: identity.time, elementCount: count,
                outcomes: outcomes, rest: rest)
        }
        do throws(Halt) {
            let elements = try evaluation.elements(of: forEach)
            guard !elements.isEmpty else { return plan(0, [.stop(nobody(forEach))]) }
            let owed = wanted.map { wanted in elements.filter { wanted.contains($0.number) } } ?? elements
            var stream = ElementStream(parts, identity, owed)
            let outcomes = stream.take(isWhole ? .max : stream.window, self)
            return plan(elements.count, outcomes, stream.isEmpty ? nil : stream)
        } catch {
            return plan(1, [.stop(stop(error, nil))])
        }
    }

    /// The launch of one element of `for_each`.
    func one(
        _ found: Evaluation.FoundElement, _ evaluation: inout Evaluation, _ identity: EventIdentity,
        _ bytesLeft: inout Int
    ) -> LaunchPlan {
        let element = Element(number: found.number, name: found.name)
        if let halt = found.halt { return .stop(stop(halt, element)) }
        guard bytesLeft > 0 else {
            let detail = "the launches of this event are together bigger than \(limits.eventBytes) bytes"
            return .stop(stop(Halt(reason: .limit, place: .none, path: nil, detail: detail), element))
        }
        evaluation.enter(found)
        let outcome = outcome(&evaluation, element, identity)
        if case .launch(let launch) = outcome {
            bytesLeft -= launch.request.body.count + (launch.request.element?.count ?? 0)
        }
        return outcome
    }

    private func outcome(
        _ evaluation: inout Evaluation, _ element: Element, _ identity: EventIdentity
    ) -> LaunchPlan {
        do throws(Halt) {
            let launch = try evaluation.launch()
            let request = try request(launch)
            // An empty key would be that of all events that have none.
            let key = try evaluation.key(mapping.templates.dedupKey).flatMap { $0.isEmpty ? nil : $0 } ?? identity.id
            let recipient = launch.audience.display
            let lane = try evaluation.key(mapping.templates.lane) ?? launch.audience.lane(recipient)
            return .launch(
                PlannedLaunch(
                    launch: launch, request: request, element: element, recipient: recipient, lane: lane,
                    dedupKey: key,
                    expiresAt: mapping.policy.expireAfter.map {
                        (identity.time ?? event.firstSeen).advanced(by: $0)
                    }))
        } catch {
            return .stop(stop(error, element))
        }
    }

    private func request(_ launch: Launch) throws(Halt) -> LaunchRequest {
        let request: LaunchRequest
        do throws(LaunchFault) {
            request = try LaunchRequest(launch, as: mapping.form, options: parts.options)
        } catch {
            throw Halt(reason: .invalid, place: .none, path: nil, detail: error.description)
        }
        guard request.body.count - request.attachmentBytes > limits.launchBytes else { return request }
        throw Halt(
            reason: .limit, place: .none, path: nil,
            detail: "the request has \(request.body.count) bytes; at most \(limits.launchBytes) are allowed")
    }

    /// `for_each` found no element that it wants: nothing is to be launched.
    private func nobody(_ forEach: ForEachTemplate) -> Stop {
        Stop(
            launchClass: .skipped, reason: .unmatched, pointer: mapping.places[forEach.place],
            place: EventPlace(forEach.query), detail: "\"for_each\" finds no element", element: nil)
    }

    /// What a halt means by `on`.
    private func stop(_ halt: Halt, _ element: Element?) -> Stop {
        let on = mapping.templates.on
        let choice: OnPolicy.Choice =
            switch halt.reason {
            case .missing: on.missing
            case .invalid: on.invalid
            case .noRecipient: on.noRecipient
            case .duplicate: .skip
            default: .park
            }
        return Stop(
            launchClass: choice == .skip ? .skipped : .unmappable, reason: halt.reason,
            pointer: mapping.places[halt.place], place: halt.path, detail: halt.detail, element: element)
    }
}

extension Audience {
    /// What keeps the order of launches by default: launches for the same recipient go one by one.
    fileprivate func lane(_ display: String) -> String {
        switch self {
        case .profile: display
        case .query(let query): "query \(query.text())"
        }
    }

    /// Whom it is for, in the clear.
    var display: String {
        switch self {
        case .profile(let recipient): recipient.display
        case .query: "audience"
        }
    }
}

extension Recipient {
    fileprivate var display: String {
        var text = matching.rawValue
        func add(_ part: String?) {
            guard let part else { return }
            text += " "
            text += part
        }
        add(email)
        add(phone)
        add(profileID)
        add(fieldName)
        if let fieldValue { add(fieldValue.string ?? fieldValue.text()) }
        add(provider)
        add(subscriptionID)
        return text
    }
}

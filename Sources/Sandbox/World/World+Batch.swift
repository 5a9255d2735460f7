import Foundation
import JSON

/// What came of a request for many.
struct GroupResult: Sendable {
    /// The profiles that something would be sent to, null for elements without one where the options say so.
    var profiles: [String?] = []
    /// How many elements the request had.
    var total = 0
}

extension World {
    /// `campaigns/triggers/start_batch`, and its task.
    mutating func startBatch(_ call: APICall, now: Date) throws(Refusal) -> APIAnswer {
        let target = try target(call)
        _ = try isLaunchable(target)
        let contents = try LaunchContents(call.parameters, known: call.endpoint.parameters)
        let order = LaunchOrder(
            endpoint: call.endpoint.rawValue, target: target, contents: contents, request: currentRequest, now: now,
            isForMany: true)
        let elements = try batchElements(call)
        if call.endpoint.makesTask {
            // Its elements are read now, so that what can never be carried out is refused at once.
            _ = try recipients(call, elements)
            return try makeTask(.batch(order, call), total: elements.count, now: now)
        }
        return APIAnswer(result: try runBatch(order, call).profiles)
    }

    /// Launches a batch: all elements are read before the first launch, so that a refusal has launched nothing.
    mutating func runBatch(_ order: LaunchOrder, _ call: APICall) throws(Refusal) -> GroupResult {
        let elements = try batchElements(call)
        var result = GroupResult(total: elements.count)
        for recipient in try recipients(call, elements) {
            if let recipient {
                if try launch(order, recipient) { result.profiles.append(store[recipient.row].id) }
            } else if options.batchUnmatched == .null {
                result.profiles.append(nil)
            }
        }
        if options.resultOrder == .shuffled {
            var generator = SeededOrder(options.seed &+ UInt64(order.request))
            result.profiles.shuffle(using: &generator)
        }
        return result
    }

    private func batchElements(_ call: APICall) throws(Refusal) -> [Parameters] {
        if let elements = try call.parameters.list("data") {
            guard !elements.isEmpty else { throw .request("\"data\" is empty") }
            return elements
        }
        // The table of the task lists the values at the root as well.
        guard call.endpoint.makesTask else { throw .request("\"data\" is missing") }
        return [call.parameters]
    }

    /// Everybody whom the elements name; nil for an element that nobody matches.
    private func recipients(_ call: APICall, _ elements: [Parameters]) throws(Refusal) -> [Recipient?] {
        let mode = try mode(call)
        let fieldName = try call.parameters.text("field_name")
        let isByQuery = call.parameters["matching"] == nil
        var recipients: [Recipient?] = []
        recipients.reserveCapacity(elements.count)
        for (place, element) in elements.enumerated() {
            do {
                let customData = try element.object("custom_data")
                if isByQuery, let query = try element.objectOrText("custom_request") {
                    recipients += try audience(query, customData)
                } else {
                    let query = try RecipientQuery(mode, element, fieldName: fieldName)
                    recipients.append(try one(query, customData))
                }
            } catch {
                throw Refusal(error.code, debug: "data[\(place)]: \(error.debug ?? error.text)")
            }
        }
        return recipients
    }

    private func one(_ query: RecipientQuery, _ customData: JSONValue?) throws(Refusal) -> Recipient? {
        let unmatched: Verdict = options.batchUnmatched == .error ? .error : .success
        guard let row = try match(query, unmatched) else { return nil }
        return Recipient(row: row, shown: query.shown(profileID: store[row].id), customData: customData)
    }

    private func audience(_ query: JSONValue, _ customData: JSONValue?) throws(Refusal) -> [Recipient?] {
        let rows = try rows(query)
        guard !rows.isEmpty else {
            if options.batchUnmatched == .error { throw refusal("no profile matches custom_request") }
            return [nil]
        }
        return rows.map { Recipient(row: $0, shown: shown(query, $0), customData: customData) }
    }
}

/// Random numbers of a seed, for orders that are the same in each run.
struct SeededOrder: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

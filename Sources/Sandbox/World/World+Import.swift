import Foundation
import JSON

extension World {
    /// `import_and_start` of campaigns and scenarios.
    mutating func importOne(_ call: APICall, now: Date) throws(Refusal) -> APIAnswer {
        let order = try importOrder(call, now: now)
        let data = try call.parameters.objectOrText("data")
        // The page for campaigns asks for it, the one for scenarios does not.
        guard data != nil || call.endpoint.kind == .scenario else { throw .request("\"data\" is missing") }
        var profile = try ImportOrder(
            try mode(call), call.parameters, data: data.map { Parameters($0, isXML: call.parameters.isXML) },
            fieldName: nil, rules: try rules(call))
        profile = profile.in(resource: try resource(call))
        let delay = try delay(call)
        let (row, shown) = try take(profile)
        try launch(order, Recipient(row: row, shown: shown), after: delay)
        return APIAnswer(data: .null, profileID: store[row].id)
    }

    /// `import_and_start_batch` of campaigns and scenarios, and their tasks.
    mutating func importBatch(_ call: APICall, now: Date) throws(Refusal) -> APIAnswer {
        let order = try importOrder(call, now: now)
        let profiles = try importElements(call)
        if call.endpoint.makesTask {
            return try makeTask(.importing(order, call), total: profiles.count, now: now)
        }
        return APIAnswer(result: try runImport(order, call).profiles)
    }

    /// Imports and launches a batch; all elements are read before the first is imported.
    mutating func runImport(_ order: LaunchOrder, _ call: APICall) throws(Refusal) -> GroupResult {
        let profiles = try importElements(call)
        let delay = try delay(call)
        for profile in profiles { try check(profile) }
        var result = GroupResult(total: profiles.count)
        for profile in profiles {
            let (row, shown) = try take(profile)
            let recipient = Recipient(row: row, shown: shown, customData: profile.customData)
            if try launch(order, recipient, after: delay) { result.profiles.append(store[row].id) }
        }
        return result
    }

    private func importOrder(_ call: APICall, now: Date) throws(Refusal) -> LaunchOrder {
        let target = try target(call)
        _ = try isLaunchable(target)
        for name in ["skip_triggers", "detect_geo"] { _ = try call.parameters.bool(name) }
        let contents = try LaunchContents(call.parameters, known: call.endpoint.parameters)
        return LaunchOrder(
            endpoint: call.endpoint.rawValue, target: target, contents: contents, request: currentRequest, now: now,
            isForMany: call.endpoint.action == .importBatch)
    }

    private func rules(_ call: APICall) throws(Refusal) -> ImportOrder.SubscriptionRules {
        ImportOrder.SubscriptionRules(
            skipsInvalid: try call.parameters.bool("skip_invalid_subscriptions") ?? false,
            resources: resources.map { Set($0.keys) })
    }

    private func importElements(_ call: APICall) throws(Refusal) -> [ImportOrder] {
        guard let wrappers = try call.parameters.list("data"), !wrappers.isEmpty else {
            throw .request("\"data\" must be a list with at least one profile")
        }
        let (mode, rules, resource) = (try mode(call), try rules(call), try resource(call))
        let fieldName = try call.parameters.text("field_name")
        var profiles: [ImportOrder] = []
        for (place, wrapper) in wrappers.enumerated() {
            do throws(Refusal) {
                let data = try wrapper.object("data")
                guard data != nil || call.endpoint.kind == .scenario else {
                    throw Refusal.request("\"data\" is missing")
                }
                let profile = try ImportOrder(
                    mode, wrapper, data: data.map { Parameters($0, isXML: wrapper.isXML) }, fieldName: fieldName,
                    rules: rules)
                profiles.append(profile.in(resource: resource))
            } catch {
                throw Refusal(error.code, debug: "data[\(place)]: \(error.debug ?? error.text)")
            }
        }
        return profiles
    }

    /// Refuses what could not be imported: several profiles with the value, or a new one by its id.
    private func check(_ profile: ImportOrder) throws(Refusal) {
        guard try match(profile.query, .success) == nil, profile.query.mode == .profileID else { return }
        throw refusal("no profile matches \"profile_id\", and an import by it creates none")
    }

    /// Updates the profile or creates it, and gives its row.
    private mutating func take(_ profile: ImportOrder) throws(Refusal) -> (row: Int, shown: JSONValue) {
        try check(profile)
        let row: Int
        if let found = try match(profile.query, .success) {
            row = found
            store.update(row, profile.applied(to: store[row]))
        } else {
            row = store.insert(profile.applied(to: Profile(id: newProfileID())))
        }
        isChanged = true
        return (row, profile.query.shown(profileID: store[row].id))
    }

    /// An id as the platform's look: 24 hexadecimal digits, not used yet.
    private func newProfileID() -> String {
        var count = store.profiles.count
        while true {
            let high = String(XXHash64.hash(Array("profile \(options.seed) \(count)".utf8)), radix: 16)
            let low = String(count & 0xFFFF_FFFF, radix: 16)
            let id =
                String(repeating: "0", count: 16 - high.count) + high
                + String(repeating: "0", count: 8 - low.count) + low
            if store.rows(.id(id)).isEmpty { return id }
            count += 1
        }
    }

    /// `timeout`: how long after the import the launch is made.
    private func delay(_ call: APICall) throws(Refusal) -> Double {
        guard let timeout = try call.parameters.object("timeout") else { return 0 }
        let parts = Parameters(timeout, isXML: call.parameters.isXML)
        var seconds = 0.0
        for (name, length) in [("days", 86_400.0), ("hours", 3_600), ("minutes", 60)] {
            let count = try parts.integer(name) ?? 0
            guard (0...1_000_000).contains(count) else { throw .request("\"timeout\" has no such \"\(name)\"") }
            seconds += Double(count) * length
        }
        return seconds
    }

    /// Launches now or later; whether anything is sent, as far as that is known.
    @discardableResult
    private mutating func launch(
        _ order: LaunchOrder, _ recipient: Recipient, after seconds: Double
    ) throws(Refusal) -> Bool {
        guard seconds > 0 else { return try launch(order, recipient) }
        // What waits must not keep the whole request in memory, files and all.
        let (order, recipient) = (order.detached, recipient.detached)
        try postpone(.launch(order, recipient), until: order.now.addingTimeInterval(seconds))
        return true
    }
}

extension ImportOrder {
    /// The same import, found among the subscribers of a resource.
    func `in`(resource: Int?) -> ImportOrder {
        var order = self
        order.query.resourceID = resource
        return order
    }
}

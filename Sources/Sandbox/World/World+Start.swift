import Foundation
import JSON

extension World {
    /// `campaigns/triggers/start` and `workflows/start`.
    mutating func start(_ call: APICall, now: Date) throws(Refusal) -> APIAnswer {
        let target = try target(call)
        let contents = try LaunchContents(call.parameters, known: call.endpoint.parameters)
        let order = LaunchOrder(call: call, target: target, contents: contents, now: now)
        if let query = try call.parameters.objectOrText("custom_request") {
            return try startAudience(order, query)
        }
        let query = try recipient(call)
        let filter = try SubscriptionFilter.read(call.parameters)
        let isLaunchable = try isLaunchable(target)
        guard let row = try match(query, options.unmatched) else {
            record(unsent: "no profile matches", order, query.shown(profileID: nil))
            return .success
        }
        let shown = query.shown(profileID: store[row].id)
        if isLaunchable {
            try launch(order, row: row, shown: shown, filter: filter)
        } else {
            record(unsent: "not active", order, shown, profileID: store[row].id)
        }
        return .success
    }

    /// The one profile that a query finds; nil where none is and that counts as success.
    func match(_ query: RecipientQuery, _ unmatched: Verdict) throws(Refusal) -> Int? {
        switch store.find(query, emailPhone: options.emailPhone) {
        case .one(let row): return row
        case .several(let count):
            throw refusal("\(count) profiles match \"\(query.mode.rawValue)\"; the value must be unique")
        case .none:
            if unmatched == .success { return nil }
            throw refusal("no profile matches \"\(query.mode.rawValue)\"")
        }
    }

    /// The recipient of a start for one profile.
    func recipient(_ call: APICall) throws(Refusal) -> RecipientQuery {
        var query = try RecipientQuery(try mode(call), call.parameters)
        if let resource = try call.parameters.integer("resource_id") {
            if let resources, resources[resource] == nil { throw refusal("resource \(resource) not found") }
            query.resourceID = resource
        }
        return query
    }

    /// The matching mode of a call; email where it names none.
    func mode(_ call: APICall) throws(Refusal) -> MatchingMode {
        guard let text = try call.parameters.text("matching") else { return .email }
        guard let mode = MatchingMode(rawValue: text) else { throw .request("unknown matching \"\(text.prefix(64))\"") }
        let takesAll = call.endpoint.action == .start && options.singleModes == .all
        guard takesAll || call.endpoint.listedModes.contains(mode) else {
            throw .request("\(call.endpoint.rawValue) does not take matching \"\(text)\"")
        }
        return mode
    }

    /// An audience: everybody whom a database query finds.
    private mutating func startAudience(_ order: LaunchOrder, _ query: JSONValue) throws(Refusal) -> APIAnswer {
        guard order.call.parameters["matching"] == nil else {
            throw .request("\"custom_request\" is for requests without \"matching\"")
        }
        let rows = try rows(query)
        guard !rows.isEmpty || options.unmatched == .success else { throw refusal("no profile matches custom_request") }
        let isLaunchable = try isLaunchable(order.target)
        // A subscription filter is "not used if custom_request is set".
        for row in rows {
            let shown = JSONValue.object([
                ("matching", .string("custom_request")), ("value", query), ("profile_id", .string(store[row].id)),
            ])
            if isLaunchable {
                try launch(order, row: row, shown: shown, filter: nil)
            } else {
                record(unsent: "not active", order, shown, profileID: store[row].id)
            }
        }
        return .success
    }
}

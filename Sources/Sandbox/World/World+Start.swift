import Foundation
import JSON

extension World {
    /// `campaigns/triggers/start` and `workflows/start`.
    mutating func start(_ call: APICall, now: Date) throws(Refusal) -> APIAnswer {
        let target = try target(call)
        let contents = try LaunchContents(call.parameters, known: call.endpoint.parameters)
        var order = LaunchOrder(
            endpoint: call.endpoint.rawValue, target: target, contents: contents, request: currentRequest, now: now)
        // Asked before anything else, so that a target that is off is told as such whoever the recipient is.
        _ = try isLaunchable(target)
        if let query = try call.parameters.objectOrText("custom_request") {
            order.isForMany = true
            return try startAudience(order, query, call)
        }
        let query = try recipient(call)
        let filter = try SubscriptionFilter.read(call.parameters)
        if let row = try match(query, options.unmatched) {
            let shown = query.shown(profileID: store[row].id)
            try launch(order, Recipient(row: row, shown: shown, filter: filter))
        } else {
            record(unsent: "no profile matches", order, query.shown(profileID: nil))
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

    /// The recipient of a request for one profile.
    func recipient(_ call: APICall) throws(Refusal) -> RecipientQuery {
        var query = try RecipientQuery(try mode(call), call.parameters)
        query.resourceID = try resource(call)
        return query
    }

    /// The resource that a call looks its recipients up in.
    func resource(_ call: APICall) throws(Refusal) -> Int? {
        guard let resource = try call.parameters.integer("resource_id") else { return nil }
        if let resources, resources[resource] == nil { throw refusal("resource \(resource) not found") }
        return resource
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
    ///
    /// A subscription filter is "not used if custom_request is set".
    private mutating func startAudience(
        _ order: LaunchOrder, _ query: JSONValue, _ call: APICall
    ) throws(Refusal) -> APIAnswer {
        guard call.parameters["matching"] == nil else {
            throw .request("\"custom_request\" is for requests without \"matching\"")
        }
        let rows = try rows(query)
        guard !rows.isEmpty || options.unmatched == .success else { throw refusal("no profile matches custom_request") }
        for row in rows { try launch(order, Recipient(row: row, shown: shown(query, row))) }
        return .success
    }

    /// A recipient that a query found, as the log shows it.
    func shown(_ query: JSONValue, _ row: Int) -> JSONValue {
        .object([
            ("matching", .string("custom_request")), ("value", query), ("profile_id", .string(store[row].id)),
        ])
    }
}

import JSON

/// Which launches `GET /sandbox/launches` shows: `?campaign=84&event_id=…&profile_id=…&after=NUMBER&limit=N`.
struct LaunchFilter: Sendable {
    var campaign: Int?
    var scenario: Int?
    var profileID: String?
    var eventID: String?
    var after: Int?
    var limit: Int?

    /// Reads the query of a URL.
    ///
    /// - Throws: what is wrong with it, as one sentence.
    init(_ query: [(name: String, value: String)]) throws(FaultRequest.Fault) {
        for (name, value) in query {
            switch name {
            case "campaign": campaign = try Self.number(name, value)
            case "scenario": scenario = try Self.number(name, value)
            case "after": after = try Self.number(name, value)
            case "limit": limit = try Self.number(name, value)
            case "profile_id": profileID = value
            case "event_id": eventID = value
            default:
                throw FaultRequest.Fault(
                    description: "there is no \"\(name.prefix(64))\"; known are campaign, scenario, profile_id, "
                        + "event_id, after, limit")
            }
        }
    }

    private static func number(_ name: String, _ value: String) throws(FaultRequest.Fault) -> Int {
        guard let number = Int(value), number >= 0 else {
            throw FaultRequest.Fault(description: "\"\(name)\" must be a whole number")
        }
        return number
    }

    /// The launches that pass, oldest first.
    func select(_ launches: ArraySlice<LaunchRecord>) -> some Sequence<LaunchRecord> {
        launches.lazy.filter(passes).prefix(limit ?? Int.max)
    }

    private func passes(_ launch: LaunchRecord) -> Bool {
        if let after, launch.number <= after { return false }
        if let campaign, launch.kind != .campaign || launch.target != campaign { return false }
        if let scenario, launch.kind != .scenario || launch.target != scenario { return false }
        if let profileID, launch.profileID != profileID { return false }
        if let eventID, launch.eventID != eventID { return false }
        return true
    }
}

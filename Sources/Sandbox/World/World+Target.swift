import JSON

extension World {
    /// A refusal of a case that the documentation gives no code.
    func refusal(_ debug: String) -> Refusal { Refusal(options.refusalCode, debug: debug) }

    /// The campaign or scenario that a call names.
    ///
    /// - Throws: a refusal when there is none, or when it is not one that the API launches.
    func target(_ call: APICall) throws(Refusal) -> Target {
        let parameter = call.endpoint.idParameter
        guard let id = try call.parameters.integer(parameter) else { throw .request("\"\(parameter)\" is missing") }
        switch call.endpoint.kind {
        case .campaign:
            guard let campaign = campaigns[id] else { throw refusal("trigger campaign \(id) not found") }
            return .campaign(campaign)
        case .scenario:
            guard let scenario = scenarios[id] else { throw refusal("workflow \(id) not found") }
            return .scenario(scenario)
        }
    }

    /// Whether a launch of the target goes on; false means: accepted, with nothing done.
    ///
    /// - Throws: a refusal when the target is switched off or waits for another event, where that is an error.
    func isLaunchable(_ target: Target) throws(Refusal) -> Bool {
        if case .campaign(let campaign) = target, campaign.triggerType != Campaign.apiCall {
            throw refusal("trigger campaign \(campaign.id) is of type \(campaign.triggerType), not api_call")
        }
        if target.isActive { return true }
        if options.inactive == .success { return false }
        throw refusal("\(target.kind == .campaign ? "trigger campaign" : "workflow") \(target.id) is not active")
    }

    /// `workflows/activate` and `workflows/deactivate`.
    mutating func setActive(_ call: APICall, _ isActive: Bool) throws(Refusal) -> APIAnswer {
        guard case .scenario(var scenario) = try target(call) else { throw refusal("not a workflow") }
        if try call.parameters.bool("skip_profiles") == true { engaged[scenario.id] = nil }
        scenario.isActive = isActive
        scenarios[scenario.id] = scenario
        isChanged = true
        return .success
    }

    /// `campaigns/triggers/get`: what a campaign is, without launching it.
    func describe(_ call: APICall) throws(Refusal) -> APIAnswer {
        guard case .campaign(let campaign) = try target(call) else { throw refusal("not a trigger campaign") }
        let resource = campaign.resourceID.map { JSONValue.number(JSONNumber($0)) }
        let data = JSONValue.object([
            ("id", .number(JSONNumber(campaign.id))),
            ("name", .string(campaign.name)),
            ("is_active", .bool(campaign.isActive)),
            ("trigger_type", .string(campaign.triggerType)),
            ("list_id", .number(JSONNumber(1))),
            ("resource_id", resource ?? .null),
            ("send_channel", .string(campaign.channel ?? "email")),
            ("skip_minutes", .number(JSONNumber(0))),
            ("call_url", .string("/trg/\(campaign.link)/")),
        ])
        return APIAnswer(data: data)
    }
}

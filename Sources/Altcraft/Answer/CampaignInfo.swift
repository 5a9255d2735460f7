import JSON
import Outcome

/// What a trigger campaign is, as far as a launch is concerned.
///
/// The answer also holds the campaign's v1.0 link, which is a secret and is not read.
package struct CampaignInfo: Sendable, Hashable {
    /// The number.
    package let id: Int64?
    /// The name, fit for a log.
    package let name: String?
    /// Whether it can be launched at all.
    package let isActive: Bool?
    /// What starts it: `api_call` for launches.
    package let triggerType: String?
    /// The profile database.
    package let databaseID: Int64?
    /// The resource whose subscribers it reaches.
    package let resourceID: Int64?
    /// The channel.
    package let channel: String?
    /// Minutes that it waits before it sends.
    package let skipMinutes: Int64?

    /// What keeps a launch of this campaign from going out, one sentence each; empty when nothing does.
    package var obstacles: [String] {
        var obstacles: [String] = []
        if isActive == false { obstacles.append("the campaign is not active") }
        if let triggerType, triggerType != "api_call" {
            obstacles.append("the campaign is started by \(triggerType), not by an API call")
        }
        return obstacles
    }

    /// Reads the answer to ``Question/campaign(_:)``.
    ///
    /// - Throws: the ``LaunchOutcome`` of an answer that is no success; `unknown` of one that describes no campaign.
    package static func read(_ answer: Answer, now: Int64) throws(CampaignQuestionError) -> CampaignInfo {
        let outcome = LaunchOutcome.classify(answer, now: now)
        guard case .accepted = outcome else { throw CampaignQuestionError(outcome: outcome) }
        guard let envelope = Envelope(answer.body), let data = envelope.root["data"], data.kind == .object else {
            throw CampaignQuestionError(outcome: .unknown(.notAnEnvelope))
        }
        return CampaignInfo(data, in: envelope)
    }

    private init(_ data: JSONValue, in envelope: Envelope) {
        let text: (String) -> String? = { data[$0]?.string.map(ForeignText.clean) }
        let number: (String) -> Int64? = { data[$0].flatMap(envelope.integer) }
        id = number("id")
        name = text("name")
        isActive = data["is_active"].flatMap(envelope.truth)
        triggerType = text("trigger_type")
        databaseID = number("list_id")
        resourceID = number("resource_id")
        channel = text("send_channel")
        skipMinutes = number("skip_minutes")
    }
}

/// A question about a campaign that was not answered.
package struct CampaignQuestionError: Error, Sendable, Hashable {
    /// What the answer was instead.
    package let outcome: LaunchOutcome
}

import JSON

/// A campaign or scenario that a request names and that can be launched.
enum Target: Sendable {
    case campaign(Campaign)
    case scenario(Scenario)

    var kind: TargetKind {
        switch self {
        case .campaign: .campaign
        case .scenario: .scenario
        }
    }

    var id: Int {
        switch self {
        case .campaign(let campaign): campaign.id
        case .scenario(let scenario): scenario.id
        }
    }

    var name: String {
        switch self {
        case .campaign(let campaign): campaign.name
        case .scenario(let scenario): scenario.name
        }
    }

    var isActive: Bool {
        switch self {
        case .campaign(let campaign): campaign.isActive
        case .scenario(let scenario): scenario.isActive
        }
    }

    var message: MessageTemplate? {
        switch self {
        case .campaign(let campaign): campaign.message
        case .scenario(let scenario): scenario.message
        }
    }
}

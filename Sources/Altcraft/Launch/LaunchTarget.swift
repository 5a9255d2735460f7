/// What is launched: one trigger campaign, one scenario, or one v1.0 trigger link.
package enum LaunchTarget: Sendable, Hashable, CustomStringConvertible {
    /// A trigger campaign, by the number after `#` beside its name.
    case campaign(Int64)
    /// A scenario (workflow), by the number after `#` beside its name.
    case scenario(Int64)
    /// A v1.0 trigger link, by its name in the bridge's settings; the link itself is a secret.
    case link(String)

    /// A link's name as it is compared: `back-in-stock` and `BACK_IN_STOCK`, as a variable must write it, are the same.
    package static func comparable(link name: String) -> String {
        name.lowercased().replacing("-", with: "_")
    }

    /// The words of the log: `campaign 4101`.
    package var description: String {
        switch self {
        case .campaign(let id): "campaign \(id)"
        case .scenario(let id): "scenario \(id)"
        case .link(let name): "link \(name)"
        }
    }
}

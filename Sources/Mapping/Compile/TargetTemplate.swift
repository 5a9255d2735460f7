import Altcraft
import JSON

/// `launch`: what is launched.
enum TargetTemplate: Sendable {
    /// A number that stands in the file.
    case fixed(LaunchTarget)
    case campaign(Placed)
    case scenario(Placed)
    case link(String, by: LinkKey)

    /// How a link names the profile; the usual way for what is none.
    var linkKey: LinkKey {
        if case .link(_, let key) = self { key } else { .md5 }
    }

    /// Everything that it can come to, as far as the file alone tells.
    ///
    /// Ids are literals, entries of tables and branches of `$if`; the checker refuses any other.
    var possibleTargets: Set<LaunchTarget> {
        switch self {
        case .fixed(let target): [target]
        case .campaign(let id): Set(TargetTemplate.ids(id.template).map(LaunchTarget.campaign))
        case .scenario(let id): Set(TargetTemplate.ids(id.template).map(LaunchTarget.scenario))
        case .link(let name, _): [.link(name)]
        }
    }

    private static func ids(_ template: Template) -> [Int64] {
        switch template {
        case .constant(let value): value.number?.int64.map { [$0] } ?? []
        case .object, .array: []
        case .instruction(let instruction): ids(instruction)
        }
    }

    private static func ids(_ instruction: Instruction) -> [Int64] {
        var found: [Int64] = []
        switch instruction.source {
        case .lookup(let lookup): found = lookup.table.values.compactMap { $0.number?.int64 }
        case .choice(let choice): found = ids(choice.then) + (choice.otherwise.map(ids) ?? [])
        case .coalesce(let templates): found = templates.flatMap(ids)
        default: break
        }
        if case .fallback(let template) = instruction.absence { found += ids(template) }
        return found
    }
}

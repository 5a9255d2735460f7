import Altcraft
import Functions
import JSON

/// `launch`: what is launched.
extension MappingCompiler {
    /// Compiles `launch`.
    func target(_ root: Place) -> TargetTemplate? {
        guard let place = root.member("launch"), place.node.kind == .object else { return nil }
        let ways = place.members.filter { ["campaign", "scenario", "link"].contains($0.name) }
        guard let way = ways.first else {
            // A key that is none has been told, and was meant for what is launched.
            guard place.members.allSatisfy({ Specification.launch.key($0.name) != nil }) else { return nil }
            findings.add(
                .launchTarget, at: place, "nothing is launched",
                hint: "write \"campaign\" or \"scenario\" with its number")
            return nil
        }
        if ways.count > 1 {
            findings.add(
                .launchTarget, name: ways[1], "\"\(way.name)\" and \"\(ways[1].name)\" stand together",
                hint: "one mapping launches one of them; write a second mapping for the other")
        }
        if way.name != "link", let by = place.members.first(where: { $0.name == "by" }) {
            findings.add(
                .foreignCompanion, name: by, "\"by\" belongs to \"link\"",
                hint: "take it out; campaigns and scenarios find people by \"recipient\"")
        }
        let ids = ways.filter { $0.name != "link" }.map { ($0.name, id($0.place)) }
        switch way.name {
        case "campaign": return ids.first?.1.map { $0.fixedID.map { .fixed(.campaign($0)) } ?? .campaign($0) }
        case "scenario": return ids.first?.1.map { $0.fixedID.map { .fixed(.scenario($0)) } ?? .scenario($0) }
        default: return link(way, place)
        }
    }

    private func link(_ way: NamedPlace, _ launch: Place) -> TargetTemplate? {
        guard let name = way.place.text else { return nil }
        if let links = options.links,
            !links.contains(where: { LaunchTarget.comparable(link: $0) == LaunchTarget.comparable(link: name) })
        {
            findings.add(
                .launchTarget, at: way.place, "the settings name no link \"\(name)\"",
                hint: ClosestName.hint(name, among: links.sorted()) ?? "set altcraft.links.\(name)")
        }
        return .link(name, by: launch.member("by")?.text.flatMap(LinkKey.init) ?? .md5)
    }

    private func id(_ place: Place) -> Placed? {
        let part = part(place, elementScope)
        let isWhole = checkID(place)
        return isWhole ? part.placed : nil
    }

    /// An id is a literal, a table's entry, or a choice between such.
    private func checkID(_ place: Place) -> Bool {
        let node = place.node
        guard node.kind == .object else {
            if PathText.looksLikePath(place.text ?? "") { return comesFromEvent(place) }
            return checkIDValue(place, .launchID, hint: node.kind == .string ? "write the number without quotes" : nil)
        }
        if let table = place.member("$lookup") {
            var isWhole = checkTable(table.text ?? "")
            if let fallback = place.member("default") { isWhole = checkID(fallback) && isWhole }
            return isWhole
        }
        if place.member("$if") != nil {
            return ["then", "else"].compactMap(place.member).map(checkID).allSatisfy(\.self)
        }
        if let literal = place.member("$literal") { return checkIDValue(literal, .launchID, hint: nil) }
        return comesFromEvent(place)
    }

    /// An event must not choose freely what is launched: then nobody could say what a mapping may do.
    private func comesFromEvent(_ place: Place) -> Bool {
        findings.add(
            .launchID, at: place, "what is launched must stand in the file: a number, \"$lookup\" or \"$if\"",
            hint: "put the possible numbers into a table, and write {\"$lookup\": \"table\", \"key\": …}")
        return false
    }

    private func checkTable(_ name: String) -> Bool {
        guard let table = tables[JSONName(name)], checkedTables.insert(JSONName(name)).inserted else { return true }
        return table.name.place.members.map { checkIDValue($0.place, .tableID, hint: nil) }.allSatisfy(\.self)
    }

    private func checkIDValue(_ place: Place, _ code: DiagnosticCode, hint: String?) -> Bool {
        if place.node.kind == .number, let id = place.node.number?.int64, id > 0 { return true }
        let found = place.node.kind == .number ? place.node.text() : place.node.kind.noun
        findings.add(
            code, at: place, "an id is a positive whole number, and this is \(found)",
            hint: hint ?? "it is the number after # beside the name in Altcraft, for example 4101")
        return false
    }
}

extension Placed {
    /// The id where it is a number in the file.
    fileprivate var fixedID: Int64? {
        guard case .constant(let value) = template else { return nil }
        return value.number?.int64
    }
}

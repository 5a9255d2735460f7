package import JSON

extension EventPattern {
    /// The paths on the way to what the pattern asks for, ends included, at which any of the samples holds a list.
    package func lists(in samples: [JSONNode]) -> Set<[String]> {
        var found: Set<[String]> = []
        for (path, _) in locatedLists {
            let names = paths.names(of: path)
            for sample in samples { EventPattern.note(sample, at: names[..<0], of: names, in: &found) }
        }
        return found
    }

    /// Notes the lists in a value that stands at the beginning of a path, and goes on through them.
    private static func note(
        _ value: JSONNode, at way: ArraySlice<JSONName>, of names: [JSONName], in found: inout Set<[String]>
    ) {
        switch value.kind {
        case .array:
            if !way.isEmpty { found.insert(way.map(\.text)) }
            for element in value.elements { note(element, at: way, of: names, in: &found) }
        case .object where way.endIndex < names.endIndex:
            guard let member = value.member(names[way.endIndex]) else { return }
            note(member, at: names[...way.endIndex], of: names, in: &found)
        default: return
        }
    }
}

import JSON

/// `tables`.
extension MappingCompiler {
    /// Reads the tables; entries are plain values.
    func declareTables(_ root: Place) {
        guard let section = root.member("tables"), section.node.kind == .object else { return }
        for member in section.members where member.place.node.kind == .object {
            let entries = member.place.members.map { (JSONName($0.name), JSONValue.node($0.place.node)) }
            tables[JSONName(member.name)] = Table(
                name: member, entries: Dictionary(entries, uniquingKeysWith: { first, _ in first }))
        }
    }

    /// Says which tables nothing uses.
    func finishTables() {
        for table in tables.values where !usedTables.contains(JSONName(table.name.name)) {
            findings.add(.unusedTable, name: table.name, "the table \"\(table.name.name)\" is never used")
        }
    }
}

import JSON

/// `tables`.
extension MappingCompiler {
    /// Reads the tables; entries are plain values.
    ///
    /// A table that is no object has been told of; it is there nevertheless, so that looking into it is not told too.
    func declareTables(_ root: Place) {
        guard let section = root.member("tables"), section.node.kind == .object else { return }
        for member in section.members {
            let entries = member.place.members.map { (JSONName($0.name), JSONValue.node($0.place.node)) }
            tables[JSONName(member.name)] = Table(
                name: member, entries: Dictionary(entries, uniquingKeysWith: { first, _ in first }))
        }
    }

    /// Says which tables nothing uses.
    func finishTables() {
        for table in tables.values
        where table.name.place.node.kind == .object && !usedTables.contains(JSONName(table.name.name)) {
            findings.add(
                .unusedTable, name: table.name, "the table \"\(table.name.name)\" is never used",
                hint: "take it out, or write {\"$lookup\": \"\(table.name.name)\", \"key\": …} where it is meant")
        }
    }
}

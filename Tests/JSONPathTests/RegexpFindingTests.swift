import JSONPath
import Testing

/// What checkers say about patterns in queries that RFC 9535 accepts.
@Suite("JSONPath: findings about patterns", .timeLimit(.minutes(1)))
struct RegexpFindingTests {
    private func findings(_ query: String) throws -> [String] {
        try JSONPathQuery.parse(query).regexpFindings.map { "\($0.position) \($0.kind)" }
    }

    @Test(
        "each pattern is remarked on once, at its first sign, escapes and all",
        arguments: [
            ("$[?match(@, 'a.*b')]", []),
            ("$[?match(@, '^a')]", ["14 anchor"]),
            ("$[?match(@, '^a$')]", ["14 anchor"]),
            (#"$[?match(@, "\u0061$")]"#, ["20 anchor"]),
            (#"$[?match(@, '\\^[$^]$')]"#, ["21 anchor"]),
            ("$[?search(@, '(')]", ["15 refused"]),
            (#"$[?search(@, 'a\\d')]"#, ["16 refused"]),
            (#"$[?match(@, '\uD83D\uDE00\\w')]"#, ["26 refused"]),
            ("$[?match(@, 'a)') || search(@.b, '$')]", ["15 refused", "35 anchor"]),
            ("$[?match(@, 'ab(')]", ["16 refused"]),
            ("$[?match(@, '[')]", ["14 refused"]),
            ("$[?match('^', @)]", []),
            ("$[?match(@, $.pattern)]", []),
            ("$[?@.a == '^a$']", []),
            ("$[?count(@[?match(@, '^x')]) > 1]", ["23 anchor"]),
        ])
    func places(_ query: String, _ expected: [String]) throws {
        #expect(try findings(query) == expected)
    }

    @Test("a refusal says why, and the query stays valid")
    func message() throws {
        let finding = try #require(try JSONPathQuery.parse(#"$[?match(@, '\\d+')]"#).regexpFindings.first)
        #expect(finding.message.contains("[0-9]"))
        #expect(finding.message.contains("matches nothing"))
        #expect(try values(#"$[?match(@, '\\d+')]"#, document(#"["1"]"#)) == [])
    }
}

import JSON
import Mapping

/// How the tests beside mappings went, for tools.
struct TestReportJSON {
    private typealias Members = [(name: String, value: JSONValue)]

    private let project: MappingProject

    /// A report about a project whose tests were run.
    init(_ project: MappingProject) {
        self.project = project
    }

    /// `{"tests": 3, "failed": 1, "mappings": […], "diagnostics": […]}`; the diagnostics are the errors.
    var json: JSONValue {
        let results = project.entries.compactMap(\.report).flatMap(\.results)
        return .object([
            ("tests", .number(JSONNumber(results.count))),
            ("failed", .number(JSONNumber(results.count { !$0.isPassed }))),
            ("mappings", .array(project.entries.map(mapping))),
            ("diagnostics", .array(project.diagnostics.filter { $0.severity == .error }.map(\.json))),
        ])
    }

    private func mapping(_ entry: MappingProject.Entry) -> JSONValue {
        let branches = entry.report?.branches ?? []
        let unreached = branches.filter { !$0.isReached }.map { JSONValue.string($0.pointer.description) }
        let coverage = JSONValue.object([
            ("branches", .number(JSONNumber(branches.count))),
            ("reached", .number(JSONNumber(branches.count - unreached.count))),
            ("unreached", .array(unreached)),
        ])
        let tests = MappingFolder.testsName(of: entry.file.name)
        return .object([
            ("mapping", entry.mapping.map { .string($0.name) } ?? .null),
            ("file", .string(entry.file.name)),
            ("passed", .bool(entry.isLive)),
            ("tests", .array((entry.report?.results ?? []).map { result($0, file: tests) })),
            ("coverage", coverage),
        ])
    }

    private func result(_ result: MappingTestResult, file: String) -> JSONValue {
        .object([
            ("name", .string(result.name)),
            ("file", .string(file)),
            ("line", .number(JSONNumber(result.position.line))),
            ("column", .number(JSONNumber(result.position.column))),
            ("passed", .bool(result.isPassed)),
            ("obstacle", result.obstacle.map { .string($0) } ?? .null),
            ("differences", .array(result.differences.map(difference))),
        ])
    }

    /// What is expected or found is left out where it is nothing at all, which null would not say.
    private func difference(_ difference: TestDifference) -> JSONValue {
        var members: Members = [("at", .string(difference.place))]
        if let expected = difference.expected { members.append(("expected", expected)) }
        if let found = difference.found { members.append(("found", found)) }
        return .object(members + [("message", .string(difference.description))])
    }
}

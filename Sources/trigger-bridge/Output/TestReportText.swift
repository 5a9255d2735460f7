import JSON
import Mapping
import Outcome

/// How the tests beside mappings went, for people.
struct TestReportText {
    private let project: MappingProject
    private let showsCoverage: Bool

    /// A report about a project whose tests were run.
    init(_ project: MappingProject, showsCoverage: Bool) {
        self.project = project
        self.showsCoverage = showsCoverage
    }

    /// Mapping by mapping, and a line that sums it up.
    var text: String {
        (project.entries.flatMap(lines) + [summary]).map { $0 + "\n" }.joined()
    }

    private func lines(_ entry: MappingProject.Entry) -> [String] {
        guard let mapping = entry.mapping, let report = entry.report else {
            let faults = entry.diagnostics.filter { $0.severity == .error }.flatMap(indented)
            return ["\(entry.file.name): has errors, so that its tests cannot run"] + faults + [""]
        }
        var lines = ["\(mapping.name) (\(mapping.file))"]
        lines += report.results.flatMap { self.lines($0, testsName: MappingFolder.testsName(of: mapping.file)) }
        // A file of tests that is not as it should be; what fails or lacks its event has its line already.
        lines += report.diagnostics
            .filter { $0.severity == .error && $0.code != .failingTest && $0.code != .eventFile }.flatMap(indented)
        if report.results.isEmpty, report.isPassed { lines.append("  no tests") }
        if showsCoverage { lines += coverage(report) }
        return lines + [""]
    }

    private func lines(_ result: MappingTestResult, testsName: String) -> [String] {
        guard !result.isPassed else { return ["  pass  \(result.name)"] }
        var lines = ["  FAIL  \(result.name)", "        \(testsName):\(result.position)"]
        if let obstacle = result.obstacle { lines.append("        cannot run: \(obstacle)") }
        lines += result.differences.flatMap { DifferenceText($0).lines.map { "        \($0)" } }
        if let advice = result.advice { lines.append("        \(advice)") }
        return lines
    }

    private func coverage(_ report: MappingTestReport) -> [String] {
        let unreached = report.branches.filter { !$0.isReached }
        guard !report.branches.isEmpty else { return ["  coverage: there are no alternatives and branches"] }
        let reached = report.branches.count - unreached.count
        let all = report.branches.count.counted("alternative or branch", "alternatives and branches")
        return ["  coverage: \(reached) of \(all)"] + unreached.map { "    not reached: \($0.pointer)" }
    }

    private func indented(_ diagnostic: Diagnostic) -> [String] {
        diagnostic.description.split(separator: "\n").map { "  \($0)" }
    }

    private var summary: String {
        let reports = project.entries.compactMap(\.report)
        let results = reports.flatMap(\.results)
        let failed = results.count { !$0.isPassed }
        let untested = reports.count { $0.results.isEmpty && $0.isPassed }
        let faulty = project.entries.count { !$0.isLive && $0.report?.results.allSatisfy(\.isPassed) ?? true }
        var parts = ["\(results.count.counted("test")): \(results.count - failed) passed, \(failed) failed"]
        if untested > 0 { parts.append("\(untested.counted("mapping")) without tests") }
        if faulty > 0 { parts.append("\(faulty.counted("mapping")) with errors") }
        return parts.joined(separator: "; ")
    }
}

import Bridge
import JSON
import Outcome

/// What `doctor` prints: the findings, and a verdict.
struct DoctorReport {
    private let findings: [DoctorFinding]
    private let verdict: DoctorVerdict

    /// A report of a diagnosis.
    init(_ diagnosis: Diagnosis) {
        findings = diagnosis.findings
        verdict = diagnosis.verdict
    }

    /// The exit code; nil when the bridge would work.
    var exit: CommandExit? {
        switch verdict {
        case .ready: nil
        case .findings: .findings
        case .brokerUnreachable: .broker
        case .platformUnreachable: .platform
        }
    }

    /// Widest subject that shifts the column; a longer one stands out.
    private static let widestSubject = 28

    /// A line for each finding, its advice below it, and the verdict last.
    var text: String {
        let width = min(findings.map(\.subject.count).max() ?? 0, Self.widestSubject)
        var lines: [String] = []
        for finding in findings {
            let severity = Self.padded(finding.severity.rawValue, to: 7)
            lines.append("\(severity)  \(Self.padded(finding.subject, to: width))  \(finding.message)")
            if let advice = finding.advice { lines.append(String(repeating: " ", count: width + 11) + "-> " + advice) }
        }
        return (lines + ["", sentence]).joined(separator: "\n")
    }

    /// The verdict in words.
    private var sentence: String {
        let errors = findings.count { $0.severity == .error }.counted("error")
        let warnings = findings.count { $0.severity == .warning }.counted("warning")
        return switch verdict {
        case .ready: "verdict: the bridge would work; \(warnings)"
        case .findings: "verdict: the bridge would not work as it should; \(errors), \(warnings)"
        case .brokerUnreachable: "verdict: there is no session with the broker; \(errors), \(warnings)"
        case .platformUnreachable: "verdict: the platform does not answer; \(errors), \(warnings)"
        }
    }

    /// The form for tools.
    var json: JSONValue {
        .object([
            ("verdict", .string(verdict.rawValue)),
            ("exit", .number(JSONNumber(Int(exit?.rawValue ?? 0)))),
            ("findings", .array(findings.map(Self.json))),
        ])
    }

    private static func json(_ finding: DoctorFinding) -> JSONValue {
        .object([
            ("check", .string(finding.check.rawValue)),
            ("subject", .string(finding.subject)),
            ("severity", .string(finding.severity.rawValue)),
            ("message", .string(finding.message)),
            ("advice", finding.advice.map { .string($0) } ?? .null),
        ])
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}

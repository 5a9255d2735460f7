import Foundation
import JSON

/// Findings in the form that code hosts show beside the lines of a change: SARIF 2.1.0 (OASIS).
struct SARIFLog {
    private let findings: [Finding]
    /// The kinds of fault that occur, in the order of their codes.
    private let rules: [Finding]

    /// A log of one run.
    init(_ findings: [Finding]) {
        self.findings = findings
        rules = Dictionary(findings.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first }).values
            .sorted { $0.code < $1.code }
    }

    /// The log.
    var json: JSONValue {
        let run = JSONValue.object([
            ("tool", .object([("driver", driver)])),
            // Columns count Unicode scalars here; without this readers count UTF-16 units.
            ("columnKind", .string("unicodeCodePoints")),
            ("results", .array(findings.map(result))),
        ])
        return .object([
            ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")),
            ("version", .string("2.1.0")),
            ("runs", .array([run])),
        ])
    }

    private var driver: JSONValue {
        .object([
            ("name", .string("trigger-bridge")),
            ("version", .string(BuildVersion.text)),
            ("rules", .array(rules.map(rule))),
        ])
    }

    private func rule(_ finding: Finding) -> JSONValue {
        .object([
            ("id", .string(finding.code)),
            ("shortDescription", text(finding.meaning ?? "A setting is wrong: \(finding.code).")),
            ("defaultConfiguration", .object([("level", .string(finding.severity))])),
        ])
    }

    private func result(_ finding: Finding) -> JSONValue {
        var members: [(name: String, value: JSONValue)] = [
            ("ruleId", .string(finding.code)),
            ("ruleIndex", .number(JSONNumber(rules.firstIndex { $0.code == finding.code } ?? 0))),
            ("level", .string(finding.severity)),
            ("message", text(finding.hint.map { "\(finding.message)\n\($0)" } ?? finding.message)),
        ]
        if let file = finding.file { members.append(("locations", .array([location(file, finding)]))) }
        return .object(members)
    }

    private func location(_ file: String, _ finding: Finding) -> JSONValue {
        let place = JSONValue.object([
            ("artifactLocation", .object([("uri", .string(Self.uri(file)))])),
            (
                "region",
                .object([
                    ("startLine", .number(JSONNumber(finding.line))),
                    ("startColumn", .number(JSONNumber(finding.column))),
                ])
            ),
        ])
        guard !finding.pointer.isEmpty else { return .object([("physicalLocation", place)]) }
        let name = JSONValue.object([("fullyQualifiedName", .string(finding.pointer))])
        return .object([("physicalLocation", place), ("logicalLocations", .array([name]))])
    }

    private func text(_ text: String) -> JSONValue {
        .object([("text", .string(text))])
    }

    /// A path as a URI reference: relative ones are taken from where the command ran.
    private static func uri(_ path: String) -> String {
        let unreserved = CharacterSet(charactersIn: "/-._~").union(.asciiAlphanumerics)
        let escaped = path.addingPercentEncoding(withAllowedCharacters: unreserved) ?? path
        return path.hasPrefix("/") ? "file://\(escaped)" : escaped
    }
}

extension CharacterSet {
    /// Letters and digits that a URI may hold as they are; `alphanumerics` would let through other scripts.
    fileprivate static let asciiAlphanumerics = CharacterSet(
        charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
}

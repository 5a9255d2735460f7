import Altcraft
import Foundation
import Functions
import JSON

/// The reference for product teams as Markdown, derived from the specification.
///
/// `mappings/README.md` holds it between two marks; what stands around them is written by hand, and a test fails when
/// what stands between them is stale.
package enum MappingReference {
    /// The line before the generated part.
    package static let beginning = "<!-- generated from the specification: begin -->"
    /// The line after it.
    package static let ending = "<!-- generated from the specification: end -->"

    /// The generated part.
    package static var text: String {
        ([keys] + sections + [instructions, functions, codes]).joined(separator: "\n")
    }

    /// A page with its generated part made anew; a page without marks gets it at its end.
    package static func renewed(_ page: String) -> String {
        let part = "\(beginning)\n\n\(text)\n\(ending)"
        guard let from = page.range(of: beginning), let to = page.range(of: ending), from.upperBound <= to.lowerBound
        else {
            return page + (page.hasSuffix("\n") || page.isEmpty ? "" : "\n") + part + "\n"
        }
        return page.replacingCharacters(in: from.lowerBound..<to.upperBound, with: part)
    }

    private static var keys: String {
        "## The file\n\n" + table(Specification.mapping.keys)
    }

    private static var sections: [String] {
        let objects = [
            Specification.when, Specification.event, Specification.forEach, Specification.launch,
            Specification.recipient, Specification.attachment, Specification.subscriptionFilter, Specification.profile,
            Specification.linkField, Specification.delivery, Specification.dedup, Specification.rate,
            Specification.batch, Specification.on,
        ]
        return objects.flatMap { object in
            let section = "### `\(object.name)`\n\n\(object.summary)\n\n\(table(object.keys))"
            return object.name == Specification.recipient.name ? [section, modes] : [section]
        }
    }

    private static var modes: String {
        func names(_ companions: [Companion], _ word: String) -> String {
            companions.map { "`\($0.rawValue)`" }.joined(separator: word)
        }
        let rows = MatchingFacts.all.map { facts in
            let needs = facts.required.isEmpty ? names(facts.anyOf, " or ") : names(facts.required, ", ")
            let isSingle = Call.triggerStart.modes.contains(facts.matching)
            return "| `\(facts.matching.rawValue)` | \(facts.sentence) | \(needs) | \(isSingle ? "yes" : "no") |"
        }
        return "### `matching`\n\nThe words of `matching`. Single launches take four of them, batches all.\n\n"
            + (["| mode | where the platform looks | needs | single launches |", "|---|---|---|---|"] + rows)
            .joined(separator: "\n") + "\n"
    }

    private static func table(_ keys: [KeySpec]) -> String {
        let rows = keys.map { key in
            let name = "`\(key.name)`" + (key.isRequired ? " (required)" : "")
            let fallback = key.fallback.map { " Left out: \($0)." } ?? ""
            return "| \(name) | \(cell(key.summary + words(key.shape) + fallback)) | `\(cell(key.example))` |"
        }
        return (["| key | meaning | example |", "|---|---|---|"] + rows).joined(separator: "\n") + "\n"
    }

    /// The words that a key takes, where they can be listed.
    private static func words(_ shape: Shape) -> String {
        guard case .word(let words) = shape else { return "" }
        return " One of " + words.map { "`\($0)`" }.joined(separator: ", ") + "."
    }

    /// A bar would end the cell.
    private static func cell(_ text: String) -> String {
        text.replacing("|", with: "\\|")
    }

    private static var instructions: String {
        let rows = Specification.instructions.map { spec in
            let companions = spec.companions.map { "`\($0.name)`" }.joined(separator: ", ")
            return
                "| `\(spec.name)` | \(companions.isEmpty ? "–" : companions) | \(cell(spec.summary)) | `\(cell(spec.example))` |"
        }
        return "## Instructions\n\n"
            + (["| key | companions | value | example |", "|---|---|---|---|"] + rows).joined(separator: "\n") + "\n"
            + "\n### Companions\n\nWhat stands beside the key with the dollar.\n\n\(table(companions))"
    }

    private static var companions: [KeySpec] {
        var names = Set<String>()
        return Specification.instructions.flatMap(\.companions).filter { names.insert($0.name).inserted }
    }

    private static var functions: String {
        let rows = FunctionCatalogue.all.map { spec in
            let parameters = spec.parameters.map { "`\($0.name)`\($0.isRequired ? "" : "?")" }.joined(separator: ", ")
            let example = "`\(spec.example.input)` → `\(spec.example.output ?? "missing")`"
            return
                "| `\(spec.name)` | \(spec.input.rawValue) → \(spec.output.rawValue) | \(parameters.isEmpty ? "–" : parameters) | "
                + "\(cell(spec.summary)) | `\(cell(spec.example.call))`: \(cell(example)) |"
        }
        let head = ["| function | takes → gives | arguments | what it does | example |", "|---|---|---|---|---|"]
        return "## Functions\n\n" + (head + rows).joined(separator: "\n") + "\n"
    }

    private static var codes: String {
        let rows = DiagnosticCode.allCases.map { "| `\($0.rawValue)` | \(cell($0.sentence)) |" }
        return
            "## What the checker says\n\nA code that begins with E keeps the file from going live; one that begins with W does not.\n\n"
            + (["| code | meaning |", "|---|---|"] + rows).joined(separator: "\n") + "\n"
    }
}

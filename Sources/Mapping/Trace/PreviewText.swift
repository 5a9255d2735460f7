import Altcraft
import EventPattern
import JSON
import Outcome

/// A preview as text for a terminal.
package struct PreviewText {
    /// Writes the request of a launch; the token is the caller's to mask.
    private let request: (PlannedLaunch) -> String
    /// What becomes of an event that nobody wants: `skipped`, or `parked` where the settings say so.
    private let unmatched: String

    /// Makes a renderer.
    package init(parksUnmatched: Bool = false, request: @escaping (PlannedLaunch) -> String) {
        self.request = request
        unmatched = parksUnmatched ? "parked" : "skipped"
    }

    /// The preview, mapping by mapping.
    package func render(_ preview: Preview) -> String {
        let switchedOff = preview.switchedOff.map { "\($0) is switched off (enabled: false).\n" }
        guard !preview.mappings.isEmpty || !switchedOff.isEmpty else { return "There are no mappings.\n" }
        var text = (preview.mappings.map(render) + switchedOff).joined(separator: "\n")
        if preview.plan.isUnmatched { text += "\nNo mapping wants this event: \(unmatched), unmatched.\n" }
        return text
    }

    private func render(_ previewed: PreviewedMapping) -> String {
        let title = "\(previewed.mapping.name) (\(previewed.mapping.file))"
        guard let plan = previewed.plan else {
            let lines = "\(previewed.explanation)".split(separator: "\n").map { "  \($0)" }
            return ([title + ": does not want this event"] + lines).joined(separator: "\n") + "\n"
        }
        var lines = [title + ": wants this event"]
        lines += previewed.notes.map { "  " + line($0) }
        if previewed.notesLeftOut > 0 { lines.append("  … and \(previewed.notesLeftOut) more steps") }
        for outcome in plan.outcomes { lines += self.lines(outcome) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func line(_ note: PreviewNote) -> String {
        switch note {
        case .value(let pointer, let path, let value, let became):
            "\(pointer) <- \(path) = \(value)" + (became.map { $0 == value ? "" : " -> \($0)" } ?? "")
        case .made(let pointer, let made): "\(pointer) -> \(made)"
        case .missing(let pointer, let why, let remedy): "\(pointer): missing, \(why)\(words(remedy))"
        case .incomplete(let pointer, let why): "\(pointer): not complete, \(why)"
        case .reached(let pointer): "\(pointer): taken"
        case .element(let path): "for \(path)"
        case .unwanted(let pointer, let count, let why):
            (["\(pointer): \"where\" leaves out \(count.counted("element"))"] + why
                + (count > why.count ? ["… and \(count - why.count) more"] : [])).joined(separator: "\n    ")
        }
    }

    private func words(_ remedy: PreviewNote.Remedy) -> String {
        switch remedy {
        case .none: ""
        case .fallback: "; the default stands in"
        case .leftOut: "; left out"
        }
    }

    private func lines(_ outcome: LaunchPlan) -> [String] {
        switch outcome {
        case .launch(let launch):
            ["  launches \(launch.launch.target) for \(launch.recipient)\(name(launch.element))"]
                + request(launch).split(separator: "\n", omittingEmptySubsequences: false).map {
                    $0.isEmpty ? "" : "    \($0)"
                }
        case .stop(let stop): ["  \(stop)"]
        }
    }

    private func name(_ element: Element) -> String {
        element == .only ? "" : ", element \(element.number) (\(element.name))"
    }
}

extension Stop: CustomStringConvertible {
    /// One line: `parked, missing at /content/order/total: $.total_price selects nothing, or null`.
    package var description: String {
        let end = launchClass == .skipped ? "skipped" : "parked"
        let element = element.map { $0 == .only ? "" : " (element \($0.name))" } ?? ""
        let place = pointer.tokens.isEmpty ? "" : " at \(pointer)"
        return "\(end), \(reason.rawValue)\(place)\(element): \(detail)"
    }
}

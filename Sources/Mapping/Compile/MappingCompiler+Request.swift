import Altcraft
import JSON

/// What the platform's calls make of the mapping: a launch with stand-ins for values is put to Altcraft's own checks.
extension MappingCompiler {
    /// Reports modes and parts that the call does not take.
    func checkRequest(_ root: Place, _ parts: MappingParts, _ delivery: DeliveryParts) {
        guard let target = parts.target else { return }
        var said = Set<String>()
        for alternative in parts.recipients {
            let launch = probe(target, parts, alternative.template)
            for fault in launch.faults(as: delivery.form, options: options.request) {
                guard let finding = finding(fault, root, alternative.place, delivery) else { continue }
                guard said.insert("\(finding.code.rawValue)\(finding.place.pointer)").inserted else { continue }
                if let name = finding.name {
                    findings.add(finding.code, name: name, fault.message, hint: fault.instead)
                } else {
                    findings.add(finding.code, at: finding.place, fault.message, hint: fault.instead)
                }
            }
        }
    }

    /// A launch that has everything that the mapping's launches may have.
    private func probe(_ target: TargetTemplate, _ parts: MappingParts, _ recipient: RecipientTemplate) -> Launch {
        var launch = Launch(target: standIn(target), audience: standIn(recipient))
        launch.content = parts.content.map { _ in .object([]) }
        launch.customData = parts.customData.map { _ in .object([]) }
        if parts.attachments != nil {
            launch.attachments = [Attachment(name: "a", mediaType: "text/plain", base64: "")]
        }
        launch.subscriptionFilter = parts.subscriptionFilter.map { _ in SubscriptionFilter(.email("a@example.com")) }
        launch.profile = parts.profile.map { ProfileImport(fields: .object([]), timeout: $0.timeout) }
        launch.fields = parts.fields.map { LinkField(name: $0.name, value: .string(""), option: $0.option) }
        return launch
    }

    private func standIn(_ target: TargetTemplate) -> LaunchTarget {
        switch target {
        case .fixed(let target): target
        case .campaign: .campaign(1)
        case .scenario: .scenario(1)
        case .link(let name, _): .link(name)
        }
    }

    private func standIn(_ recipient: RecipientTemplate) -> Audience {
        guard case .profile(let mode, let values) = recipient.audience else {
            return .query(.object([("field", .string("value"))]))
        }
        let given = Set(values.map(\.companion))
        func text(_ companion: Companion) -> String? { given.contains(companion) ? "a@example.com" : nil }
        return .profile(
            Recipient(
                matching: mode, email: text(.email), phone: text(.phone), profileID: text(.profileID),
                fieldName: text(.fieldName), fieldValue: text(.fieldValue).map(JSONValue.string),
                provider: text(.provider), subscriptionID: text(.subscriptionID),
                resourceID: given.contains(.resourceID) ? 1 : nil))
    }

    private struct Finding {
        let code: DiagnosticCode
        let place: Place
        var name: NamedPlace?
    }

    /// Where a fault of the platform's calls stands in the file; nil for what has been reported otherwise.
    private func finding(_ fault: LaunchFault, _ root: Place, _ recipient: Place, _ delivery: DeliveryParts) -> Finding?
    {
        switch fault.kind {
        case .modeNotTaken: return Finding(code: .modeNotTaken, place: recipient.member("matching") ?? recipient)
        case .partNotTaken(let part, _): return finding(part, root, recipient)
        case .filterWithQuery: return finding(.subscriptionFilter, root, recipient)
        case .scenarioBatch, .linkBatch:
            return delivery.batchPlace.map { Finding(code: .batchForScenario, place: $0) }
        case .companionMissing, .companionForeign, .badValue, .unsafeQuery, .notInXML: return nil
        }
    }

    private func finding(_ part: LaunchPart, _ root: Place, _ recipient: Place) -> Finding? {
        let holder: Place?
        switch part {
        case .resourceID, .query: holder = recipient
        case .timeout: holder = root.member("profile")
        default: holder = root
        }
        guard let name = holder?.members.first(where: { $0.name == part.rawValue }) else { return nil }
        return Finding(code: .foreignCompanion, place: name.place, name: name)
    }
}

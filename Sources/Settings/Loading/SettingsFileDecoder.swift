import Configuration
import JSON

/// Holds each member of the settings file against the table.
struct SettingsFileDecoder {
    /// Deep enough for any area; a settings file is flat.
    private static let limits = JSONLimits(bytes: 4 << 20, depth: 32, refusesDuplicates: false)
    /// Members that editors write and that set nothing.
    private static let ignored: Set<String> = ["$schema"]

    let path: String
    private(set) var findings: [SettingFinding] = []
    private(set) var positions: [String: JSONPosition] = [:]
    private(set) var values: [String: ConfigContent] = [:]

    init(path: String) {
        self.path = path
    }

    /// Reads the whole file.
    mutating func decode(_ bytes: [UInt8]) {
        do {
            let root = try JSONDocument.parse(bytes, limits: Self.limits).root
            guard root.kind == .object else {
                report(.type, nil, root.position, "holds \(root.kind.noun)", "write an object: {\"broker\": {…}, …}")
                return
            }
            decodeMembers(of: root, under: "")
        } catch {
            report(.syntax, nil, error.position, "is no JSON: \(error.message)", nil)
        }
    }

    /// `{"broker": {"url": …}}` and `{"broker.url": …}` name the same setting.
    private mutating func decodeMembers(of object: JSONNode, under prefix: String) {
        for member in object.members {
            let key = prefix.isEmpty ? member.name : "\(prefix).\(member.name)"
            if prefix.isEmpty, Self.ignored.contains(member.name) { continue }
            if let spec = SettingTable.spec(of: key) {
                decodeValue(member, spec)
            } else if SettingNames.isArea(key) {
                decodeArea(member, key)
            } else {
                let message = "there is no such setting"
                report(.unknown, key, member.nameNode.position, message, SettingNames.hint(forUnknown: key))
            }
        }
    }

    private mutating func decodeArea(_ member: JSONMember, _ key: String) {
        guard member.value.kind == .object else {
            let hint = "write an object: {\"\(key)\": {…}}"
            report(.type, key, member.value.position, "is \(member.value.kind.noun)", hint)
            return
        }
        decodeMembers(of: member.value, under: key)
    }

    private mutating func decodeValue(_ member: JSONMember, _ spec: SettingSpec) {
        guard isFirst(spec.key, at: member.nameNode.position) else { return }
        if spec.kind == .names, member.value.kind == .object {
            decodeNames(member.value, spec)
        } else if let content = content(of: member.value, for: spec.kind) {
            values[spec.key] = content
        } else {
            report(
                .type, spec.key, member.value.position, "is \(shown(member.value, spec))", "write \(spec.fileForm)")
        }
    }

    private mutating func decodeNames(_ object: JSONNode, _ spec: SettingSpec) {
        for entry in object.members {
            let key = "\(spec.key).\(LinkTable.normalised(entry.name))"
            guard isFirst(key, at: entry.nameNode.position) else { continue }
            if let text = entry.value.string {
                values[key] = .string(text)
            } else {
                report(.type, key, entry.value.position, "is \(entry.value.kind.noun)", "write a text in quotes")
            }
        }
    }

    /// Notes where a setting stands; reports it where it stands a second time.
    private mutating func isFirst(_ key: String, at position: JSONPosition) -> Bool {
        if let first = positions[key] {
            report(.duplicate, key, position, "is set twice", "it stands at line \(first.line) already")
            return false
        }
        positions[key] = position
        return true
    }

    /// What a message shows of a value of the wrong kind; of a text that is no secret, the text.
    private func shown(_ value: JSONNode, _ spec: SettingSpec) -> String {
        if spec.kind == .list, value.kind == .array { return "a list in which something is no text" }
        guard !spec.isSecret, let text = value.string, !text.contains("://") else { return value.kind.noun }
        return "the text \"\(text.prefix(80))\""
    }

    /// The value where its kind is right; numbers as their digits, which the table's reading understands.
    private func content(of value: JSONNode, for kind: SettingSpec.Kind) -> ConfigContent? {
        switch (kind, value.kind) {
        case (.text, .string), (.choice, .string), (.size, .string), (.duration, .string):
            return value.string.map { .string($0) }
        case (.boolean, .bool):
            return value.bool.map { .string(String($0)) }
        case (.choice(let words), .bool) where words.contains("true"):
            return value.bool.map { .string(String($0)) }
        case (.integer, .number), (.number, .number), (.size, .number), (.duration, .number):
            return value.number.map { .string($0.text) }
        case (.list, .string):
            return value.string.map { .stringArray(SettingNames.elements(of: $0)) }
        case (.list, .array):
            let texts = value.elements.map(\.string)
            let present = texts.compactMap(\.self)
            return present.count == texts.count ? .stringArray(present) : nil
        default:
            return nil
        }
    }

    private mutating func report(
        _ code: SettingFinding.Code,
        _ key: String?,
        _ position: JSONPosition,
        _ message: String,
        _ hint: String?
    ) {
        findings.append(
            SettingFinding(code, key: key, source: .file(path, position), message: message, hint: hint))
    }
}

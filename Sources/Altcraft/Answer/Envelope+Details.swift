import JSON

extension Envelope {
    /// Longest id that is believed: the platform's have 24 characters, its tasks' 41.
    private static let mostIDBytes = 256

    /// The profiles that `result` names; nil when there is no `result`.
    ///
    /// Elements that name none, or an error of their own, as other batch calls of the platform have them, are not
    /// counted. A single element in XML cannot be told from a list of one.
    var profileIDs: [String]? {
        guard let result = root["result"], !result.isNull else { return nil }
        return (result.elements ?? [result]).compactMap { element in
            guard element.kind == .object, let id = Self.id(element[Names.profileID]) else { return nil }
            let error = element[Names.error].map { integer($0) }
            return error == nil || error == 0 ? id : nil
        }
    }

    /// The task that the answer names: in `data`, where other task calls have it, or at the root.
    ///
    /// How the launch tasks
    /// answer is cut off in every copy of their pages.
    var taskID: String? {
        Self.id(root["data"]?["task_id"]) ?? Self.id(root["task_id"])
    }

    /// A number, in XML one that is spelled as text.
    func integer(_ value: JSONValue) -> Int64? {
        if let number = value.number { return number.int64 }
        guard isXML, let text = value.string, text.utf8.count <= 19 else { return nil }
        return Int64(text.trimmed)
    }

    /// A truth value, in XML one that is spelled as text.
    func truth(_ value: JSONValue) -> Bool? {
        if let bool = value.bool { return bool }
        guard isXML, let text = value.string else { return nil }
        return Bool(String(text.trimmed))
    }

    private static func id(_ value: JSONValue?) -> String? {
        guard let text = value?.string, (1...mostIDBytes).contains(text.utf8.count) else { return nil }
        return text
    }
}

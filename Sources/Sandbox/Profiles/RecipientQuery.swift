import JSON

/// One profile as a request names it: the mode and the companion fields that the mode asks for.
struct RecipientQuery: Sendable {
    let mode: MatchingMode
    var email: String?
    var phone: String?
    var profileID: String?
    var fieldName: String?
    var fieldValue: JSONValue?
    var provider: String?
    var subscriptionID: String?
    /// The resource that `email` and `phone` are looked up in; nil for any.
    var resourceID: Int?

    /// Reads the companions of a mode.
    ///
    /// - Parameters:
    ///   - mode: The mode.
    ///   - parameters: The request's root, or one element of a batch.
    ///   - fieldName: The name of the field, where it stands at the root of a batch.
    init(_ mode: MatchingMode, _ parameters: Parameters, fieldName: String? = nil) throws(Refusal) {
        self.mode = mode
        switch mode {
        case .email, .emailProfile, .emailSub: email = try parameters.companion("email", of: mode)
        case .phone, .phoneSub: phone = try parameters.companion("phone", of: mode)
        case .profileID: profileID = try parameters.companion("profile_id", of: mode)
        case .pushSub:
            provider = try parameters.companion("provider", of: mode)
            subscriptionID = try parameters.companion("subscription_id", of: mode)
        case .custom, .customSub:
            self.fieldName =
                if let own = try parameters.text("field_name") ?? fieldName { own } else {
                    try parameters.companion("field_name", of: mode)
                }
            fieldValue = try Self.fieldValue(parameters, mode)
        case .emailPhone, .emailPhoneSub:
            email = try parameters.text("email")
            phone = try parameters.text("phone")
            guard email != nil || phone != nil else {
                throw .request("matching \"\(mode.rawValue)\" needs \"email\" or \"phone\"")
            }
        }
    }

    private static func fieldValue(_ parameters: Parameters, _ mode: MatchingMode) throws(Refusal) -> JSONValue {
        guard let value = parameters["field_value"] else {
            throw .request("matching \"\(mode.rawValue)\" needs \"field_value\"")
        }
        switch value.kind {
        case .string, .number, .bool: return value
        default: throw .request("\"field_value\" must be a text or a number, not \(value.kind.noun)")
        }
    }

    /// All values that name the profile, which a fault for one recipient is compared with.
    var values: [String] {
        [email, phone, profileID, fieldValue.map(FieldText.of), subscriptionID].compactMap(\.self)
    }

    /// The query as the launch log shows it.
    func shown(profileID found: String?) -> JSONValue {
        var members: [(name: String, value: JSONValue)] = [("matching", .string(mode.rawValue))]
        switch mode {
        case .custom, .customSub:
            members.append(("field_name", .string(fieldName ?? "")))
            members.append(("value", fieldValue ?? .null))
        case .pushSub:
            members.append(("provider", .string(provider ?? "")))
            members.append(("value", .string(subscriptionID ?? "")))
        case .emailPhone, .emailPhoneSub:
            members.append(("value", .string(email ?? phone ?? "")))
            if let phone { members.append(("phone", .string(phone))) }
        default: members.append(("value", .string(email ?? phone ?? profileID ?? "")))
        }
        members.append(("profile_id", found.map { .string($0) } ?? .null))
        return .object(members)
    }
}

/// How a request names a profile: the eleven modes of the page on matching.
enum MatchingMode: String, Sendable, CaseIterable {
    case email
    case emailProfile = "email_profile"
    case emailSub = "email_sub"
    case phone
    case phoneSub = "phone_sub"
    case profileID = "profile_id"
    case pushSub = "push_sub"
    case custom
    case customSub = "custom_sub"
    case emailPhone = "email_phone"
    case emailPhoneSub = "email_phone_sub"

    /// The modes that the pages of the starts for one profile list.
    static let single: Set<MatchingMode> = [.email, .phone, .profileID, .custom]
    /// The modes that the pages of import and start list.
    static let importing: Set<MatchingMode> = [.email, .emailProfile, .phone, .profileID, .custom]
    /// All of them, as the pages of the batches list.
    static let all = Set(allCases)
}

extension Launch {
    /// The last segment of a v1.0 link for this launch's profile.
    ///
    /// - Throws: ``LaunchFault`` when there is no address, or none that a link can carry.
    func linkSegment() throws(LaunchFault) -> String {
        guard case .profile(let recipient) = audience, let email = recipient.email, !email.isEmpty else {
            throw LaunchFault(.companionMissing(.email, [.email]), "a v1.0 link needs an email address")
        }
        switch linkKey {
        case .md5: return AddressHash.md5(email)
        case .xxh64: return AddressHash.xxh64(email)
        case .email:
            guard email.utf8.count <= 320, let segment = PathSegment.encode(email) else {
                throw LaunchFault(
                    .badValue(nil), "the address cannot stand in a link",
                    instead: "name the profile by md5 or xxh64 of the address")
            }
            return segment
        }
    }
}

import Altcraft
import JSON

extension Audience {
    /// By what the ledger finds whom a launch was for; nothing for a query, as nobody can say who is in it.
    var identities: [String] {
        guard case .profile(let recipient) = self else { return [] }
        let texts = [recipient.email, recipient.phone, recipient.profileID, recipient.subscriptionID].compactMap(\.self)
        guard let value = recipient.fieldValue else { return texts }
        return texts + [value.string ?? value.number?.text].compactMap(\.self)
    }
}

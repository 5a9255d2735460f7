import JSON

/// What a search for one profile found.
enum Match: Sendable, Equatable {
    case none
    case one(Int)
    /// Several profiles: "the request will not work", as the guides say of a field that is not unique.
    case several(Int)

    init(_ rows: [Int]) {
        self = rows.isEmpty ? .none : rows.count == 1 ? .one(rows[0]) : .several(rows.count)
    }
}

extension ProfileStore {
    /// Finds the profile that a request names.
    func find(_ query: RecipientQuery, emailPhone: EmailPhone = .email) -> Match {
        switch query.mode {
        case .email: Match(union(byEmail(query), bySubscribedEmail(query)))
        case .emailProfile: Match(byEmail(query))
        case .emailSub: Match(bySubscribedEmail(query))
        case .phone: Match(union(byPhone(query), bySubscribedPhone(query)))
        case .phoneSub: Match(bySubscribedPhone(query))
        case .profileID: Match(rows(.id(query.profileID ?? "")))
        case .pushSub: Match(rows(.push(provider: query.provider ?? "", id: query.subscriptionID ?? "")))
        case .custom: Match(byField(query))
        case .customSub:
            Match(rows(.channelField(name: query.fieldName ?? "", text: query.fieldValue.map(FieldText.of) ?? "")))
        case .emailPhone: either(byEmail(query), byPhone(query), emailPhone)
        case .emailPhoneSub: either(bySubscribedEmail(query), bySubscribedPhone(query), emailPhone)
        }
    }

    /// Finds the profile that a link of version 1.0 names: by address, MD5 or xxHash.
    func find(linkSegment: String) -> Match {
        if linkSegment.contains("@") {
            return Match(union(rows(.email(spelled(linkSegment))), rows(.subscribedEmail(spelled(linkSegment)))))
        }
        return Match(rows(.hash(linkSegment.lowercased())))
    }

    private func byEmail(_ query: RecipientQuery) -> [Int] {
        guard let email = query.email else { return [] }
        return rows(.email(spelled(email)))
    }

    private func byPhone(_ query: RecipientQuery) -> [Int] {
        guard let phone = query.phone else { return [] }
        return rows(.phone(phone))
    }

    /// With a resource only subscriptions to it count; a profile whose data has none is subscribed to everything.
    private func bySubscribedEmail(_ query: RecipientQuery) -> [Int] {
        guard let email = query.email.map(spelled) else { return [] }
        return rows(.subscribedEmail(email)).filter { row in
            self[row].effectiveSubscriptions.contains { subscription in
                subscription.email.map(spelled) == email && subscription.isOf(query.resourceID)
            }
        }
    }

    private func bySubscribedPhone(_ query: RecipientQuery) -> [Int] {
        guard let phone = query.phone else { return [] }
        return rows(.subscribedPhone(phone)).filter { row in
            self[row].effectiveSubscriptions.contains { $0.phone == phone && $0.isOf(query.resourceID) }
        }
    }

    /// A field by its value; a field of tags by one tag or a combination of them.
    private func byField(_ query: RecipientQuery) -> [Int] {
        let (name, text) = (query.fieldName ?? "", query.fieldValue.map(FieldText.of) ?? "")
        let whole = rows(.field(name: name, text: text))
        let tags = FieldText.tags(text)
        guard let first = tags.first else { return whole }
        let tagged = tags.dropFirst().reduce(Set(rows(.tag(name: name, text: first)))) { found, tag in
            found.intersection(rows(.tag(name: name, text: tag)))
        }
        return union(whole, tagged.sorted())
    }

    private func either(_ first: [Int], _ second: [Int], _ winner: EmailPhone) -> Match {
        if first.isEmpty || second.isEmpty { return Match(first + second) }
        let both = first.filter(second.contains)
        if !both.isEmpty { return Match(both) }
        switch winner {
        case .email: return Match(first)
        case .phone: return Match(second)
        case .error: return .several(first.count + second.count)
        }
    }

    private func union(_ first: [Int], _ second: [Int]) -> [Int] {
        first + second.filter { !first.contains($0) }
    }
}

extension Subscription {
    /// Whether it is of a resource: nil on either side stands for any.
    func isOf(_ resource: Int?) -> Bool {
        resource == nil || resourceID == nil || resourceID == resource
    }
}

import JSON

/// Finds whom an event is about.
struct RecipientFinder {
    /// A way to find the person: the places that may tell.
    struct Alternative {
        let kind: Kind
        /// The places, the likeliest first.
        let spots: [EventScan.Spot]

        /// Whether the event itself tells.
        var isTold: Bool { spots.contains { $0.nodes.contains(where: kind.isSample) } }
        /// The values that would have to be missing for the next alternative to be used.
        var nodes: [JSONNode] { spots.flatMap(\.nodes) }
    }

    /// What finds a person.
    enum Kind {
        case email, phone, customer
    }

    /// The alternatives in the order in which people are best found.
    let alternatives: [Alternative]

    /// More places for one thing are no proposal but a list.
    private static let mostSpots = 3

    /// Takes alternatives that were found.
    init(alternatives: [Alternative]) {
        self.alternatives = alternatives
    }

    /// Looks through an event; a customer's id is for events that hold no address.
    init(_ scan: EventScan) {
        var found = [Kind.email, .phone].compactMap { RecipientFinder.alternative($0, scan) }
        if !found.contains(where: \.isTold), let customer = RecipientFinder.alternative(.customer, scan) {
            found.append(customer)
        }
        alternatives = found.contains(where: \.isTold) ? found : []
    }

    /// The path of a list of people, where only its elements tell whom the event is for, and there are several; else nil.
    ///
    /// A list that is called by what it holds, `phones`, has several numbers of one person.
    var people: String? {
        guard let first = alternatives.first?.spots.first, !first.isSingular, let end = first.path.firstRange(of: "[*]")
        else { return nil }
        let list = String(first.path[..<end.upperBound])
        let isShared = alternatives.allSatisfy { alternative in
            alternative.spots.allSatisfy { spot in
                spot.path.hasPrefix(list + ".") && !spot.path.dropFirst(list.count).contains("[*]")
            }
        }
        let name = first.path[..<end.lowerBound].split(separator: ".").last?.lowercased() ?? ""
        let isOfOne = ["phone", "mail", "contact"].contains(where: name.contains)
        return isShared && !isOfOne && Set(first.texts).count > 1 ? list : nil
    }

    /// The places of a kind; those in lists only where there are no others.
    private static func alternative(_ kind: Kind, _ scan: EventScan) -> Alternative? {
        let spots = scan.spots.filter { kind.isMeant($0) }
        let single = spots.filter(\.isSingular)
        // What stands in a list may be about somebody else; a customer's id there certainly is.
        let chosen = single.isEmpty && kind != .customer ? Array(spots.prefix(1)) : Array(single.prefix(mostSpots))
        return chosen.isEmpty ? nil : Alternative(kind: kind, spots: chosen)
    }
}

extension RecipientFinder.Kind {
    /// Words in a name that say that it is about the shop, not about the customer.
    private static let others = [
        "shop", "store", "from", "support", "sender", "merchant", "seller", "vendor", "staff", "manager", "company",
    ]
    private static let customerNames: Set<String> = [
        "userid", "user_id", "customerid", "customer_id", "crm_id", "crmid", "loyalty_id", "loyaltyid", "client_id",
        "clientid", "subscriber_id", "profile_id",
    ]

    /// Whether a place is of this kind, by its name and what stands there.
    func isMeant(_ spot: EventScan.Spot) -> Bool {
        let isLeaf = spot.nodes.allSatisfy { [.string, .number, .null].contains($0.kind) }
        guard isLeaf, !Self.isOfOthers(spot) else { return false }
        let isBlank = spot.texts.allSatisfy(\.isEmpty) && !spot.nodes.contains { $0.kind == .number }
        switch self {
        case .email:
            return spot.name.contains("mail") && spot.nodes.contains(where: isSample)
                || spot.name.hasSuffix("email") && isBlank
        case .phone:
            let isNamed = spot.name.contains("phone") || spot.name == "mobile" || spot.name == "msisdn"
            let isListed = !spot.isSingular && spot.names.suffix(2).contains { $0.contains("phone") }
            return (isNamed || isListed) && (spot.nodes.contains(where: isSample) || isNamed && isBlank)
        case .customer:
            return Self.customerNames.contains(spot.name) && spot.nodes.contains(where: isSample)
        }
    }

    /// Whether the name says that it is about somebody else, or that of what it stands in: `support_email`, `from.email`.
    private static func isOfOthers(_ spot: EventScan.Spot) -> Bool {
        let holder = spot.names.dropLast().last ?? ""
        return others.contains { spot.name.contains($0) || holder == $0 || holder == $0 + "s" }
    }

    /// Whether a value could be used.
    func isSample(_ node: JSONNode) -> Bool {
        switch self {
        case .email: node.string.map { $0.contains("@") && $0.contains(".") } ?? false
        case .phone: node.string.map { $0.count { $0.isNumber } >= 7 } ?? false
        case .customer: node.string.map { !$0.isEmpty } ?? node.number.map { $0 > JSONNumber(0) } ?? false
        }
    }

    /// What stands in where the event tells nothing, in a test.
    var example: String {
        switch self {
        case .email: "anna@example.com"
        case .phone: "+79161234567"
        case .customer: "1"
        }
    }

    /// The word for it in the name of a test.
    var noun: String {
        switch self {
        case .email: "email address"
        case .phone: "phone number"
        case .customer: "customer's id"
        }
    }
}

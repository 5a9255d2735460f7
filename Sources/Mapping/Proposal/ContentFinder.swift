import Functions
import JSON

/// Finds what a message could show, and writes it as a mapping would: money and dates as text, lists as lists.
struct ContentFinder {
    typealias Member = (name: String, value: JSONValue)

    private let origin: EventOrigin
    /// The currency that amounts are in where nothing nearer says it: the path, and the event's own.
    private let currency: (path: String, text: String)?
    /// The object that the event is about, and its path.
    let subject: (node: JSONNode, path: String)
    /// What stands beside it and belongs to a message, with the path of what holds both.
    private let beside: (members: [JSONMember], path: String)

    /// More members are no proposal but a copy.
    private static let mostMembers = 24
    private static let mostNested = 6
    private static let mostInItem = 10

    init(body: JSONNode, origin: EventOrigin) {
        self.origin = origin
        let holders = ContentFinder.holders(in: body)
        let last = holders.count - 1
        subject = (holders[last].node, holders[last].path)
        let holder = holders[max(0, last - 1)]
        beside = (
            last == 0 ? [] : holder.node.members.filter { ContentFinder.isShown($0) }, holder.path
        )
        currency =
            ContentFinder.currency(in: subject.node, subject.path)
            ?? ContentFinder.currency(in: body, "$")
    }

    /// The members of `content`.
    var content: [Member] {
        var members: [Member] = []
        for member in subject.node.members where members.count < ContentFinder.mostMembers {
            guard let value = value(member, of: subject.path, isNested: true) else { continue }
            members.append((PathSpelling.key(member.name), value))
        }
        for member in beside.members where !members.contains(where: { $0.name == PathSpelling.key(member.name) }) {
            guard let value = value(member, of: beside.path, isNested: true) else { continue }
            members.append((PathSpelling.key(member.name), value))
        }
        return members
    }

    /// `let` of a mapping whose content speaks of a currency by name.
    var variables: [Member] {
        currency.map { [("currency", ContentFinder.currencyValue($0.path, $0.text))] } ?? []
    }

    /// Envelopes are looked into: what the event is about stands in one of these.
    static let envelopes = [
        "data", "payload", "object", "order", "cart", "checkout", "invoice", "subscription", "properties", "detail",
    ]

    /// The body and what is in it, down to what the event is about.
    private static func holders(in body: JSONNode) -> [(node: JSONNode, path: String)] {
        var holders = [(node: body, path: "$")]
        // An envelope in an envelope in an envelope is the most that has been seen.
        for _ in 0..<3 {
            let (node, path) = holders[holders.count - 1]
            guard
                let (name, inner) = envelopes.lazy.compactMap({ name in node[name].map { (name, $0) } })
                    .first(where: { isSubject($0.1) })
            else { break }
            holders.append((inner, PathSpelling.member(name, of: path)))
        }
        return holders
    }

    /// Whether what stands beside the order is part of its message: what was bought, and by whom.
    private static func isShown(_ member: JSONMember) -> Bool {
        let name = member.name.lowercased()
        if member.value.kind == .array {
            return ["line", "item", "product", "position"].contains(where: name.contains)
        }
        return member.value.kind == .object && ["customer", "buyer", "client", "user"].contains(name)
    }

    private static func isSubject(_ node: JSONNode) -> Bool {
        guard node.kind == .object else { return false }
        return node.count >= 3 || node.members.contains { envelopes.contains($0.name) && $0.value.kind == .object }
    }
}

extension ContentFinder {
    /// What a member becomes; nil where a message has no use for it.
    private func value(_ member: JSONMember, of path: String, isNested: Bool) -> JSONValue? {
        let place = PathSpelling.member(member.name, of: path)
        switch member.value.kind {
        case .object: return money(member.value, place) ?? (isNested ? nested(member.value, place) : nil)
        case .array: return isNested ? list(member.value, place) : nil
        default: return scalar(member.name, [member.value], place)
        }
    }

    private func nested(_ object: JSONNode, _ path: String) -> JSONValue? {
        let members = object.members.compactMap { member in
            value(member, of: path, isNested: false).map { (PathSpelling.key(member.name), $0) }
        }
        return members.isEmpty ? nil : .object(Array(members.prefix(ContentFinder.mostNested)))
    }

    /// A list of objects becomes a list with what its elements have.
    private func list(_ list: JSONNode, _ path: String) -> JSONValue? {
        let elements = Array(list.elements.prefix(50))
        guard !elements.isEmpty, elements.allSatisfy({ $0.kind == .object }) else { return nil }
        var members: [Member] = []
        for member in elements.flatMap({ Array($0.members) })
        where members.count < ContentFinder.mostInItem
            && !members.contains(where: { $0.name == PathSpelling.key(member.name) })
        {
            guard let value = itemValue(member.name, elements) else { continue }
            members.append((PathSpelling.key(member.name), value))
        }
        guard !members.isEmpty else { return nil }
        return .object([
            ("$each", .string(PathSpelling.elements(of: path))), ("limit", .number(JSONNumber(100))),
            ("item", .object(members)),
        ])
    }

    private func itemValue(_ name: String, _ elements: [JSONNode]) -> JSONValue? {
        let values = elements.map { $0[name] }
        let place = PathSpelling.member(name, of: "@")
        let present = values.compactMap(\.self)
        guard present.allSatisfy({ $0.kind == .object }), present.count == elements.count else {
            return scalar(name, values, place)
        }
        if let first = present.first, let amount = money(first, place) { return amount }
        let inner = present.first.map { Array($0.members.map(\.name)) } ?? []
        let members = inner.compactMap { name in
            scalar(name, present.map { $0[name] }, PathSpelling.member(name, of: place)).map {
                (name: PathSpelling.key(name), value: $0)
            }
        }
        return members.isEmpty ? nil : .object(Array(members.prefix(ContentFinder.mostNested)))
    }

    /// A scalar that all, or some, of several objects have; what some lack is optional.
    private func scalar(_ name: String, _ values: [JSONNode?], _ path: String) -> JSONValue? {
        let usable = values.compactMap(\.self).filter { !$0.isNull && $0.string != "" }
        guard let sample = usable.first, usable.allSatisfy({ $0.kind == sample.kind }) else { return nil }
        let meaning = MemberMeaning(name: name, sample, currency: currency?.text)
        if case .hidden = meaning { return nil }
        var pipe = pipe(meaning)
        var members: [Member] = [("$path", .string(path))]
        let isComplete = usable.count == values.count
        if !isComplete, sample.kind == .string { pipe.insert(.string("nonblank"), at: 0) }
        if !pipe.isEmpty { members.append(("pipe", .array(pipe))) }
        if !isComplete { members.append(("optional", .bool(true))) }
        return members.count == 1 ? .string(path) : .object(members)
    }

    private func pipe(_ meaning: MemberMeaning) -> [JSONValue] {
        switch meaning {
        case .plain, .hidden: []
        case .money(let isMinor):
            currency == nil ? [] : moneyPipe(.object([("$var", .string("currency"))]), isMinor: isMinor)
        case .moment(let reading): [read(reading), date]
        }
    }

    private func read(_ reading: MemberMeaning.MomentReading) -> JSONValue {
        switch reading {
        case .rfc3339: .string("datetime")
        case .unix: .object([("datetime", .object([("from", .string("unix"))]))])
        case .local(let pattern, let isUTC):
            .object([
                (
                    "datetime",
                    .object([("pattern", .string(pattern)), ("zone", .string(isUTC ? "UTC" : origin.zone))])
                )
            ])
        }
    }

    private var date: JSONValue {
        let parts: [Member] = [
            ("pattern", .string("d MMMM yyyy")), ("zone", .string(origin.zone)), ("locale", .string(origin.locale)),
        ]
        return .object([("date", .object(parts))])
    }
}

extension ContentFinder {
    private static let currencyNames = ["currency", "currencycode", "currency_code"]

    private static func currency(in object: JSONNode, _ path: String) -> (path: String, text: String)? {
        for member in object.members where currencyNames.contains(member.name.lowercased()) {
            guard let text = member.value.string, text.count == 3, text.allSatisfy(\.isLetter) else { continue }
            return (PathSpelling.member(member.name, of: path), text)
        }
        // `"currency": {"isoCode": "EUR"}`.
        for member in object.members where member.name.lowercased() == "currency" {
            for name in ["isoCode", "iso_code", "code"] {
                guard let text = member.value[name]?.string, text.count == 3, text.allSatisfy(\.isLetter) else {
                    continue
                }
                return (PathSpelling.member(name, of: PathSpelling.member(member.name, of: path)), text)
            }
        }
        return nil
    }

    /// An object that is an amount with its currency: `{"amount", "currency"}`, `{"centAmount", "currencyCode"}`.
    private func money(_ object: JSONNode, _ path: String) -> JSONValue? {
        guard object.count <= 5 else { return object["value"].flatMap { money($0, path + ".value") } }
        guard let currency = ContentFinder.currency(in: object, path) else {
            return object["value"].flatMap { $0.kind == .object ? money($0, path + ".value") : nil }
        }
        let names = [("amount", false), ("centAmount", true), ("cents", true), ("value", false)]
        for (name, isMinor) in names {
            guard let amount = object[name], amount.number != nil || amount.string.flatMap(JSONNumber.init) != nil
            else {
                continue
            }
            let pipe = moneyPipe(ContentFinder.currencyValue(currency.path, currency.text), isMinor: isMinor)
            return .object([("$path", .string(PathSpelling.member(name, of: path))), ("pipe", .array(pipe))])
        }
        return nil
    }

    private func moneyPipe(_ currency: JSONValue, isMinor: Bool) -> [JSONValue] {
        let scale: [JSONValue] = isMinor ? [.object([("scale", .object([("currency", currency)]))])] : []
        let money: [Member] = [("currency", currency), ("locale", .string(origin.locale))]
        return [.string("decimal")] + scale + [.object([("money", .object(money))])]
    }

    /// A currency as the functions take it: in capital letters.
    private static func currencyValue(_ path: String, _ text: String) -> JSONValue {
        guard text != text.uppercased() else { return .string(path) }
        return .object([("$path", .string(path)), ("pipe", .array([.string("uppercase")]))])
    }
}

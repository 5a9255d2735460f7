import EventPattern
import JSON

/// The four shapes in which many mappings come.
enum IndexShape: String, CaseIterable {
    /// Each mapping waits for another store.
    case selectiveExact = "selective-exact"
    /// Every mapping names one of two values first, and then its store.
    case twoValuedEarlyField = "two-valued-early-field"
    /// Each mapping waits for texts with another beginning.
    case prefix
    /// No condition can be looked up: an honest worst case, where each mapping is asked.
    case residual

    static let sizes = [10, 1_000, 10_000, 100_000]

    /// Whether many may cost at most one and a half times what few cost.
    var isGated: Bool { self == .selectiveExact || self == .twoValuedEarlyField }

    /// What choosing among so many mappings costs for an event that one of them wants.
    func nanoseconds(mappings: Int) throws -> Int {
        var conditions: [(id: Int, condition: EventCondition)] = []
        for number in 0..<mappings {
            let when = try JSONDocument.parse(#"{"body": \#(pattern(number))}"#).root
            if let condition = EventCondition.compile(when: when).condition { conditions.append((number, condition)) }
        }
        let index = EventIndex(conditions)
        let view = EventView(routingKey: "order.paid", body: try JSONDocument.parse(event).root)
        precondition(conditions.count == mappings && index.match(view).contains(7))
        return Measure.median { precondition(!index.match(view).isEmpty) }
    }

    private func pattern(_ number: Int) -> String {
        switch self {
        case .selectiveExact: #"{"store": ["store-\#(number)"]}"#
        case .twoValuedEarlyField: #"{"active": [\#(number % 2 == 1)], "store": ["store-\#(number)"]}"#
        case .prefix: #"{"sku": [{"prefix": "sku-\#(number)-"}]}"#
        case .residual:
            #"{"store": [{"anything-but": "store-\#(number + 100)"}], "sku": [{"anything-but": "sku-7-x"}, {"exists": false}]}"#
        }
    }

    private var event: String {
        let sku = self == .residual ? "sku-8-x" : "sku-7-x"
        return #"{"active": true, "id": 1042, "sku": "\#(sku)", "store": "store-7", "total": 11849.90}"#
    }
}

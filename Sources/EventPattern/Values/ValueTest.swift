import JSON

/// One entry of a value list, compiled.
enum ValueTest: Sendable {
    case text(JSONName)
    case number(ExactNumber)
    case bool(Bool)
    case null
    case exists(Bool)
    case form(TextTest)
    case numeric(NumericRange)
    case cidr(AddressBlock)
    case anythingBut(AnythingBut)
}

extension ValueTest {
    /// Whether the entry accepts more than one value, so that pairs with it must be thought about.
    var isOpen: Bool {
        switch self {
        case .text, .number, .bool, .null: false
        case .exists(let exists): exists
        case .form, .numeric, .cidr, .anythingBut: true
        }
    }
}

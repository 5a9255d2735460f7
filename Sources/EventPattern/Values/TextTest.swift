import JSON

/// A form that a text may have.
enum TextTest: Sendable {
    case prefix([UInt8])
    case suffix([UInt8])
    case foldedEqual(FoldedText)
    case foldedPrefix(FoldedText)
    case foldedSuffix(FoldedText)
    case wildcard(Wildcard)

    /// Whether a text has the form.
    func accepts(_ text: ArraySlice<UInt8>) -> Bool {
        switch self {
        case .prefix(let bytes): text.starts(with: bytes)
        case .suffix(let bytes): text.suffix(bytes.count).elementsEqual(bytes)
        case .foldedEqual(let folded): folded.equals(text)
        case .foldedPrefix(let folded): folded.isPrefix(of: text)
        case .foldedSuffix(let folded): folded.isSuffix(of: text)
        case .wildcard(let wildcard): wildcard.matches(text)
        }
    }
}

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

/// Numbers between two bounds, either of which may be missing.
struct NumericRange: Sendable {
    /// A number and whether it is itself inside.
    struct Bound: Sendable {
        let value: ExactNumber
        let isInside: Bool
    }

    let lower: Bound?
    let upper: Bound?
    /// Whether texts that are whole JSON numbers count too.
    let readsText: Bool

    /// Whether a number is inside.
    func contains(_ number: ExactNumber) -> Bool {
        if let lower, lower.isInside ? number < lower.value : number <= lower.value { return false }
        if let upper, upper.isInside ? number > upper.value : number >= upper.value { return false }
        return true
    }

    /// Whether a leaf is a number (or a text that is one, where that is asked for) inside.
    func accepts(_ leaf: JSONNode) -> Bool {
        switch leaf.kind {
        case .number: contains(ExactNumber(leaf.rawBytes))
        case .string where readsText: ExactNumber(wholeText: leaf.utf8).map(contains) ?? false
        default: false
        }
    }
}

/// Any leaf but those named: also null, numbers and booleans where texts are named.
enum AnythingBut: Sendable {
    case texts([JSONName], TextLiterals)
    case numbers([ExactNumber])
    case forms([TextTest])

    /// Whether a leaf is none of those named.
    func accepts(_ leaf: JSONNode) -> Bool {
        switch self {
        case .texts(_, let texts): leaf.kind != .string || !texts.contains(leaf)
        case .numbers(let numbers): leaf.kind != .number || !numbers.contains(ExactNumber(leaf.rawBytes))
        case .forms(let forms): leaf.kind != .string || !AnythingBut.accepts(leaf.utf8, forms)
        }
    }

    private static func accepts(_ text: ArraySlice<UInt8>, _ forms: [TextTest]) -> Bool {
        for form in forms where form.accepts(text) { return true }
        return false
    }
}

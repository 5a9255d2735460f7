import JSON

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

extension AnythingBut {
    /// How many values or forms are named.
    var count: Int {
        switch self {
        case .texts(let names, _): names.count
        case .numbers(let numbers): numbers.count
        case .forms(let forms): forms.count
        }
    }
}

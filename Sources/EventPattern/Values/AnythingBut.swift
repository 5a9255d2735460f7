import JSON

/// Any leaf but those named: also null, numbers and booleans where texts are named.
enum AnythingBut: Sendable {
    case texts([JSONName], TextLiterals)
    case numbers(NumberLiterals)
    case forms([TextTest], TextForms)

    /// Whether a leaf is none of those named.
    func accepts(_ leaf: JSONNode) -> Bool {
        switch self {
        case .texts(_, let texts): leaf.kind != .string || !texts.contains(leaf)
        case .numbers(let numbers): leaf.kind != .number || !numbers.contains(ExactNumber(leaf.rawBytes))
        case .forms(_, let forms): leaf.kind != .string || !forms.accepts(leaf.utf8)
        }
    }
}

extension AnythingBut {
    /// How many values or forms are named.
    var count: Int {
        switch self {
        case .texts(let names, _): names.count
        case .numbers(let numbers): numbers.all.count
        case .forms(let forms, _): forms.count
        }
    }
}

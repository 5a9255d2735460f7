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

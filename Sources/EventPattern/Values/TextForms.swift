/// The forms of a list, of which a text must have one.
///
/// Few are tried in turn. Of many, the prefixes are looked for in one walk along the text, the suffixes in one walk back
/// from its end, and texts in any case by their hash, so that a list of ten thousand costs little more than one of ten.
struct TextForms: Sendable {
    private var prefixes = ByteTrie()
    private var suffixes = ByteTrie()
    private var folded: [UInt32: [FoldedText]] = [:]
    private var others: [TextTest] = []

    init(_ forms: [TextTest]) {
        guard forms.count > 8 else {
            others = forms
            return
        }
        for form in forms {
            switch form {
            case .prefix(let bytes): _ = prefixes.posting(for: bytes) { 0 }
            case .suffix(let bytes): _ = suffixes.posting(for: bytes.reversed()) { 0 }
            case .foldedEqual(let text): folded[text.hash, default: []].append(text)
            case .foldedPrefix, .foldedSuffix, .wildcard: others.append(form)
            }
        }
    }

    /// Whether a text has one of the forms.
    func accepts(_ text: ArraySlice<UInt8>) -> Bool {
        if prefixes.holdsStart(of: text) || suffixes.holdsStart(of: text.reversed()) { return true }
        if !folded.isEmpty, let near = folded[FoldedText.hash(text)] {
            for folded in near where folded.equals(text) { return true }
        }
        for other in others where other.accepts(text) { return true }
        return false
    }
}

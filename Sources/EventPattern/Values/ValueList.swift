import JSON

/// A list of values and operators, of which one must accept: `field` of the definition.
///
/// The entries are sorted by kind when the list is compiled, so that asking costs one look at the leaf's kind, one
/// look-up among the literals of that kind, and the operators one by one.
final class ValueList: Sendable {
    /// The list as it was written.
    let node: JSONNode
    /// The entries in their order.
    let tests: [ValueTest]
    /// Whether the list holds when there is no leaf.
    let acceptsAbsent: Bool
    /// Whether any leaf will do.
    let acceptsAnyLeaf: Bool

    private let acceptsNull: Bool
    private let acceptsTrue: Bool
    private let acceptsFalse: Bool
    private let texts: TextLiterals
    private let numbers: NumberLiterals
    private let forms: TextForms
    private let ranges: [NumericRange]
    /// Those of the ranges that take texts as well.
    private let textRanges: [NumericRange]
    private let blocks: [AddressBlock]
    private let exceptions: [AnythingBut]
    /// Whether some operator needs the text itself.
    private let readsTexts: Bool

    init(node: JSONNode, tests: [ValueTest]) {
        self.node = node
        self.tests = tests
        var sorted = SortedTests()
        for test in tests { sorted.add(test) }
        acceptsAbsent = sorted.absent
        acceptsAnyLeaf = sorted.present
        acceptsNull = sorted.null
        acceptsTrue = sorted.yes
        acceptsFalse = sorted.no
        texts = TextLiterals(sorted.texts)
        numbers = NumberLiterals(sorted.numbers)
        forms = TextForms(sorted.forms)
        ranges = sorted.ranges
        textRanges = sorted.ranges.filter(\.readsText)
        blocks = sorted.blocks
        readsTexts = !(sorted.forms.isEmpty && textRanges.isEmpty && blocks.isEmpty)
        exceptions = sorted.exceptions
    }

    /// Whether the list holds for what stands at its path; nil where nothing does.
    func holds(_ value: JSONNode?) -> Bool {
        guard let value else { return acceptsAbsent }
        switch value.kind {
        case .object: return acceptsAbsent
        case .array:
            var sawLeaf = false
            return acceptsLeaf(of: value, &sawLeaf) || (!sawLeaf && acceptsAbsent)
        default: return accepts(value)
        }
    }

    /// Looks through nested arrays, but not into objects.
    private func acceptsLeaf(of array: JSONNode, _ sawLeaf: inout Bool) -> Bool {
        for element in array.elements {
            switch element.kind {
            case .object: continue
            case .array:
                if acceptsLeaf(of: element, &sawLeaf) { return true }
            default:
                if accepts(element) { return true }
                sawLeaf = true
            }
        }
        return false
    }

    /// Whether some entry accepts a leaf.
    func accepts(_ leaf: JSONNode) -> Bool {
        if acceptsAnyLeaf { return true }
        switch leaf.kind {
        case .string: if acceptsText(leaf) { return true }
        case .number: if acceptsNumber(leaf) { return true }
        case .null: if acceptsNull { return true }
        case .bool: if leaf.bool == true ? acceptsTrue : acceptsFalse { return true }
        case .array, .object, .opaque: break
        }
        for exception in exceptions where exception.accepts(leaf) { return true }
        return false
    }

    /// The literals first, by hash; the text itself is only taken out when an operator needs it.
    private func acceptsText(_ leaf: JSONNode) -> Bool {
        if !texts.isEmpty, texts.contains(leaf) { return true }
        guard readsTexts else { return false }
        let text = leaf.utf8
        if forms.accepts(text) { return true }
        if !blocks.isEmpty, let address = InternetAddress(text) {
            for block in blocks where block.contains(address) { return true }
        }
        if !textRanges.isEmpty, let number = ExactNumber(wholeText: text) {
            for range in textRanges where range.contains(number) { return true }
        }
        return false
    }

    private func acceptsNumber(_ leaf: JSONNode) -> Bool {
        guard !numbers.isEmpty || !ranges.isEmpty else { return false }
        let number = ExactNumber(leaf.rawBytes)
        if numbers.contains(number) { return true }
        for range in ranges where range.contains(number) { return true }
        return false
    }
}

/// The entries of a list by kind.
private struct SortedTests {
    var absent = false
    var present = false
    var null = false
    var yes = false
    var no = false
    var texts: [JSONName] = []
    var numbers: [ExactNumber] = []
    var forms: [TextTest] = []
    var ranges: [NumericRange] = []
    var blocks: [AddressBlock] = []
    var exceptions: [AnythingBut] = []

    mutating func add(_ test: ValueTest) {
        switch test {
        case .text(let text): texts.append(text)
        case .number(let number): numbers.append(number)
        case .bool(let bool): if bool { yes = true } else { no = true }
        case .null: null = true
        case .exists(let exists): if exists { present = true } else { absent = true }
        case .form(let form): forms.append(form)
        case .numeric(let range): ranges.append(range)
        case .cidr(let block): blocks.append(block)
        case .anythingBut(let exception): exceptions.append(exception)
        }
    }
}

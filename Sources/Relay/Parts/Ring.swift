/// A first-in, first-out queue in one growing buffer: no allocation once it has its size.
struct Ring<Element> {
    private var buffer: [Element?] = []
    private var head = 0

    /// How many are queued.
    private(set) var count = 0

    /// Whether nothing is queued.
    var isEmpty: Bool { count == 0 }

    /// The next one out.
    var first: Element? { count == 0 ? nil : buffer[head] }

    /// Puts an element at the end.
    mutating func append(_ element: Element) {
        if count == buffer.count { grow() }
        buffer[(head + count) & (buffer.count - 1)] = element
        count += 1
    }

    /// Puts an element before all others.
    mutating func prepend(_ element: Element) {
        if count == buffer.count { grow() }
        head = (head - 1) & (buffer.count - 1)
        buffer[head] = element
        count += 1
    }

    /// Takes the next one out.
    mutating func popFirst() -> Element? {
        guard count > 0 else { return nil }
        let element = buffer[head]
        buffer[head] = nil
        head = (head + 1) & (buffer.count - 1)
        count -= 1
        return element
    }

    /// Keeps what fulfils the condition, in order.
    mutating func keep(where condition: (Element) -> Bool) {
        for _ in 0..<count {
            guard let element = popFirst() else { return }
            if condition(element) { append(element) }
        }
    }

    /// Doubles the buffer; its size stays a power of two, so that wrapping is a mask.
    private mutating func grow() {
        var larger: [Element?] = []
        larger.reserveCapacity(max(16, buffer.count * 2))
        for offset in 0..<count { larger.append(buffer[(head + offset) & (buffer.count - 1)]) }
        for _ in count..<max(16, buffer.count * 2) { larger.append(nil) }
        buffer = larger
        head = 0
    }
}

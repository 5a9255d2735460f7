/// Finds all stored texts that a text begins with, byte by byte; fed backwards, all that it ends with.
struct ByteTrie: Sendable {
    private struct Node: Sendable {
        /// The next bytes in ascending order, and where they lead.
        var edges: [(byte: UInt8, node: Int)] = []
        var posting: Int?
    }

    private var nodes = [Node()]

    /// The posting of a text, which is made with `make` when the text is new.
    mutating func posting(for bytes: some Sequence<UInt8>, make: () -> Int) -> Int {
        var node = 0
        for byte in bytes {
            let place = edge(of: node, byte)
            if place < nodes[node].edges.count, nodes[node].edges[place].byte == byte {
                node = nodes[node].edges[place].node
                continue
            }
            nodes[node].edges.insert((byte, nodes.count), at: place)
            node = nodes.count
            nodes.append(Node())
        }
        if let posting = nodes[node].posting { return posting }
        let posting = make()
        nodes[node].posting = posting
        return posting
    }

    /// Whether these bytes begin with a stored text.
    func holdsStart(of bytes: some Sequence<UInt8>) -> Bool {
        guard nodes.count > 1 else { return false }
        var node = 0
        for byte in bytes {
            let place = edge(of: node, byte)
            guard place < nodes[node].edges.count, nodes[node].edges[place].byte == byte else { return false }
            node = nodes[node].edges[place].node
            if nodes[node].posting != nil { return true }
        }
        return false
    }

    /// Adds the postings of all stored texts that these bytes begin with.
    func find(_ bytes: some Sequence<UInt8>, into found: inout Postings) {
        var node = 0
        for byte in bytes {
            let place = edge(of: node, byte)
            guard place < nodes[node].edges.count, nodes[node].edges[place].byte == byte else { return }
            node = nodes[node].edges[place].node
            if let posting = nodes[node].posting { found.add(posting) }
        }
    }

    /// The place of a byte among the edges of a node, or where it would have to be put.
    private func edge(of node: Int, _ byte: UInt8) -> Int {
        var low = 0
        var high = nodes[node].edges.count
        while low < high {
            let middle = (low + high) / 2
            if nodes[node].edges[middle].byte < byte { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

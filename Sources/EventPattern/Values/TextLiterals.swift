import JSON

/// A set of texts that is asked with the hash that documents keep beside every text.
///
/// Few texts are compared in turn; many are found by bisection over the hashes, so that a list of ten thousand stores
/// costs a dozen comparisons of integers.
struct TextLiterals: Sendable {
    private let hashes: [UInt32]
    private let texts: [JSONName]

    init(_ texts: [JSONName]) {
        let sorted = texts.sorted { $0.hash < $1.hash }
        hashes = sorted.map(\.hash)
        self.texts = sorted
    }

    /// Whether there is no text in the set.
    var isEmpty: Bool { texts.isEmpty }

    /// Whether a string of a document is in the set.
    func contains(_ leaf: JSONNode) -> Bool {
        let hash = leaf.stringHash
        var place = hashes.count > 8 ? lowerBound(hash) : 0
        while place < hashes.count {
            if hashes[place] == hash {
                if leaf.equals(texts[place]) { return true }
            } else if hashes[place] > hash {
                return false
            }
            place += 1
        }
        return false
    }

    private func lowerBound(_ hash: UInt32) -> Int {
        var low = 0
        var high = hashes.count
        while low < high {
            let middle = (low + high) / 2
            if hashes[middle] < hash { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

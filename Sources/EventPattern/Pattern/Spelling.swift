/// Finds what somebody meant to write.
package enum Spelling {
    /// The most similar of the valid names, if it is within two insertions, deletions or replacements.
    ///
    /// - Parameter names: The names valid at that place; of equally similar ones that with the longest common beginning
    ///   is taken, and of those the first.
    package static func nearest(_ word: String, among names: some Sequence<String>) -> String? {
        var best: (name: String, distance: Int, shared: Int)?
        let letters = Array(word.unicodeScalars.prefix(64))
        for name in names {
            let distance = distance(letters, Array(name.unicodeScalars.prefix(64)))
            guard distance <= 2, distance < name.unicodeScalars.count, distance <= best?.distance ?? 2 else { continue }
            let shared = zip(letters, name.unicodeScalars).prefix { $0 == $1 }.count
            if let best, best.distance == distance, best.shared >= shared { continue }
            best = (name, distance, shared)
        }
        return best?.name
    }

    /// Levenshtein's distance.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var row = Array(0...right.count)
        for (line, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for column in right.indices {
                let replaced = diagonal + (letter == right[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, row[column + 1] + 1, row[column] + 1)
            }
        }
        return row[right.count]
    }
}

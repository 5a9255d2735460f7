/// How two patterns stand to each other, decided word by word.
extension RoutingKeyPattern {
    /// Most sets of places that are looked at before the answer is given up; people's patterns need a dozen.
    private static let mostStates = 512

    /// Whether every key of another pattern is one of this pattern too.
    ///
    /// Walks the other pattern with the set of all places that this one may have reached. The words of keys that matter
    /// are those that either pattern names, and one that neither does. False where the walk would be too long.
    package func covers(_ other: RoutingKeyPattern) -> Bool {
        if other.isLiteral { return matches(other.text) }
        let alphabet = Set(words + other.words).filter { $0 != .many }.union([.one])
        var open = [Walk(place: 0, reached: closure([0]))]
        var seen = Set(open)
        while let walk = open.popLast() {
            if walk.place == other.words.count {
                guard walk.reached.contains(words.count) else { return false }
                continue
            }
            let word = other.words[walk.place]
            var next: [Walk] = []
            if word == .many {
                next.append(Walk(place: walk.place + 1, reached: walk.reached))
                next += alphabet.map { Walk(place: walk.place, reached: step(walk.reached, over: $0)) }
            } else if word == .one {
                next += alphabet.map { Walk(place: walk.place + 1, reached: step(walk.reached, over: $0)) }
            } else {
                next.append(Walk(place: walk.place + 1, reached: step(walk.reached, over: word)))
            }
            for walk in next where seen.insert(walk).inserted { open.append(walk) }
            guard seen.count <= Self.mostStates else { return false }
        }
        return true
    }

    private struct Walk: Hashable {
        /// The place in the covered pattern.
        let place: Int
        /// The places that this pattern may have reached.
        let reached: Set<Int>
    }

    /// The places after one word of a key; `.one` stands for a word that no pattern names.
    private func step(_ places: Set<Int>, over letter: Word) -> Set<Int> {
        var next: Set<Int> = []
        for place in places where place < words.count {
            switch words[place] {
            case .many: next.insert(place)
            case .one: next.insert(place + 1)
            case .literal: if words[place] == letter { next.insert(place + 1) }
            }
        }
        return closure(next)
    }

    /// Adds the places that are reached without a word, over `#`.
    private func closure(_ places: Set<Int>) -> Set<Int> {
        var all = places
        for place in places.sorted() {
            var next = place
            while next < words.count, words[next] == .many {
                next += 1
                all.insert(next)
            }
        }
        return all
    }

    /// The shortest key, by words, that both patterns match, or nil when there is none that fits 255 bytes.
    ///
    /// A table of places in both: from each pair one word may be taken that suits both, or a `#` passed over.
    package func sharedKey(with other: RoutingKeyPattern) -> String? {
        var open = [Pair(mine: 0, theirs: 0)]
        var origins: [Pair: (from: Pair, word: [UInt8]?)] = [open[0]: (open[0], nil)]
        let goal = Pair(mine: words.count, theirs: other.words.count)
        var head = 0
        while head < open.count {
            let pair = open[head]
            head += 1
            if pair == goal { return key(to: goal, origins) }
            for (next, word) in steps(pair, other) where origins[next] == nil {
                origins[next] = (pair, word)
                open.append(next)
            }
        }
        return nil
    }

    private struct Pair: Hashable {
        let mine: Int
        let theirs: Int
    }

    /// The pairs that are one word or one passed `#` further on.
    private func steps(_ pair: Pair, _ other: RoutingKeyPattern) -> [(Pair, [UInt8]?)] {
        let mine = pair.mine < words.count ? words[pair.mine] : nil
        let theirs = pair.theirs < other.words.count ? other.words[pair.theirs] : nil
        var steps: [(Pair, [UInt8]?)] = []
        if mine == .many { steps.append((Pair(mine: pair.mine + 1, theirs: pair.theirs), nil)) }
        if theirs == .many { steps.append((Pair(mine: pair.mine, theirs: pair.theirs + 1), nil)) }
        guard let mine, let theirs, let word = Self.sharedWord(mine, theirs) else { return steps }
        let next = Pair(
            mine: mine == .many ? pair.mine : pair.mine + 1, theirs: theirs == .many ? pair.theirs : pair.theirs + 1)
        steps.append((next, word))
        return steps
    }

    /// A word that suits both, for the key that is built.
    private static func sharedWord(_ left: Word, _ right: Word) -> [UInt8]? {
        switch (left, right) {
        case (.literal(let mine), .literal(let theirs)): mine == theirs ? mine : nil
        case (.literal(let word), _), (_, .literal(let word)): word
        default: Array("any".utf8)
        }
    }

    /// Puts the words together along the way back from the end.
    private func key(to goal: Pair, _ origins: [Pair: (from: Pair, word: [UInt8]?)]) -> String? {
        var words: [[UInt8]] = []
        var pair = goal
        while let (from, word) = origins[pair], from != pair {
            if let word { words.append(word) }
            pair = from
        }
        let key = Array(words.reversed().joined(separator: [UInt8(ascii: ".")]))
        return key.count <= Self.mostBytes ? String(decoding: key, as: UTF8.self) : nil
    }
}

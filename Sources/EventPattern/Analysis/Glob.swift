/// The texts that a form accepts, as literal scalars and runs of any characters: what forms are compared as.
struct Glob: Sendable, Hashable {
    enum Token: Sendable, Hashable {
        case scalar(UInt32)
        /// Any scalar that folds to this one.
        case folded(UInt32)
        case run
    }

    /// What the text is made of, from left to right; two runs never stand side by side.
    let tokens: [Token]

    init(_ tokens: [Token]) {
        self.tokens = tokens
    }

    /// The texts of a form.
    init(_ form: TextTest) {
        switch form {
        case .prefix(let bytes): tokens = Glob.scalars(bytes) + [.run]
        case .suffix(let bytes): tokens = [.run] + Glob.scalars(bytes)
        case .foldedEqual(let folded): tokens = Glob.folded(folded)
        case .foldedPrefix(let folded): tokens = Glob.folded(folded) + [.run]
        case .foldedSuffix(let folded): tokens = [.run] + Glob.folded(folded)
        case .wildcard(let wildcard): tokens = Array(wildcard.parts.map(Glob.scalars).joined(separator: [.run]))
        }
    }

    private static func scalars(_ bytes: [UInt8]) -> [Token] {
        String(decoding: bytes, as: UTF8.self).unicodeScalars.map { .scalar($0.value) }
    }

    private static func folded(_ text: FoldedText) -> [Token] {
        text.scalars.map { .folded($0) }
    }

    /// A text of this form, its runs filled with `filler`, its case-blind letters as folded or in upper case.
    func sample(filler: String = "", uppercase: Bool = false) -> String {
        var text = ""
        for token in tokens {
            switch token {
            case .run: text += filler
            case .scalar(let value): text.unicodeScalars.append(Glob.scalar(value))
            case .folded(let value):
                let scalar = Glob.scalar(value)
                let upper = scalar.properties.uppercaseMapping.unicodeScalars
                let isPair = upper.count == 1 && upper.first.map { CaseFolding.fold($0.value) } == value
                text.unicodeScalars.append(uppercase && isPair ? upper.first ?? scalar : scalar)
            }
        }
        return text
    }

    /// A scalar by its number; the numbers come from texts, so there always is one.
    private static func scalar(_ value: UInt32) -> Unicode.Scalar {
        Unicode.Scalar(value) ?? "\u{FFFD}"
    }
}

/// How the texts of two forms stand to each other.
extension Glob {
    /// What is known of the texts that two forms share.
    enum Meeting: Equatable {
        case none
        case glob(Glob)
        case tooLarge
    }

    /// Most pairs of places that are looked at.
    private static let mostStates = 40_000

    /// The shortest form that lies in both, found in a table of places in either.
    func meeting(_ other: Glob) -> Meeting {
        let width = other.tokens.count + 1
        guard (tokens.count + 1) * width <= Glob.mostStates else { return .tooLarge }
        let goal = (tokens.count + 1) * width - 1
        var origins = [Int](repeating: -1, count: goal + 1)
        var taken = [Token?](repeating: nil, count: goal + 1)
        var open = [0]
        var head = 0
        origins[0] = 0
        while head < open.count, origins[goal] < 0 {
            let state = open[head]
            head += 1
            for (mine, theirs, token) in steps(state / width, state % width, other) {
                let next = mine * width + theirs
                guard origins[next] < 0 else { continue }
                (origins[next], taken[next]) = (state, token)
                open.append(next)
            }
        }
        guard origins[goal] >= 0 else { return .none }
        var tokens: [Token] = []
        var state = goal
        while state != 0 {
            if let token = taken[state], token != .run || tokens.last != .run { tokens.append(token) }
            state = origins[state]
        }
        return .glob(Glob(tokens.reversed()))
    }

    /// The pairs of places that one token leads to, and the token; nil where a run ends without one.
    private func steps(_ mine: Int, _ theirs: Int, _ other: Glob) -> [(Int, Int, Token?)] {
        let left = mine < tokens.count ? tokens[mine] : nil
        let right = theirs < other.tokens.count ? other.tokens[theirs] : nil
        switch (left, right) {
        case (.run, .run): return [(mine + 1, theirs, .run), (mine, theirs + 1, .run)]
        case (.run, let token?): return [(mine, theirs + 1, token), (mine + 1, theirs, nil)]
        case (let token?, .run): return [(mine + 1, theirs, token), (mine, theirs + 1, nil)]
        case (let left?, let right?): return Glob.shared(left, right).map { [(mine + 1, theirs + 1, $0)] } ?? []
        case (.run, nil): return [(mine + 1, theirs, nil)]
        case (nil, .run): return [(mine, theirs + 1, nil)]
        default: return []
        }
    }

    /// A token whose every text suits both; a case-blind letter and a letter share the letter.
    private static func shared(_ left: Token, _ right: Token) -> Token? {
        switch (left, right) {
        case (.folded(let folded), .scalar(let scalar)), (.scalar(let scalar), .folded(let folded)):
            CaseFolding.fold(scalar) == folded ? .scalar(scalar) : nil
        default: left == right ? left : nil
        }
    }

    /// Whether every text of another form is one of this form.
    ///
    /// A run of the other form can be filled with characters that stand nowhere here, so only a run of this form takes
    /// it: the other form's tokens are matched like a text. Never true wrongly; false for some covers by case variants.
    func covers(_ other: Glob) -> Bool {
        var reached: Set<Int> = [0]
        for token in other.tokens + [nil] {
            for place in reached.sorted() where place < tokens.count && tokens[place] == .run {
                reached.insert(place + 1)
            }
            guard let token else { break }
            var next: Set<Int> = []
            for place in reached where place < tokens.count {
                if tokens[place] == .run {
                    next.insert(place)
                } else if token != .run, takes(tokens[place], token) {
                    next.insert(place + 1)
                }
            }
            reached = next
        }
        return reached.contains(tokens.count)
    }

    /// Whether whatever stands for their token may stand for mine.
    private func takes(_ mine: Token, _ theirs: Token) -> Bool {
        switch (mine, theirs) {
        case (.folded(let folded), .scalar(let scalar)): CaseFolding.fold(scalar) == folded
        default: mine == theirs
        }
    }
}

extension Glob {
    /// Whether a text has the form.
    func accepts(_ text: ArraySlice<UInt8>) -> Bool {
        covers(Glob(String(decoding: text, as: UTF8.self).unicodeScalars.map { .scalar($0.value) }))
    }
}

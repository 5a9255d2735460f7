/// Reads the grammar of RFC 9485 section 4 and writes the same pattern for RE2.
///
/// Named after the grammar's own productions. Everything that has a meaning of its own in RE2 is either refused here or
/// written so that it means what the RFC says.
struct IRegexpParser {
    let limits: IRegexpLimits
    let scalars: [Unicode.Scalar]
    var place = 0
    var output = ""
    private var anchors: [Int] = []
    private var depth = 0

    init(pattern: String, limits: IRegexpLimits) {
        // One more than allowed is enough to see that a pattern is too long.
        scalars = Array(pattern.unicodeScalars.prefix(limits.length + 1))
        self.limits = limits
    }

    /// The pattern for RE2, and the offsets of the signs that it takes for anchors.
    mutating func translate() throws(IRegexpError) -> (re2: String, anchors: [Int]) {
        guard scalars.count <= limits.length else {
            throw tooBig("a pattern has at most \(limits.length) characters", at: limits.length)
        }
        _ = try alternation()
        guard place == scalars.count else { throw error("\")\" closes no group; write \"\\)\" for the sign itself") }
        return (output, anchors)
    }

    var next: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

    /// `i-regexp = branch *( "|" branch )`; answers how often its inside repeats at most.
    private mutating func alternation() throws(IRegexpError) -> Int {
        var repetitions = try branch()
        while next == "|" {
            take()
            repetitions = max(repetitions, try branch())
        }
        return repetitions
    }

    /// `branch = *piece`
    private mutating func branch() throws(IRegexpError) -> Int {
        var repetitions = 1
        while let sign = next, sign != "|", sign != ")" {
            repetitions = max(repetitions, try piece(sign))
        }
        return repetitions
    }

    /// `piece = atom [ quantifier ]`
    private mutating func piece(_ sign: Unicode.Scalar) throws(IRegexpError) -> Int {
        var repetitions = 1
        let start = place
        switch sign {
        case "(": repetitions = try group()
        case "[": try charClassExpr()
        case "\\": try escape()
        case ".":
            place += 1
            output += "[^\\n\\r]"
        case "^", "$":
            anchors.append(place)
            place += 1
            output += "(?:\(sign))"
        case "*", "+", "?", "{":
            throw error("\"\(sign)\" repeats nothing; write \"\\\(sign)\" for the sign itself")
        case "]", "}":
            throw error("\"\(sign)\" closes nothing; write \"\\\(sign)\" for the sign itself")
        default: take()
        }
        return try quantifier(after: repetitions, from: start)
    }

    /// `"(" i-regexp ")"`
    private mutating func group() throws(IRegexpError) -> Int {
        let start = place
        guard depth < limits.depth else { throw tooBig("groups nest at most \(limits.depth) deep", at: start) }
        depth += 1
        place += 1
        guard next != "?" else {
            throw error("\"(?\" is no part of I-Regexp: there are plain groups only, no flags, names or lookarounds")
        }
        output += "(?:"
        let repetitions = try alternation()
        guard next == ")" else { throw error("the group that begins here has no \")\"", at: start) }
        take()
        depth -= 1
        return repetitions
    }

    mutating func take() {
        output.unicodeScalars.append(scalars[place])
        place += 1
    }

    func error(_ message: String, at offset: Int? = nil) -> IRegexpError {
        IRegexpError(fault: .syntax, offset: offset ?? place, message: message)
    }

    func tooBig(_ message: String, at offset: Int) -> IRegexpError {
        IRegexpError(fault: .tooBig, offset: offset, message: message)
    }
}

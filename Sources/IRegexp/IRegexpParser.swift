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

    /// How large a part of a pattern becomes when repetitions are written out.
    struct Extent {
        /// How often its inside repeats at most, nested repetitions multiplied.
        var repetitions = 1
        /// Characters and classes in it, repetitions written out.
        var positions = 0
    }

    /// The pattern for RE2, the offsets of the signs that it takes for anchors, and how large it is.
    mutating func translate() throws(IRegexpError) -> (re2: String, anchors: [Int], positions: Int) {
        guard scalars.count <= limits.length else {
            throw tooBig("a pattern has at most \(limits.length) characters", at: limits.length)
        }
        let extent = try alternation()
        guard place == scalars.count else { throw error("\")\" closes no group; write \"\\)\" for the sign itself") }
        return (output, anchors, extent.positions)
    }

    var next: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

    /// The production `i-regexp = branch *( "|" branch )`.
    private mutating func alternation() throws(IRegexpError) -> Extent {
        var extent = try branch()
        while next == "|" {
            take()
            extent.add(try branch())
        }
        return extent
    }

    /// The production `branch = *piece`.
    private mutating func branch() throws(IRegexpError) -> Extent {
        var extent = Extent()
        while let sign = next, sign != "|", sign != ")" { extent.add(try piece(sign)) }
        return extent
    }

    /// The production `piece = atom [ quantifier ]`.
    private mutating func piece(_ sign: Unicode.Scalar) throws(IRegexpError) -> Extent {
        var extent = Extent(positions: 1)
        let start = place
        switch sign {
        case "(": extent = try group()
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
        try quantifier(&extent, from: start)
        return extent
    }

    /// The production `"(" i-regexp ")"` of an atom.
    private mutating func group() throws(IRegexpError) -> Extent {
        let start = place
        guard depth < limits.depth else { throw tooBig("groups nest at most \(limits.depth) deep", at: start) }
        depth += 1
        place += 1
        guard next != "?" else {
            throw error("\"(?\" is no part of I-Regexp: there are plain groups only, no flags, names or lookarounds")
        }
        output += "(?:"
        let extent = try alternation()
        guard next == ")" else { throw error("the group that begins here has no \")\"", at: start) }
        take()
        depth -= 1
        return extent
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

extension IRegexpParser.Extent {
    /// Takes in another part beside this one.
    mutating func add(_ other: IRegexpParser.Extent) {
        repetitions = max(repetitions, other.repetitions)
        positions += other.positions
    }

    /// Repeats it so many times.
    mutating func multiply(by times: Int) {
        repetitions *= max(times, 1)
        positions *= max(times, 1)
    }
}

/// A compiled I-Regexp (RFC 9485): matching takes time that grows with the text alone, whatever pattern and text are.
///
/// Two `IRegexp` are equal when their patterns are.
package struct IRegexp: Sendable, CustomStringConvertible {
    /// The pattern as written.
    package let pattern: String
    /// Where unescaped `^` and `$` stand outside of character classes, as offsets in Unicode scalars.
    ///
    /// RFC 9485 section 5 hands patterns to engines to which these are anchors, and so does the compliance suite of
    /// RFC 9535; by the letter of XML Schema they are plain characters. Worth a warning wherever people write them.
    package let anchors: [Int]
    /// Places of the pattern that matching can be at once, repetitions written out: what one byte may cost at worst.
    package let positions: Int
    private let program: Program

    /// Compiles a pattern.
    ///
    /// - Throws: ``IRegexpError`` when the pattern is no I-Regexp, or needs more than `limits` allow.
    package init(_ pattern: String, limits: IRegexpLimits = .written) throws(IRegexpError) {
        var parser = IRegexpParser(pattern: pattern, limits: limits)
        let translation = try parser.translate()
        guard let program = Program(translation.re2, memory: limits.memory) else {
            throw IRegexpError(fault: .tooBig, offset: 0, message: "this pattern needs more memory than is allowed")
        }
        self.pattern = pattern
        self.program = program
        anchors = translation.anchors
        positions = translation.positions
    }

    /// Whether the pattern matches all of a text, given as valid UTF-8.
    package func matches(_ text: ArraySlice<UInt8>) -> Bool {
        program.matches(text, whole: true)
    }

    /// Whether the pattern matches a part of a text, given as valid UTF-8.
    package func occurs(in text: ArraySlice<UInt8>) -> Bool {
        program.matches(text, whole: false)
    }

    /// The pattern.
    package var description: String { pattern }
}

extension IRegexp: Hashable {
    /// Equal patterns, scalar by scalar.
    package static func == (left: IRegexp, right: IRegexp) -> Bool {
        left.pattern.unicodeScalars.elementsEqual(right.pattern.unicodeScalars)
    }

    /// Equal patterns hash alike.
    package func hash(into hasher: inout Hasher) {
        for scalar in pattern.unicodeScalars { hasher.combine(scalar) }
    }
}

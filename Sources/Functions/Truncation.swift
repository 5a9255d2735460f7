/// How a text is cut: to so many characters, with an ellipsis among them.
struct Truncation {
    private let length: Int
    private let ellipsis: String

    /// Most characters that can be asked for.
    private static let mostCharacters = 1_000_000

    /// The cut that arguments ask for.
    init(_ arguments: FunctionArguments) throws(ArgumentFault) {
        guard let length = try arguments.integer("length", in: 0...Truncation.mostCharacters) else {
            throw ArgumentFault(.unsuitable, parameter: nil, "\"length\" is needed")
        }
        self.length = length
        ellipsis = try arguments.name("ellipsis") ?? "…"
        guard ellipsis.count <= length else {
            throw ArgumentFault(
                .unsuitable, parameter: "length", "the ellipsis alone is longer than \(length) characters",
                hint: "write a shorter \"ellipsis\", for example \"\"")
        }
    }

    /// Checks the arguments whose values are known.
    static func check(_ arguments: FunctionArguments) throws(ArgumentFault) {
        _ = try arguments.integer("length", in: 0...mostCharacters)
        _ = try arguments.name("ellipsis")
    }

    /// The text, cut where it is longer; white space before the ellipsis goes too.
    func cut(_ text: String) -> String {
        // A character has at least one byte, so most texts need no counting.
        guard text.utf8.count > length, text.dropFirst(length).isEmpty == false else { return text }
        var kept = text.prefix(length - ellipsis.count)
        while kept.last?.isWhitespace == true { kept.removeLast() }
        return kept + ellipsis
    }
}

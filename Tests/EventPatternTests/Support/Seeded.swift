import JSON
import TestSupport

/// The generator of these tests, with the few questions that they ask it.
typealias Seeded = SeededGenerator

extension SeededGenerator {
    init(_ seed: UInt64) {
        self.init(seed: seed)
    }

    /// A number from 0 up to but not including `bound`.
    mutating func below(_ bound: Int) -> Int {
        Int.random(in: 0..<bound, using: &self)
    }

    /// One of some choices.
    mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
        choices[below(choices.count)]
    }

    /// True once in so many.
    mutating func once(in count: Int) -> Bool {
        below(count) == 0
    }
}

/// The root of a JSON text; the text is the test's own, so a fault in it is the test's.
func json(_ text: String) throws -> JSONNode {
    try JSONDocument.parse(text).root
}

extension Corpora {
    /// The document in a file of the data.
    static func document(_ path: String) throws -> JSONNode {
        try JSONDocument.parse(try bytes(path), limits: JSONLimits(refusesDuplicates: false)).root
    }
}

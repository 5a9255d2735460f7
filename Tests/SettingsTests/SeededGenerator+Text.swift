import TestSupport

extension SeededGenerator {
    /// Text made of an alphabet.
    mutating func text(of alphabet: String, upTo count: Int) -> String {
        let letters = Array(alphabet)
        return String(
            (0..<Int.random(in: 0...count, using: &self)).compactMap { _ in letters.randomElement(using: &self) })
    }
}

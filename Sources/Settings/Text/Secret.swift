/// A text that never shows itself: a password, a token, a link.
///
/// Whatever prints it, by interpolation, `dump` or reflection, prints `***`; only `reveal()` gives it away, so that
/// every place where a secret leaves can be found by that word.
package struct Secret: Sendable, Hashable {
    private let text: String

    /// Keeps a text.
    package init(_ text: String) {
        self.text = text
    }

    /// The text, for the one who sends it.
    package func reveal() -> String {
        text
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Three stars.
    package var description: String { "***" }

    /// Three stars.
    package var debugDescription: String { "***" }

    /// No children.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

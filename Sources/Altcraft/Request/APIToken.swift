/// The key of a platform account.
///
/// It prints as asterisks, so that a request that is logged by mistake tells nothing.
package struct APIToken: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// What stands for a token, a password or a link wherever people look.
    package static let mask = "***"
    /// What stands for the token in previews.
    package static let masked = APIToken(checked: mask)

    /// The token itself.
    package let secret: String

    /// Takes a token; nil when it is empty, longer than 4 KiB, or holds anything but visible ASCII, which neither a
    /// header nor a form of the platform could carry.
    package init?(_ secret: String) {
        guard (1...4_096).contains(secret.utf8.count), secret.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }
        self.init(checked: secret)
    }

    private init(checked secret: String) {
        self.secret = secret
    }

    /// Asterisks.
    package var description: String { Self.mask }
    /// Asterisks.
    package var debugDescription: String { Self.mask }
    /// Nothing to look into.
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// The exact names of the exchanges that are meant.
package struct ExchangeList: Sendable, Hashable {
    /// The names in their order.
    package let names: [String]
    private let bytes: [[UInt8]]

    /// Makes a list of names.
    package init(_ names: [String]) {
        self.names = names
        bytes = names.map { Array($0.utf8) }
    }

    /// Whether an exchange is on the list; names are compared byte by byte.
    package func contains(_ exchange: [UInt8]) -> Bool {
        bytes.contains(exchange)
    }
}

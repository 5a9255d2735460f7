/// How long and deep a query may be.
package enum JSONPathLimits {
    /// Most Unicode scalars in a query; people write tens.
    package static let length = 8_192
    /// Most parentheses, functions and filters open at once, so that reading, printing and evaluating a query stay in
    /// their stack.
    package static let depth = 64
    /// Most different patterns of `match` and `search` that are kept while one query is evaluated.
    package static let patterns = 16
}

package import JSON

/// An event pattern: what an event (or a part of it) must be like, as EventBridge writes it.
///
/// Immutable; compiled once and asked from any thread. The definition is section 4 of the mapping language. Asking costs
/// at most (values in the event) × (lists of the pattern), whatever stands in either: every value meets the conditions
/// of one path only, lists of literals are hashed, and wildcards take time linear in the text.
package struct EventPattern: Sendable {
    /// The pattern as it was written.
    package let node: JSONNode
    let paths: PathTable
    let lists: [ValueList]
    /// The `$or`-free trees: any of them must hold.
    let trees: [[PatternCondition]]
    private let groups: [TreeGroup]

    /// Compiles a pattern and says everything that is wrong with it.
    ///
    /// - Returns: The pattern, nil when there is any error; and all diagnostics in the order of the text, remarks too.
    package static func compile(_ node: JSONNode, limits: PatternLimits = PatternLimits())
        -> (pattern: EventPattern?, diagnostics: [PatternDiagnostic])
    {
        var compiler = PatternCompiler(limits: limits)
        guard let root = compiler.group(root: node) else { return (nil, compiler.diagnostics) }
        let trees = compiler.distribute(root, at: node)
        compiler.remark()
        let sorted = compiler.diagnostics.enumerated()
            .sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }
            .map(\.element)
        guard !sorted.contains(where: { $0.severity == .error }) else { return (nil, sorted) }
        return (EventPattern(node: node, paths: compiler.paths, lists: compiler.lists, trees: trees), sorted)
    }

    /// Lays the trees over one another in groups.
    private init(node: JSONNode, paths: PathTable, lists: [ValueList], trees: [[PatternCondition]]) {
        self.node = node
        self.paths = paths
        self.lists = lists
        self.trees = trees
        groups = stride(from: 0, to: trees.count, by: TreeGroup.capacity).map { start in
            TreeGroup(trees[start..<min(start + TreeGroup.capacity, trees.count)], paths: paths, lists: lists)
        }
    }

    /// Whether a value meets the pattern: `tree(P, v)` of the definition for any tree.
    ///
    /// Any kind of value may be asked: an array is met by one of its elements, and a scalar or nil counts as an absent
    /// object. Whether an event that is no object is for the rule at all is the matter of ``EventCondition``.
    package func matches(_ value: JSONNode?) -> Bool {
        for group in groups where group.matches(value) { return true }
        return false
    }
}

import JSON

/// Remarks on lists that are sound but seldom meant.
extension PatternCompiler {
    /// Adds the warnings and notes of every list.
    mutating func remark() {
        for list in lists {
            if AlwaysTrue.holds(list) {
                report(
                    .alwaysTrue, list.node, "every value meets this list",
                    hint: "one entry that accepts is enough; values to leave out belong into one \"anything-but\"")
            } else {
                remarkNull(list)
            }
        }
    }

    /// Null is a leaf that no text equals, so it passes; a list that names null or `exists` shows that it was thought
    /// of.
    private mutating func remarkNull(_ list: ValueList) {
        var exception = false
        for test in list.tests {
            switch test {
            case .null, .exists: return
            case .anythingBut: exception = true
            default: break
            }
        }
        guard exception else { return }
        report(
            .nullPasses, list.node, "null passes \"anything-but\"",
            hint: "say so by listing null, or add {\"exists\": true} where any other value is welcome")
    }
}

import JSON

/// Finds lists that accept whatever stands there.
enum AlwaysTrue {
    /// Whether a list accepts presence and absence, or leaves nothing out by the exceptions it combines.
    static func holds(_ list: ValueList) -> Bool {
        if list.acceptsAnyLeaf { return list.acceptsAbsent }
        let exceptions = list.tests.compactMap { test in
            if case .anythingBut(let exception) = test { exception } else { nil as AnythingBut? }
        }
        if let named = exceptions.lazy.compactMap(\.named).first { return named.allSatisfy(list.accepts) }
        guard exceptions.reduce(0, { $0 + $1.count }) <= 64 else { return false }
        return exceptions.indices.contains { place in
            exceptions[..<place].contains { areApart($0, exceptions[place]) }
        }
    }

    /// Whether no text is left out by both of two exceptions.
    private static func areApart(_ left: AnythingBut, _ right: AnythingBut) -> Bool {
        guard case .forms(let mine, _) = left, case .forms(let theirs, _) = right else { return false }
        return mine.allSatisfy { form in
            theirs.allSatisfy { Glob(form).meeting(Glob($0)) == .none }
        }
    }
}

extension AnythingBut {
    /// The values that are left out where they are named one by one.
    fileprivate var named: [JSONValue]? {
        switch self {
        case .texts(let names, _): names.map { .string($0.text) }
        case .numbers(let numbers): numbers.all.map(LeafSamples.value)
        case .forms: nil
        }
    }
}

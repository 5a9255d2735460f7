extension Specification {
    /// Where a key belongs that stands in the wrong object of the file, as advice; nil where that is not certain.
    ///
    /// Only the file itself and what stands in it are told apart so: an object in the middle has keys like `id` that
    /// somebody may have meant for another of its own.
    static func home(of key: String, missingIn spec: ObjectSpec) -> String? {
        let homes = objects.filter { $0.spec.key(key) != nil }
        let isCompanion = instructions.contains { $0.companions.contains { $0.name == key } }
        guard homes.count == 1, !isCompanion, let home = homes.first else { return nil }
        if home.way.isEmpty { return "write it at the top of the file, beside \"launch\"" }
        guard spec.name == mapping.name else { return nil }
        return "write it inside \(home.way.map { "\"\($0)\"" }.joined(separator: ", in "))"
    }

    /// The objects of a file, each with the keys on the way to it.
    private static let objects = objects(in: .object(mapping), [])

    private static func objects(in shape: Shape, _ way: [String]) -> [(spec: ObjectSpec, way: [String])] {
        switch shape {
        case .object(let spec): [(spec, way)] + spec.keys.flatMap { objects(in: $0.shape, way + [$0.name]) }
        case .list(let element, _): objects(in: element, way)
        case .oneOf(let shapes): shapes.flatMap { objects(in: $0, way) }
        default: []
        }
    }
}

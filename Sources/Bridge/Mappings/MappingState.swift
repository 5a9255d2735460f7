package import Mapping

/// Which version of each mapping file is in force, and which files are refused: a value, replaced as a whole.
package struct MappingState: Sendable {
    /// A version that is in force.
    package struct Live: Sendable {
        /// The bytes that it was made of.
        package let file: SourceFile
        /// What they say.
        package let mapping: Mapping

        /// A version with its bytes.
        package init(file: SourceFile, mapping: Mapping) {
            self.file = file
            self.mapping = mapping
        }
    }

    /// What is in force, by the file's name; the names of the mappings differ.
    package internal(set) var live: [String: Live]
    /// The files that are refused until they are mended, by name.
    package internal(set) var refused: [String: MappingRefusal]

    /// A state; an empty one by default.
    package init(live: [Live] = [], refused: [String: MappingRefusal] = [:]) {
        self.live = Dictionary(live.map { ($0.file.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.refused = refused
    }

    /// The mappings in force, in the order of their files.
    package var mappings: [Mapping] {
        live.sorted { $0.key < $1.key }.map(\.value.mapping)
    }

    /// The bindings that the mappings in force need.
    var bindings: Set<TopologyPlan.Binding> { Set(mappings.flatMap(\.bindings)) }

    /// Whether a mapping waits for something on the broker, so that trying again may help without any change of a file.
    package var waitsForBroker: Bool { refused.values.contains { $0.kind == .binding } }
}

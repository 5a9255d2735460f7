import JSON

/// The places of a mapping file that checks across files speak of.
struct MappingMarks: Sendable {
    /// A value's place.
    struct Mark: Sendable {
        let position: JSONPosition
        let pointer: JSONPointer

        init(_ place: Place) {
            position = place.node.position
            pointer = place.pointer
        }

        /// A character inside a text.
        init(_ place: Place, scalar: Int) {
            let offset = SourceText.offset(ofScalar: scalar, in: place.node)
            position = JSONPosition(offset: offset, in: place.node.document.bytes)
            pointer = place.pointer
        }
    }

    let name: Mark
    let when: Mark
    /// The key of `delivery.dedup`, with its text where it is written out: equal texts may give equal keys.
    let dedupKey: (mark: Mark, text: String)?
    /// The size of `delivery.batch`, where it is written out.
    let batchSize: (mark: Mark, items: Int)?
}

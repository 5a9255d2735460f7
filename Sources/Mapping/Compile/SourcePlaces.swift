import JSON

/// The places of a mapping file that an evaluation may speak of, with their pointers.
struct SourcePlaces: Sendable {
    private var pointers: [JSONPointer] = []

    /// Keeps a place.
    mutating func add(_ pointer: JSONPointer) -> PlaceID {
        pointers.append(pointer)
        return PlaceID(number: Int32(pointers.count - 1))
    }

    /// The pointer of a place; the whole file for none.
    subscript(_ place: PlaceID) -> JSONPointer {
        pointers.indices.contains(Int(place.number)) ? pointers[Int(place.number)] : JSONPointer()
    }
}

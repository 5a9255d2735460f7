/// Makes a ``JSONDocument`` from values that never were JSON text: transport headers and properties.
///
/// The one way to an `opaque` leaf. Everything else is written as text and parsed, so a built document obeys the same
/// rules (and limits of depth) as one that was read.
package struct JSONBuilder {
    private var writer = JSONWriter()
    private var opaqueMarks: [Int] = []

    /// Makes a builder.
    package init() {}

    /// Begins an object.
    package mutating func beginObject() { writer.beginObject() }
    /// Ends the innermost object.
    package mutating func endObject() { writer.endObject() }
    /// Begins an array.
    package mutating func beginArray() { writer.beginArray() }
    /// Ends the innermost array.
    package mutating func endArray() { writer.endArray() }
    /// Writes a member's name.
    package mutating func name(_ name: String) { writer.name(name) }
    /// Writes a value.
    package mutating func value(_ value: JSONValue) { writer.value(value) }

    /// Writes a leaf that is present but equal to nothing.
    package mutating func opaque() {
        writer.null()
        opaqueMarks.append(writer.bytes.count - 4)
    }

    /// The document.
    ///
    /// - Throws: ``JSONError`` when the calls did not make one value, or nested deeper than `limits` allow.
    package consuming func finish(limits: JSONLimits = JSONLimits(refusesDuplicates: false)) throws(JSONError)
        -> JSONDocument
    {
        let document = try JSONDocument.parse(writer.bytes, limits: limits)
        guard !opaqueMarks.isEmpty else { return document }
        let marks = Set(opaqueMarks)
        let entries = document.entries.map { entry in
            var entry = entry
            if entry.kind == .null, marks.contains(Int(entry.start)) { entry.kind = .opaque }
            return entry
        }
        return JSONDocument(bytes: document.bytes, entries: entries)
    }
}

import JSON

/// The body of a `POST` to a v1.0 link: the fields and nothing else.
///
/// The printed example also carries `token`, `id`, `matching` and `profile_id`. The link already names campaign and
/// profile, and the API token has no business on a tracking domain that is often reached by plain `http`.
enum LinkBody {
    /// Writes the body.
    static func bytes(_ fields: [LinkField]) -> [UInt8] {
        var writer = JSONWriter(reserving: 128)
        writer.beginObject()
        writer.name("fields")
        writer.beginArray()
        for field in fields {
            writer.beginObject()
            writer.name("name")
            writer.string(field.name)
            writer.name("value")
            writer.value(field.value)
            writer.name("option")
            writer.integer(field.option.rawValue)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }
}

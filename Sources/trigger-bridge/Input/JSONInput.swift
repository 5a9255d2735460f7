import JSON

/// A JSON document that a command is given.
enum JSONInput {
    /// The widest limits that there are: what a person wants to look into need not fit through the bridge.
    static let widest = JSONLimits(bytes: InputFile.mostBytes, depth: JSONLimits.deepestDepth)

    /// Reads a file, or standard input where the path is `-`.
    ///
    /// - Throws: `exit`, after saying where the text is no acceptable JSON.
    static func read(_ path: String, _ limits: JSONLimits = widest, else exit: CommandExit) throws(CommandExit)
        -> JSONDocument
    {
        let input = try InputFile.read(path, else: exit)
        do throws(JSONError) {
            return try JSONDocument.parse(input.bytes, limits: limits)
        } catch {
            Terminal.error("\(input.name):\(error.position): error: this is no usable JSON: \(error.message)")
            throw exit
        }
    }
}

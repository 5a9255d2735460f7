import ArgumentParser
import JSON
import JSONPath

/// `trigger-bridge path`: what a query selects.
struct PathCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "path",
        abstract: "Prints what a JSONPath query (RFC 9535) selects in a document, as a JSON array.",
        discussion: """
            To try out paths before they go into a mapping:

              trigger-bridge path '$.line_items[?@.quantity > 0].title' order.json
              trigger-bridge path --body '$.line_items[*].sku' mappings/events/order-paid.json
              curl -s https://shop.example/orders/1 | trigger-bridge path --locations '$..email'

            Exit 0: done, also when nothing is selected. Exit 2: the query is refused; the message shows the place. Exit \
            3: the document cannot be used, or the query goes over it so often that it is stopped.
            """
    )

    @Flag(help: "Print where the values stand, as normalized paths, instead of the values.")
    var locations = false

    @Flag(help: "The file is an event file, {\"amqp\": {…}, \"body\": …}: look into its body, as mappings do.")
    var body = false

    @Option(
        help: ArgumentHelp(
            "Read the query from this file (- for standard input); FILE is the only argument then.", valueName: "file"))
    var queryFile: String?

    @Argument(help: ArgumentHelp("The query; write -- before one that begins with a dash.", valueName: "query"))
    var query: String?

    @Argument(help: ArgumentHelp("The document; standard input without it, or for -.", valueName: "file"))
    var file: String?

    func validate() throws {
        if queryFile == nil, query == nil {
            throw ValidationError("There is no query; for example: trigger-bridge path '$.email' order.json")
        }
        if queryFile != nil, file != nil {
            throw ValidationError("With --query-file there is one argument, the document.")
        }
        if queryFile == "-", (query ?? "-") == "-" {
            throw ValidationError("The query and the document cannot both come from standard input.")
        }
    }

    func run() throws {
        let (text, name) = try queryFile.map(QueryInput.read) ?? (query ?? "", "query")
        let parsed = try QueryInput.parse(text, name: name)
        let document = (queryFile == nil ? file : query) ?? "-"
        let root = try JSONInput.read(document, else: .event).root
        let limits = Limits(document: root)
        let nodes = try select(parsed, in: body ? root["body"] ?? root : root, limits)
        Terminal.write(try print(nodes, limits))
    }

    /// How much a query may do and select: in proportion to the document, so that every query that looks at each value a
    /// few times ends, and one that nests its searches is stopped before it has taken seconds or all memory.
    private struct Limits {
        let visits: Int
        let bytes: Int

        init(document root: JSONNode) {
            visits = 20_000_000 + 2 * root.rawBytes.count
            bytes = (16 << 20) + 8 * root.rawBytes.count
        }
    }

    private func select(_ query: JSONPathQuery, in root: JSONNode, _ limits: Limits) throws(CommandExit) -> [JSONNode] {
        var budget = VisitBudget(limits.visits)
        defer {
            if budget.refusedPatterns > 0 {
                Terminal.error("warning: a pattern of the document is no I-Regexp, or too costly: it matches nothing")
            }
        }
        do throws(LimitReached) {
            return try query.evaluate(root: root, current: root, budget: &budget)
        } catch {
            Terminal.error("error: the query looks at more than \(limits.visits) values of this document")
            throw .event
        }
    }

    /// The values or their places as a JSON array on a line.
    private func print(_ nodes: [JSONNode], _ limits: Limits) throws(CommandExit) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginArray()
        let places = locations ? JSONNode.locations(of: nodes) : nil
        for (number, node) in nodes.enumerated() {
            if let places {
                writer.string(NormalizedPath(places[number]).description)
            } else {
                writer.node(node)
            }
            guard writer.bytes.count <= limits.bytes else {
                Terminal.error("error: what the query selects is more than \(limits.bytes) bytes of text")
                throw .event
            }
        }
        writer.endArray()
        return writer.bytes + [UInt8(ascii: "\n")]
    }
}

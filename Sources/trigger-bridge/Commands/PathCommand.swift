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
            3: the document cannot be used.
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
        let nodes = try select(parsed, in: body ? root["body"] ?? root : root)
        let values =
            locations
            ? JSONNode.locations(of: nodes).map { JSONValue.string(NormalizedPath($0).description) }
            : nodes.map(JSONValue.node)
        Console.result(JSONValue.array(values).text())
    }

    /// Enough for documents of hundreds of megabytes; a query that nests its searches still ends.
    private static let mostVisits = 200_000_000

    private func select(_ query: JSONPathQuery, in root: JSONNode) throws(CommandExit) -> [JSONNode] {
        var budget = VisitBudget(Self.mostVisits)
        do throws(LimitReached) {
            return try query.evaluate(root: root, current: root, budget: &budget)
        } catch {
            Console.error("error: the query looks at more than \(Self.mostVisits) values of this document")
            throw .event
        }
    }
}

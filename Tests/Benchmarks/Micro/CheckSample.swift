import Mapping

/// A folder of a thousand mappings, which differ in their stores and launch the same campaign.
enum CheckSample {
    private static let mappings = 1_000

    /// What compiling and checking all of it takes, once.
    static func nanoseconds() throws -> Int {
        let files = (0..<mappings).map { number in
            SourceFile(name: "mapping-\(number).json", text: text(number))
        }
        var found = 0
        let time = Measure.time { found = MappingSet.compile(files: files).diagnostics.count }
        precondition(found == 0, "the sample has findings")
        return time
    }

    private static func text(_ number: Int) -> String {
        """
        {
          "name": "store-\(number)",
          "when": { "exchange": ["shop.events"], "routing_key": ["order.*.paid"], "body": { "store": ["store-\(number)"] } },
          "launch": { "campaign": 4101 },
          "recipient": [{ "matching": "email", "email": { "$path": "$.email", "pipe": ["trim", "lowercase", "email"] } }],
          "content": {
            "number": "$.number",
            "total": { "$path": "$.total", "pipe": ["decimal", { "money": { "currency": "RUB", "locale": "ru-RU" } }] },
            "greeting": { "$template": "Hello, {{$.customer.first_name}}!", "default": "Hello!" },
            "items": { "$each": "$.items[*]", "limit": 100, "item": { "title": "@.title", "quantity": "@.quantity" } }
          }
        }
        """
    }
}

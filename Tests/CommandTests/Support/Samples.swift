import TestSupport

/// Files that many tests begin with.
enum Samples {
    /// A paid order.
    static let event = """
        {
          "amqp": {
            "exchange": "shop.events", "routing_key": "order.1.paid",
            "properties": { "message_id": "m-1", "timestamp": 1772355907 }
          },
          "body": {
            "id": 820982911946154508, "name": "#1042", "status": "paid", "email": "anna@example.com",
            "total": 11849.90, "lines": [{ "sku": "A", "n": 1 }, { "sku": "B", "n": 0 }]
          }
        }

        """

    /// What wants it.
    static let mapping = """
        {
          "name": "order-paid",
          "when": { "exchange": ["shop.events"], "routing_key": ["order.*.paid"], "body": { "status": ["paid"] } },
          "launch": { "campaign": 4101 },
          "recipient": [
            { "matching": "email", "email": "$.email" },
            { "matching": "phone", "phone": "$.phone" }
          ],
          "content": { "number": "$.name", "total": "$.total", "coupon": { "$path": "$.coupon", "optional": true } }
        }

        """

    /// Tests that reach everything in it and pass.
    static let tests = """
        {
          "tests": [
            {
              "name": "a paid order launches the mail",
              "event": "events/order-paid.json",
              "expect": {
                "outcome": "launch",
                "request": {
                  "campaign": 4101, "matching": "email", "email": "anna@example.com",
                  "content": { "number": "#1042", "total": 11849.90 }
                }
              }
            },
            {
              "name": "without an email the phone is used",
              "event": "events/order-paid.json",
              "set": { "/body/email": null, "/body/phone": "+79161234567", "/body/coupon": "X" },
              "expect": { "outcome": "launch", "request_contains": { "phone": "+79161234567" } }
            }
          ]
        }

        """

    /// A folder `mappings` with the three.
    static func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write("mappings/order-paid.json", mapping)
        try folder.write("mappings/order-paid.tests.json", tests)
        try folder.write("mappings/events/order-paid.json", event)
        return folder
    }
}

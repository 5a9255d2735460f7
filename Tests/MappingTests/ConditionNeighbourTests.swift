import JSON
import Mapping
import Testing

/// What is wrong with conditions, recipients and targets, each beside the nearest file that is right.
@Suite(.timeLimit(.minutes(1)))
struct ConditionNeighbourTests {
    /// `when` and its patterns.
    static let conditions = Neighbours.table(
        #"""
        E130 5:24 /when/body/a
        - "when": {"body": {"a": "x"}}
        + "when": {"body": {"a": ["x"]}}
        a condition is a list of values, not a text
        write "a": ["x"]

        E130 5:25 /when/body/a/0
        - "when": {"body": {"a": [["x"]]}}
        + "when": {"body": {"a": ["x", "y"]}}
        a list inside a list of values is no value
        events that hold lists are looked through: name the values themselves

        E130 5:24 /when/body/a
        - "when": {"body": {"a": []}}
        + "when": {"body": {"a": [{"exists": true}]}}
        an empty list accepts nothing
        write [{"exists": true}] for any value

        E130 5:18 /when/body
        - "when": {"body": {}}
        + "when": {"body": {"a": [null]}}
        an empty object is no condition
        leave the member out, or write {"name": [{"exists": true}]}

        E130 5:25 /when/routing_key
        - "when": {"routing_key": "a.b"}
        + "when": {"routing_key": ["a.b"]}
        "routing_key" is a list of texts, not a text
        write "routing_key": ["a.b"]

        E130 5:23 /when/exchange/0
        - "when": {"exchange": [1]}
        + "when": {"exchange": ["1"]}
        "exchange" lists texts, not a number
        write the name in double quotes

        E130 5:26 /when/body/$or
        - "when": {"body": {"$or": [{"a": [1]}]}}
        + "when": {"body": {"$or": [{"a": [1]}, {"b": [1]}]}}
        "$or" takes a list of at least two patterns, not a list of 1
        write "$or": [{…}, {…}]

        E131 5:26 /when/body/a/0/prefx
        - "when": {"body": {"a": [{"prefx": "x"}]}}
        + "when": {"body": {"a": [{"prefix": "x"}]}}
        there is no operator "prefx" here
        did you mean "prefix"?

        E131 5:26 /when/body/a/0/contains
        - "when": {"body": {"a": [{"contains": "x"}]}}
        + "when": {"body": {"a": [{"wildcard": "x*"}]}}
        there is no operator "contains" here
        the operators here are exactly, prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric, \#
        exists, cidr

        E131 5:36 /when/body/a/0/prefix
        - "when": {"body": {"a": [{"prefix": ""}]}}
        + "when": {"body": {"a": [{"prefix": " "}]}}
        an empty prefix would accept any text
        write {"wildcard": "*"} for any text, or {"exists": true} for any value

        E131 5:36 /when/body/a/0/exists
        - "when": {"body": {"a": [{"exists": "true"}]}}
        + "when": {"body": {"a": [{"exists": true}]}}
        "exists" takes true or false, not a text
        write it without quotes

        E131 5:41 /when/body/a/0/suffix
        - "when": {"body": {"a": [{"prefix": "a", "suffix": "b"}]}}
        + "when": {"body": {"a": [{"prefix": "a"}, {"suffix": "b"}]}}
        "suffix" cannot stand beside "prefix"
        one operator an object: [{"prefix": …}, {…}] means either

        E131 5:43 /when/body/a/0/numeric/1
        - "when": {"body": {"a": [{"numeric": [">", "5"]}]}}
        + "when": {"body": {"a": [{"numeric": [">", 5]}]}}
        a bound is a number, not a text
        write the number without quotes

        E131 5:34 /when/body/a/0/cidr
        - "when": {"body": {"a": [{"cidr": "10.0.0.0"}]}}
        + "when": {"body": {"a": [{"cidr": "10.0.0.0/32"}]}}
        "10.0.0.0" is no block of addresses
        write an address, a slash and the length of the mask, as in "10.0.0.0/8" or "2001:db8::/32"

        E131 5:34 /when/body/a/0/cidr
        - "when": {"body": {"a": [{"cidr": "10.0.0.0/33"}]}}
        + "when": {"body": {"a": [{"cidr": "::/33"}]}}
        "10.0.0.0/33" is no block of addresses
        write an address, a slash and the length of the mask, as in "10.0.0.0/8" or "2001:db8::/32"

        E132 5:37 /when/body/a/0/numeric
        - "when": {"body": {"a": [{"numeric": [">", 5, "<", 5]}]}}
        + "when": {"body": {"a": [{"numeric": [">=", 5, "<=", 5]}]}}
        no number is in this range: the lower bound is not below the upper one
        put the lower number first, as in {"numeric": [">=", 3, "<=", 5]}

        E132 5:37 /when/body/a/0/numeric
        - "when": {"body": {"a": [{"numeric": ["<", 5, ">", 3]}]}}
        + "when": {"body": {"a": [{"numeric": [">", 3, "<", 5]}]}}
        a pair of bounds is a lower one and then an upper one
        write {"numeric": [">=", 10, "<", 20]}

        E133 5:48 /when/body/a/0/anything-but/1
        - "when": {"body": {"a": [{"anything-but": ["x", 1]}, null]}}
        + "when": {"body": {"a": [{"anything-but": ["x", "1"]}, null]}}
        texts and numbers are mixed in one "anything-but"
        list values of one kind

        E133 5:42 /when/body/a/0/anything-but
        - "when": {"body": {"a": [{"anything-but": []}]}}
        + "when": {"body": {"a": [{"anything-but": ["x"]}, {"exists": true}, null]}}
        "anything-but" names nothing to leave out
        for example {"anything-but": ["cancelled"]}, or {"exists": true} for any value

        E134 5:38 /when/body/a/0/wildcard
        - "when": {"body": {"a": [{"wildcard": "a**b"}]}}
        + "when": {"body": {"a": [{"wildcard": "a*\\*b"}]}}
        two stars stand side by side in "a**b"
        one "*" is any run of characters already; a star itself is written "\\*"

        E134 5:38 /when/body/a/0/wildcard
        - "when": {"body": {"a": [{"wildcard": "a\\b"}]}}
        + "when": {"body": {"a": [{"wildcard": "a\\\\b"}]}}
        "\b" is no escape of a wildcard
        only "\*" and "\\" are; inside JSON each "\" is written twice

        E135 5:43 /when/body/$or/0/a
        - "when": {"body": {"a": [1], "$or": [{"a": [2]}, {"b": [1]}]}}
        + "when": {"body": {"a": [1], "$or": [{"c": [2]}, {"b": [1]}]}}
        "a" has a list here and another one at 5:24
        a path may have a list outside "$or" or in its branches, not both

        W136 5:24 /when/body/a
        - "when": {"body": {"a": [{"exists": true}, {"exists": false}]}}
        + "when": {"body": {"a": [1, {"exists": false}]}}
        every value meets this list
        one entry that accepts is enough; values to leave out belong into one "anything-but"

        W139 5:24 /when/body/a
        - "when": {"body": {"a": [{"anything-but": "x"}]}}
        + "when": {"body": {"a": [{"anything-but": "x"}, null]}}
        null passes "anything-but"
        say so by listing null, or add {"exists": true} where any other value is welcome

        E190 5:26 /when/routing_key/0
        - "when": {"routing_key": ["order*"]}
        + "when": {"routing_key": ["order.*"]}
        "*" or "#" glued to other characters is no wildcard: "order*"
        a wildcard is a whole word between dots, as in "order.*.paid" or "order.#"

        W191 5:33 /when/routing_key/1
        - "when": {"routing_key": ["a.b", "a.b"]}
        + "when": {"routing_key": ["a.b", "a.c"]}
        the routing key "a.b" is listed twice
        take one out

        W192 5:33 /when/routing_key/1
        - "when": {"routing_key": ["a.*", "a.b"]}
        + "when": {"routing_key": ["a.*", "a.b.c"]}
        every key of "a.b" is one of "a.*" too
        leave one of the two out

        W192 5:26 /when/routing_key/0
        - "when": {"routing_key": ["a.b", "#.b"]}
        + "when": {"routing_key": ["a.b", "#.b.b"]}
        every key of "a.b" is one of "#.b" too
        leave one of the two out

        W193 5:23 /when/exchange/0
        - "when": {"exchange": ["shop.*"]}
        + "when": {"exchange": ["shop"]}
        exchanges are compared by their exact names, so "*" and "#" are signs
        list the names, or leave "exchange" out and use "routing_key"
        """#)

    /// `recipient` and `launch`.
    static let audiences = Neighbours.table(
        #"""
        E140 5:15 /recipient/0
        - "recipient": [{"matching": "phone"}]
        + "recipient": [{"matching": "phone", "phone": "$.p"}]
        matching "phone" needs "phone"
        for example {"matching": "phone", "phone": "$.phone"}

        E140 5:15 /recipient/0
        - "recipient": [{}]
        + "recipient": [{"email": "$.e"}]
        matching "email" needs "email"
        for example {"matching": "email", "email": "$.email"}

        E140 5:15 /recipient/0
        - "recipient": [{"matching": "custom", "field_name": "a"}]
        + "recipient": [{"matching": "custom", "field_name": "a", "field_value": 5}]
        matching "custom" needs "field_value"
        for example {"matching": "custom", "field_name": "CRM_ID", "field_value": "$.field_value"}

        E141 5:48 /recipient/0/matching
        - "recipient": [{"custom_request": {"a": "$.a"}, "matching": "email"}]
        + "recipient": [{"custom_request": {"a": "$.a"}}]
        "matching" stands beside "custom_request"
        a query finds its profiles by itself; take one of the two out

        E141 5:43 /recipient/0/custom_request/$$or
        - "recipient": [{"custom_request": {"$$or": "$.q"}}]
        + "recipient": [{"custom_request": {"$$or": [{"a": "$.q"}]}}]
        an event may not fill a whole condition of a custom_request, only the values in it
        for example {"custom_request": {"Wishlist": {"$$in": ["$.sku"]}}}

        E141 5:52 /recipient/0/custom_request/a/$$regex
        - "recipient": [{"custom_request": {"a": {"$$regex": "$.q"}}}]
        + "recipient": [{"custom_request": {"a": {"$$ne": "$.q"}}}]
        a value from an event may not stand below $regex in a custom_request; write it as a literal
        for example {"custom_request": {"Wishlist": {"$$in": ["$.sku"]}}}

        E142 5:28 /recipient/0/matching
        - "recipient": [{"matching": "mail", "email": "$.a"}]
        + "recipient": [{"matching": "email", "email": "$.a"}]
        there is no matching mode "mail"
        did you mean "email"?

        W143 5:43 /recipient/1
        - "recipient": [{"email": "a@example.com"}, {"email": "$.a"}]
        + "recipient": [{"email": "$.a"}, {"email": "a@example.com"}]
        this alternative is never reached, because the one at /recipient/0 is always complete
        move it before that one, or take it out

        W143 5:64 /recipient/1
        - "recipient": [{"email": {"$path": "$.a", "default": "a@b.c"}}, {"email": "$.b"}]
        + "recipient": [{"email": {"$path": "$.a", "default": "$.c"}}, {"email": "$.b"}]
        this alternative is never reached, because the one at /recipient/0 is always complete
        move it before that one, or take it out

        E144 5:28 /recipient/0/matching
        - "recipient": [{"matching": "email_sub", "email": "$.a"}]
        + "delivery": {"batch": {}}, "recipient": [{"matching": "email_sub", "email": "$.a"}]
        campaigns/triggers/start/ does not take matching "email_sub", only email, phone, profile_id, custom
        give the mapping delivery.batch, so that it goes by campaigns/triggers/start_batch

        E172 5:25 /recipient/0/email
        - "recipient": [{"email": {"$path": "$.a[*]", "take": "all"}}]
        + "recipient": [{"email": {"$path": "$.a[*]", "take": "first"}}]
        "email" must be a text or a number, and this is a list
        take one value: "take": "first"

        E150 5:27 /launch/link
        - "launch": {"campaign": 1, "link": "one"}
        + "launch": {"link": "one"}
        "campaign" and "link" stand together
        one mapping launches one of them; write a second mapping for the other

        E151 5:24 /launch/campaign
        - "launch": {"campaign": 1.5}
        + "launch": {"campaign": 1.0}
        an id is a positive whole number, and this is 1.5
        it is the number after # beside the name in Altcraft, for example 4101

        E151 5:24 /launch/campaign
        - "launch": {"campaign": 9223372036854775808}
        + "launch": {"campaign": 9223372036854775807}
        an id is a positive whole number, and this is 9223372036854775808
        it is the number after # beside the name in Altcraft, for example 4101

        E105 5:34 /recipient/0/custom_request
        - "recipient": [{"custom_request": {}}]
        + "recipient": [{"custom_request": {"a": 1}}]
        an empty custom_request finds every profile of the database
        for example {"custom_request": {"Wishlist": {"$$in": ["$.sku"]}}}

        E105 5:34 /recipient/0/custom_request
        - "recipient": [{"custom_request": {"$$and": [{"a": "$.a"}, {}]}}]
        + "recipient": [{"custom_request": {"$$and": [{"a": "$.a"}]}}]
        an empty custom_request finds every profile of the database
        for example {"custom_request": {"Wishlist": {"$$in": ["$.sku"]}}}

        E105 5:34 /recipient/0/custom_request
        - "recipient": [{"custom_request": {"$$or": []}}]
        + "recipient": [{"custom_request": {"$$or": [{"a": "$.a"}]}}]
        $or in a custom_request takes a list of at least one condition
        for example {"custom_request": {"Wishlist": {"$$in": ["$.sku"]}}}

        E105 5:47 /recipient/0/resource_id
        - "recipient": [{"email": "$.a", "resource_id": 0}]
        + "recipient": [{"email": "$.a", "resource_id": 1}]
        "resource_id" must be a positive whole number, and this is 0
        it is the resource's number in Altcraft, for example 24

        E105 5:25 /recipient/0/email
        - "recipient": [{"email": {"to": "$.a"}}]
        + "recipient": [{"email": {"$path": "$.a"}}]
        "email" must be a text, and this is an object
        write a path, for example "$.email", or a text

        W143 5:33 /recipient/1
        - "recipient": [{"email": "$.a"}, {"email": "$.a"}]
        + "recipient": [{"email": "$.a"}, {"email": "$.b"}]
        this alternative is never reached, because the one at /recipient/0 is complete whenever this one is
        move it before that one, or take it out

        W143 5:33 /recipient/1
        - "recipient": [{"email": "$.a"}, {"email": "$.a", "resource_id": 24}]
        + "recipient": [{"email": "$.a", "resource_id": "$.r"}, {"email": "$.a", "resource_id": 24}]
        this alternative is never reached, because the one at /recipient/0 is complete whenever this one is
        move it before that one, or take it out
        """#)

    @Test(arguments: conditions + audiences)
    func isFoundAndItsNeighbourIsNot(_ neighbours: Neighbours) throws {
        try neighbours.check()
    }
}

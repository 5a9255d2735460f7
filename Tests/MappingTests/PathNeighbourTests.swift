import JSON
import Mapping
import Testing

/// What is wrong with paths and placeholders, each beside the nearest file that is right.
@Suite(.timeLimit(.minutes(1)))
struct PathNeighbourTests {
    /// Paths, placeholders, and texts that look like them.
    static let paths = Neighbours.table(
        #"""
        E120 6:21 /content/x
        - "content": {"x": "$.99"}
        + "content": {"x": "$99"}
        expected a name or * after ".", found "9"
        an element is written [0], a name ['0']

        E120 6:22 /content/x
        - "content": {"x": "$.a&b"}
        + "content": {"x": "$['a&b']"}
        expected ".", "[" or the end of the query, found "&"
        "and" is written &&

        E120 6:21 /content/x
        - "content": {"x": "$["}
        + "content": {"x": {"$literal": "$["}}
        expected a name in quotes, a number, a range, * or a filter, found the end of the query
        if no path is meant, write {"$literal": "$["}

        E120 6:29 /content/x/$path
        - "content": {"x": {"$path": "a.b"}}
        + "content": {"x": {"$path": "$.a.b"}}
        expected "$" or "@" at the start, found "a"
        a path begins at the event: write "$.a.b"

        E120 6:21 /content/x
        - "content": {"x": "$[01]"}
        + "content": {"x": "$[1]"}
        an integer does not begin with a zero
        if no path is meant, write {"$literal": "$[01]"}

        E120 6:23 /content/x
        - "content": {"x": "$.a."}
        + "content": {"x": "$.a"}
        expected a name or * after ".", found the end of the query
        if no path is meant, write {"$literal": "$.a."}

        E120 6:23 /content/x
        - "content": {"x": "$.a b"}
        + "content": {"x": "$['a b']"}
        expected ".", "[" or the end of the query, found "b"
        if no path is meant, write {"$literal": "$.a b"}

        E120 6:36 /content/x/$path
        - "content": {"x": {"$path": "$[?@.a = 1]", "take": "first"}}
        + "content": {"x": {"$path": "$[?@.a == 1]", "take": "first"}}
        expected "," or "]", found "="
        equality is written ==

        E120 6:39 /content/x/$path
        - "content": {"x": {"$path": "$[?@.a == 'b]", "take": "first"}}
        + "content": {"x": {"$path": "$[?@.a == 'b']", "take": "first"}}
        the text that begins here has no closing '
        if no path is meant, write {"$literal": "$[?@.a == 'b]"}

        E120 6:32 /content/x/$path
        - "content": {"x": {"$path": "$[?@.a.* == 1]", "take": "first"}}
        + "content": {"x": {"$path": "$[?@.a[0] == 1]", "take": "first"}}
        a comparison takes a query for one value, and this one can select several
        name one place, or take the only value by value(…)

        E120 6:29 /content/x/$meta
        - "content": {"x": {"$meta": "now"}}
        + "content": {"x": {"$meta": "/now"}}
        "now" is no JSON Pointer
        for example "/properties/message_id"

        E121 6:22 /content/x
        - "content": {"x": "$.a[*].b"}
        + "content": {"x": "$.a[0].b"}
        "$.a[*].b" may select several values, and nothing says which are meant
        write {"$path": "$.a[*].b", "take": "first"}, or "all" for a list

        E121 6:22 /content/x
        - "content": {"x": "$.a['b','c']"}
        + "content": {"x": "$.a['b']['c']"}
        "$.a['b','c']" may select several values, and nothing says which are meant
        write {"$path": "$.a['b','c']", "take": "first"}, or "all" for a list

        E121 6:22 /content/x
        - "content": {"x": "$.a[1:2]"}
        + "content": {"x": "$.a[1]"}
        "$.a[1:2]" may select several values, and nothing says which are meant
        write {"$path": "$.a[1:2]", "take": "first"}, or "all" for a list

        E121 6:30 /content/x/$path
        - "content": {"x": {"$path": "$..b"}}
        + "content": {"x": {"$path": "$..b", "take": "all"}}
        "$..b" may select several values, and nothing says which are meant
        add "take": "first", "all" or "only"

        E122 6:18 /event/id
        - "event": {"id": "@.id"}, "for_each": {"path": "$.a[*]"}
        + "event": {"id": "$.id"}, "for_each": {"path": "$.a[*]"}
        "@" stands outside "for_each" and "$each", so there is no element
        write "$.id" for the event itself; in a list, "$each" gives the elements

        E122 6:15 /let/v
        - "let": {"v": "@.v"}, "content": {"x": {"$each": "$.l[*]", "item": {"$var": "v"}}}
        + "let": {"v": "@.v"}, "for_each": {"path": "$.l[*]"}, "content": {"x": {"$var": "v"}}
        "@" stands outside "for_each" and "$each", so there is no element
        write "$.v" for the event itself; in a list, "$each" gives the elements

        E122 6:66 /content/x/pipe/0/replace/find
        - "content": {"x": {"$path": "$.a", "pipe": [{"replace": {"find": "@", "with": ""}}]}}
        + "content": {"x": {"$path": "$.a", "pipe": [{"replace": {"find": {"$literal": "@"}, "with": ""}}]}}
        "@" stands outside "for_each" and "$each", so there is no element
        write "$" for the event itself; in a list, "$each" gives the elements; for the sign write {"$literal": "@"}

        E122 6:30 /content/x/$meta
        - "content": {"x": {"$meta": "/index"}}
        + "content": {"x": {"$each": "$.l[*]", "item": {"$meta": "/index"}}}
        there is no "index" outside "for_each" and "$each"
        take it out, or use it inside "item"

        E123 6:36 /content/x/$template
        - "content": {"x": {"$template": "{{ }}"}}
        + "content": {"x": {"$template": "{{ $.a }}"}}
        this placeholder is empty
        write a path or a name of "let" between the braces, for example {{$.id}}

        E124 6:32 /content/x/$path
        - "content": {"x": {"$path": "$[?length(@.a)]", "take": "first"}}
        + "content": {"x": {"$path": "$[?length(@.a) > 1]", "take": "first"}}
        length() gives a value, which is no condition by itself
        compare it: length(…) == …

        E124 6:32 /content/x/$path
        - "content": {"x": {"$path": "$[?lenght(@.a) > 1]", "take": "first"}}
        + "content": {"x": {"$path": "$[?count(@.a.*) > 1]", "take": "first"}}
        there is no function lenght()
        there are length, count, match, search, value

        E124 6:38 /content/x/$path
        - "content": {"x": {"$path": "$[?count(1) > 1]", "take": "first"}}
        + "content": {"x": {"$path": "$[?length('a') > 1]", "take": "first"}}
        count() takes a query
        if no path is meant, write {"$literal": "$[?count(1) > 1]"}

        E125 6:45 /content/x/$path
        - "content": {"x": {"$path": "$[?match(@.a, 'b{2,1}')]", "take": "first"}}
        + "content": {"x": {"$path": "$[?match(@.a, 'b{1,2}')]", "take": "first"}}
        no I-Regexp, so it matches nothing: the range counts down: 2 to 1
        a pattern is made of characters, classes as [0-9], groups as (a|b), and counts as {2,3}, ?, * and +

        E120 6:44 /content/x/$path
        - "content": {"x": {"$path": "$[?match(@.a, '\\d')]", "take": "first"}}
        + "content": {"x": {"$path": "$[?match(@.a, '[0-9]')]", "take": "first"}}
        "\d" is no escape
        \\ writes the sign itself

        W220 6:45 /content/x/$path
        - "content": {"x": {"$path": "$[?match(@.a, 'a$')]", "take": "first"}}
        + "content": {"x": {"$path": "$[?match(@.a, 'a[$]')]", "take": "first"}}
        "$" is taken for an anchor, which I-Regexp does not have
        match() compares the whole text without them; take them out

        W126 6:18 /content/x
        - "content": {"x": "$name"}
        + "content": {"x": {"$literal": "$name"}}
        "$name" is no path, and goes out as it stands
        write "$.name", or {"$literal": …} where the text is meant

        W126 6:18 /content/x
        - "content": {"x": "Order {{$.name}}"}
        + "content": {"x": {"$template": "Order {{$.name}}"}}
        "{{…}}" is filled in only inside {"$template": …}, so this goes out as it stands
        write {"$template": "Order {{$.name}}"}, or {"$literal": …} where the text is meant

        W126 6:32 /content/x/$template
        - "content": {"x": {"$template": "Order {$.name}"}}
        + "content": {"x": "Order {$name}"}
        this text has no placeholder, so it goes out as it stands
        a placeholder has two braces on each side: {{$.name}}

        W126 5:25 /recipient/0/email
        - "recipient": [{"email": "customer.email"}]
        + "recipient": [{"email": "$.customer.email"}]
        this is the text "customer.email" for everybody, and no value of the event
        write "$.customer.email", or {"$literal": …} where the text is meant

        W126 5:19 /when/body/$.status
        - "when": {"body": {"$.status": ["paid"]}}
        + "when": {"body": {"status": ["paid"]}}
        "$.status" is a member's name here, and no path
        write "status": […]

        W127 6:28 /content/x/$each
        - "content": {"x": {"$each": "$.a", "item": "@"}}
        + "content": {"x": {"$each": "$.a.*", "item": "@"}}
        "$.a" is one value, and not its elements
        write "$.a[*]" for the elements of a list

        W127 6:22 /for_each/path
        - "for_each": {"path": "$.a"}
        + "for_each": {"path": "$.a[0:1]"}
        "$.a" is one value, and not its elements
        write "$.a[*]" for the elements of a list

        E160 6:35 /content/x/$template
        - "content": {"x": {"$template": "{{{$.a}}}"}}
        + "content": {"x": {"$template": "{{$.a}}}"}}
        there is no variable "{$.a"
        a placeholder has two braces on each side: {{$.name}}
        """#)

    @Test(arguments: paths)
    func isFoundAndItsNeighbourIsNot(_ neighbours: Neighbours) throws {
        try neighbours.check()
    }
}

import JSON
import Mapping
import Testing

/// What is wrong with names, functions and `delivery`, each beside the nearest file that is right.
@Suite(.timeLimit(.minutes(1)))
struct NameNeighbourTests {
    /// Variables, tables and functions.
    static let names = Neighbours.table(
        #"""
        E160 6:61 /content/x/$template
        - "let": {"locale": "$.l"}, "content": {"x": {"$template": "{{local}}"}, "y": {"$var": "locale"}}
        + "let": {"locale": "$.l"}, "content": {"x": {"$template": "{{$.local}}"}, "y": {"$var": "locale"}}
        there is no variable "local"
        did you mean "locale"?

        W161 6:9 /let/a
        - "let": {"a": "$.a"}
        + "let": {"a": "$.a"}, "custom_data": {"x": {"$var": "a"}}
        the variable "a" is never used
        take it out, or write {"$var": "a"} where it is meant

        E163 6:59 /content/x/$lookup
        - "tables": {"one": {"a": 1}}, "content": {"x": {"$lookup": "ones", "key": "a", "default": 1}, "y": \#
        {"$lookup": "one", "key": "a", "default": 1}}
        + "tables": {"one": {"a": 1}}, "content": {"y": {"$lookup": "one", "key": "a", "default": 1}}
        there is no table "ones"
        did you mean "one"?

        W164 6:45 /content/x
        - "tables": {"t": {"a": 1}}, "content": {"x": {"$lookup": "t", "key": "$.a"}}
        + "tables": {"t": {"a": 1}}, "content": {"x": {"$lookup": "t", "key": "$.a", "optional": true}}
        a key that "t" lacks will park the event
        add "default", or leave it so if that is meant

        W165 6:12 /tables/t
        - "tables": {"t": {"a": 1}}
        + "tables": {}
        the table "t" is never used
        take it out, or write {"$lookup": "t", "key": …} where it is meant

        E170 6:57 /content/x/pipe/1
        - "content": {"x": {"$path": "$.a", "pipe": ["lowercase", "lower"]}}
        + "content": {"x": {"$path": "$.a", "pipe": ["lowercase"]}}
        there is no function "lower"
        there are trim, nonblank, lowercase, uppercase, digits, urlencode, truncate, replace, email, phone, \#
        decimal, integer, round, scale, money, datetime, plus, date, sha256, md5, join, first, last, count, sum, \#
        unique, limit, string, json, bool

        E171 6:54 /content/x/pipe/0/trim/left
        - "content": {"x": {"$path": "$.a", "pipe": [{"trim": {"left": true}}]}}
        + "content": {"x": {"$path": "$.a", "pipe": [{"trim": {}}]}}
        "trim" has no argument "left"
        it takes no arguments

        E171 6:65 /content/x/pipe/0/replace/find
        - "content": {"x": {"$path": "$.a", "pipe": [{"replace": {"find": "$", "with": ""}}]}}
        + "content": {"x": {"$path": "$.a", "pipe": [{"replace": {"find": {"$literal": "$"}, "with": ""}}]}}
        "find" must be a text, and "$" is the whole event
        if the sign is meant, write {"$literal": "$"}

        E171 6:54 /content/x/pipe/0/limit
        - "content": {"x": {"$path": "$.a", "pipe": [{"limit": "5"}]}}
        + "content": {"x": {"$path": "$.a", "pipe": [{"limit": 5}]}}
        "count" must be a number, and this is a text
        for example {"limit":2}

        E171 6:54 /content/x/pipe/0/limit
        - "content": {"x": {"$path": "$.a", "pipe": [{"limit": -1}]}}
        + "content": {"x": {"$path": "$.a", "pipe": [{"limit": 0}]}}
        "count" must be a whole number of at least 0
        for example {"limit":2}

        E172 6:45 /content/x/pipe/0/money
        - "content": {"x": {"$path": "$.a", "pipe": [{"money": {"currency": "EUR", "locale": "de"}}]}}
        + "content": {"x": {"$path": "$.a", "pipe": ["decimal", {"money": {"currency": "EUR", "locale": "de"}}]}}
        "money" takes an exact decimal, and what comes here is any value
        put "decimal" before it

        E172 6:51 /content/x/pipe/1
        - "content": {"x": {"$path": "$.a", "pipe": ["sum", "trim"]}}
        + "content": {"x": {"$path": "$.a", "pipe": ["sum", "string", "trim"]}}
        "trim" takes a text, and what comes here is an exact decimal
        put "string" before it

        E172 6:52 /content/x/pipe/0
        - "content": {"x": {"$template": "{{$.a}}", "pipe": ["count"]}}
        + "content": {"x": {"$template": "{{$.a}}", "pipe": ["trim"]}}
        "count" takes a list, and what comes here is a text
        take another function

        E172 6:30 /content/x/$merge/0
        - "content": {"x": {"$merge": ["text"]}}
        + "content": {"x": {"$merge": ["$.text"]}}
        "$merge" takes objects, and this is a text
        write an object, or a path that selects one: {"$merge": ["$.customer", {"source": "shop"}]}

        E162 6:33 /let/v/$template
        - "let": {"v": {"$template": "x {{v}}"}}, "content": {"x": {"$var": "v"}}
        + "let": {"v": {"$template": "x {{$.v}}"}}, "content": {"x": {"$var": "v"}}
        the variable "v" depends on itself
        one of the variables in the circle must do without the others

        E105 6:19 /event/time
        - "event": {"time": "soon"}
        + "event": {"time": "$.soon"}
        "soon" is no time, and it would be the same for every event
        write where the event has it, for example "$.created_at"

        E105 6:21 /attach/0/name
        - "attach": [{"name": "a/b.pdf", "type": "application/pdf", "data": "$.d"}]
        + "attach": [{"name": "b.pdf", "type": "application/pdf", "data": "$.d"}]
        an attachment's name must have 1 to 255 bytes, without slashes or control characters
        for example "name": "invoice.pdf"

        E105 6:38 /attach/0/type
        - "attach": [{"name": "b.pdf", "type": "pdf", "data": "$.d"}]
        + "attach": [{"name": "b.pdf", "type": "x/pdf", "data": "$.d"}]
        "pdf" is no media type, such as text/csv or application/pdf
        for example "type": "application/pdf"

        E105 6:60 /attach/0/data
        - "attach": [{"name": "b.txt", "type": "text/plain", "data": "words"}]
        + "attach": [{"name": "b.txt", "type": "text/plain", "data": "d29yZHM="}]
        an attachment's data must be base64, padded and without line breaks
        for example "data": "$.invoice_base64"

        E172 6:19 /event/time
        - "event": {"time": 5}
        + "event": {"time": {"$path": "$.t", "pipe": ["datetime"]}}
        "time" must be a moment in time, and this is a number
        put "datetime" at the end of its pipe

        E173 6:78 /content/x/pipe/1/money/currency
        - "content": {"x": {"$path": "$.a", "pipe": ["decimal", {"money": {"currency": "EURO", "locale": "de"}}]}}
        + "content": {"x": {"$path": "$.a", "pipe": ["decimal", {"money": {"currency": "EUR", "locale": "de"}}]}}
        there is no currency "EURO"
        did you mean "EUR"?

        E173 6:65 /content/x/pipe/0/phone/region
        - "content": {"x": {"$path": "$.a", "pipe": [{"phone": {"region": "UK"}}]}}
        + "content": {"x": {"$path": "$.a", "pipe": [{"phone": {"region": "GB"}}]}}
        there is no region "UK"
        did you mean "GB"?

        E173 6:90 /content/x/pipe/1/date/zone
        - "content": {"x": {"$path": "$.a", "pipe": ["datetime", {"date": {"pattern": "d", "zone": "Moscow"}}]}}
        + "content": {"x": {"$path": "$.a", "pipe": ["datetime", {"date": {"pattern": "d", "zone": \#
        "Europe/Moscow"}}]}}
        there is no zone "Moscow"
        did you mean "Europe/Moscow"?

        E173 6:107 /content/x/pipe/1/date/locale
        - "content": {"x": {"$path": "$.a", "pipe": ["datetime", {"date": {"pattern": "d", "zone": "UTC", "locale": \#
        "xx"}}]}}
        + "content": {"x": {"$path": "$.a", "pipe": ["datetime", {"date": {"pattern": "d", "zone": "UTC", "locale": \#
        "kk"}}]}}
        there is no locale "xx"
        write for example "ru-RU" or "en"

        E171 6:77 /content/x/pipe/1/date/pattern
        - "content": {"x": {"$path": "$.a", "pipe": ["datetime", {"date": {"pattern": "YYYY", "zone": "UTC"}}]}}
        + "content": {"x": {"$path": "$.a", "pipe": ["datetime", {"date": {"pattern": "yyyy", "zone": "UTC"}}]}}
        "Y" is the year that a week belongs to
        did you mean "yyyy"?

        W174 6:77 /content/x/pipe/1/date/pattern
        - "content": {"x": {"$path": "$.a", "pipe": ["datetime", {"date": {"pattern": "hh:mm", "zone": "UTC"}}]}}
        + "content": {"x": {"$path": "$.a", "pipe": ["datetime", {"date": {"pattern": "HH:mm", "zone": "UTC"}}]}}
        "h" is the clock of 12 hours, and nothing says which half of the day
        did you mean "HH:mm"?
        """#)

    /// `delivery`, and what a loop is the same for.
    static let deliveries = Neighbours.table(
        #"""
        E180 6:30 /delivery/expire_after
        - "delivery": {"expire_after": "6h"}
        + "delivery": {"expire_after": "PT6H"}
        "6h" is no duration of ISO 8601
        for example "PT30M" (30 minutes), "PT6H" (6 hours), "P7D" (7 days)

        E180 6:49 /delivery/dedup/window
        - "delivery": {"dedup": {"key": "$.id", "window": "7D"}}
        + "delivery": {"dedup": {"key": "$.id", "window": "P7D"}}
        "7D" is no duration of ISO 8601
        for example "PT30M" (30 minutes), "PT6H" (6 hours), "P7D" (7 days)

        E182 5:50 /delivery/batch
        - "launch": {"scenario": 1}, "delivery": {"batch": {}}
        + "launch": {"scenario": 1}, "profile": {"fields": {}}, "delivery": {"batch": {}}
        the platform has no batch call that engages existing profiles in a scenario
        drop delivery.batch, so that each goes by workflows/start, or give the mapping a profile, so that they go \#
        by workflows/import_and_start_batch

        E182 5:50 /delivery/batch
        - "launch": {"link": "one"}, "delivery": {"batch": {}}
        + "launch": {"link": "one"}
        a v1.0 trigger link launches for one profile at a time
        drop delivery.batch, or launch the campaign by its number

        W184 6:12 /content
        - "content": {"x": "$.a"}, "delivery": {"batch": {}}
        + "custom_data": {"x": "$.a"}, "content": {"x": 1}, "delivery": {"batch": {}}
        launches share one call only where their content is equal, and this content differs from event to event
        take "batch" out, or move what differs into "custom_data"

        W184 6:44 /content
        - "for_each": {"path": "$.a[*]"}, "content": {"x": "@.b"}, "delivery": {"batch": {}}
        + "for_each": {"path": "$.a[*]"}, "content": {"x": "$.b"}, "delivery": {"batch": {}}
        launches share one call only where their content is equal, and this content differs from event to event
        take "batch" out, or move what differs into "custom_data"

        E212 6:63 /delivery/dedup/key
        - "for_each": {"path": "$.a[*]"}, "delivery": {"dedup": {"key": "$.id"}}
        + "for_each": {"path": "$.a[*]"}, "delivery": {"dedup": {"key": "@.id"}}
        this key is the same for all elements of "for_each"
        put something of the element into it, for example {{@.id}}

        E213 6:45 /for_each/unique_by
        - "for_each": {"path": "$.a[*]", "unique_by": "$.id"}
        + "for_each": {"path": "$.a[*]", "unique_by": "@.id"}
        this is the same for every element, so only the first would be launched
        write something of the element, for example "@.id"

        E213 6:45 /for_each/unique_by
        - "for_each": {"path": "$.a[*]", "unique_by": {"$meta": "/now"}}
        + "for_each": {"path": "$.a[*]", "unique_by": {"$meta": "/index"}}
        this is the same for every element, so only the first would be launched
        write something of the element, for example "@.id"

        W234 6:12 /content
        - "content": {"x": "$.order.id"}
        + "content": {"x": "$.order.number"}
        the content uses nothing of the event but an id
        let the publisher put into the event what the message shows
        """#)

    @Test(arguments: names + deliveries)
    func isFoundAndItsNeighbourIsNot(_ neighbours: Neighbours) throws {
        try neighbours.check()
    }
}

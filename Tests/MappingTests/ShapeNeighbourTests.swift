import JSON
import Mapping
import Testing

/// What is wrong with keys, kinds and parts of a file, each beside the nearest file that is right.
@Suite(.timeLimit(.minutes(1)))
struct ShapeNeighbourTests {
    /// Keys, kinds and required parts.
    static let shapes = Neighbours.table(
        #"""
        E102 6:15 /owner
        - "owner": "a", "owner": "b"
        + "owner": "a", "description": "b"
        the member "owner" stands twice in one object
        remove one of the two

        E102 6:35 /content/y/z
        - "content": {"x": 1, "y": {"z": 1, "z": 1}}
        + "content": {"x": 1, "y": {"z": 1, "Z": 1}}
        the member "z" stands twice in one object
        remove one of the two

        E105 6:10 /owner
        - "owner": 5
        + "owner": "5"
        this must be a text, and it is a number
        for example "checkout"

        E105 6:12 /enabled
        - "enabled": "true"
        + "enabled": true
        this must be true or false, and it is a text
        for example false

        E105 6:16 /description
        - "description": null
        + "description": ""
        this must be a text, and it is null
        for example "A paid order sends its confirmation."

        E105 6:17 /tables/t
        - "tables": {"t": 5}
        + "tables": {"t": {"x": 5}}, "content": {"x": {"$lookup": "t", "key": "$.a", "default": 1}}
        this must be an object, and it is a number
        for example {"campaign_by_locale": {"ru-RU": 4101, "en-US": 4103}}

        E105 6:12 /content
        - "content": 5
        + "content": {"n": 5}
        this must be an object, and it is a number
        for example {"order": {"number": "$.name"}}

        E105 6:12 /content
        - "content": "text"
        + "content": "$.content"
        this must be an object, and it is a text
        for example {"number": "$.name"}

        E105 6:11 /attach
        - "attach": "x"
        + "attach": []
        "attach" must be a list, and this is a text
        write [{"name": …, "type": …, "data": …}]

        E105 6:19 /on/missing
        - "on": {"missing": "ignore"}
        + "on": {"missing": "skip"}
        "ignore" is none of "park", "skip"
        for example "skip"

        E105 6:41 /for_each/limit
        - "for_each": {"path": "$.a[*]", "limit": 0}
        + "for_each": {"path": "$.a[*]", "limit": 1}
        this must be a whole number from 1 to 1000000
        for example 1000

        E105 6:37 /delivery/rate/per_second
        - "delivery": {"rate": {"per_second": 0}}
        + "delivery": {"rate": {"per_second": 0.001}}
        this must be a number above zero
        for example 50

        E105 6:44 /profile/timeout
        - "profile": {"fields": {"a": 1}, "timeout": 5}
        + "profile": {"fields": {"a": 1}, "timeout": "PT5M"}
        this must be a duration like "PT6H" or an object, and it is a number
        for example "PT5M"

        E105 6:54 /profile/timeout/hours
        - "profile": {"fields": {"a": 1}, "timeout": {"hours": -1}}
        + "profile": {"fields": {"a": 1}, "timeout": {"hours": 0}}
        this must be a whole number from 0 to 100000
        for example 5

        E105 6:34 /attach/0/type
        - "attach": [{"name": "a", "type": "$.t", "data": "$.d"}]
        + "attach": [{"name": "a", "type": "text/csv", "data": "$.d"}]
        an event could choose what kind of file this is
        write each file as {"name": …, "type": "application/pdf", "data": …} with the type as a text

        E105 6:11 /attach
        - "attach": "$.files"
        + "attach": {"$each": "$.files[*]", "item": {"name": "@.n", "type": "text/csv", "data": "@.d"}}
        an event could choose what kind of file this is
        write each file as {"name": …, "type": "application/pdf", "data": …} with the type as a text

        E105 5:25 /recipient/0/email
        - "recipient": [{"email": 5}]
        + "recipient": [{"email": "$.e"}]
        "email" must be a text, and this is a number
        write a path, for example "$.email", or a text

        E105 6:43 /content/x/take
        - "content": {"x": {"$path": "$.a", "take": "some"}}
        + "content": {"x": {"$path": "$.a", "take": "first"}}
        "some" is none of "first", "all", "only"
        for example "first"

        E105 6:44 /content/x/pipe/0
        - "content": {"x": {"$path": "$.a", "pipe": [5]}}
        + "content": {"x": {"$path": "$.a", "pipe": []}}
        an entry of "pipe" is a function's name, or an object with that name and its arguments
        for example "trim" or {"join": ", "}

        E105 6:34 /attach/0/data
        - "attach": [{"name": "a", "data": "data:text/csv,a;b"}]
        + "attach": [{"name": "a", "data": "data:text/csv;base64,YTti"}]
        this data URI is not in base64, as the platform takes files
        for example "data:text/csv;base64,SEVMTE8K"

        E105 6:54 /attach/0/data
        - "attach": [{"name": "a", "type": "text/csv", "data": {"$template": "data:text/csv,{{$.d}}"}}]
        + "attach": [{"name": "a", "type": "text/csv", "data": {"$template": "data:text/csv;base64,{{$.d}}"}}]
        this data URI is not in base64, as the platform takes files
        for example "data:text/csv;base64,SEVMTE8K"

        E110 6:1 /conten
        - "conten": {}
        + "content": {}
        there is no key "conten" here
        did you mean "content"?

        E110 6:30 /content/x/$meta
        - "content": {"x": {"$meta": "/now/x"}}
        + "content": {"x": {"$meta": "/now"}}
        there is nothing at "/now/x"
        did you mean "now"?

        E110 6:41 /content/x/$meta
        - "content": {"x": {"$meta": "/properties/messageId"}}
        + "content": {"x": {"$meta": "/properties/message_id"}}
        messages have no property "messageId"
        did you mean "message_id"?

        E110 5:25 /when/properties/content-type
        - "when": {"properties": {"content-type": ["application/json"]}}
        + "when": {"properties": {"content_type": ["application/json"]}}
        messages have no property "content-type"
        did you mean "content_type"?

        E111 6:52 /content/x/$literal
        - "content": {"x": {"$path": "$.a", "take": "first", "$literal": 1}}
        + "content": {"x": {"$literal": {"$path": "$.a", "take": "first"}}}
        "$literal" stands beside "$path": an object holds one instruction
        nest them, or take one out

        E113 6:43 /content/x/take
        - "content": {"x": {"$template": "{{$.a}}", "take": "first"}}
        + "content": {"x": {"$template": "{{$.a}}", "optional": true}}
        "take" does not belong to "$template"
        it takes "pipe", "default", "optional"

        E113 6:51 /content/x/default
        - "content": {"x": {"$each": "$.a[*]", "item": "@", "default": []}}
        + "content": {"x": {"$each": "$.a[*]", "item": "@", "empty": "omit"}}
        "default" does not belong to "$each"
        it takes "item", "where", "limit", "empty"

        E113 5:27 /launch/by
        - "launch": {"campaign": 1, "by": "md5"}
        + "launch": {"link": "one", "by": "md5"}
        "by" belongs to "link"
        take it out; campaigns and scenarios find people by "recipient"

        E113 5:28 /content
        - "launch": {"link": "one"}, "content": {"x": 1}
        + "launch": {"link": "one"}, "fields": [{"name": "x", "value": 1}]
        GET of a v1.0 link does not take content
        launch the campaign by its number, so that it goes by campaigns/triggers/start/

        E113 6:1 /fields
        - "fields": [{"name": "x", "value": 1}]
        + "profile": {"fields": {"x": 1}}
        campaigns/triggers/start/ does not take fields
        give the mapping profile.fields, or launch a v1.0 link

        E114 6:18 /content/x
        - "content": {"x": {"$if": {"a": [1]}}}
        + "content": {"x": {"$if": {"a": [1]}, "then": 1}}
        "$if" needs "then" beside it
        for example "then": "VIP"

        E114 6:13 /for_each
        - "for_each": {"where": {"a": [1]}}
        + "for_each": {"path": "$.a[*]", "where": {"a": [1]}}
        "path" is missing here
        for example "path": "$.data.subscribers[*]"

        E114 6:12 /profile
        - "profile": {"skip_triggers": true}
        + "profile": {"skip_triggers": true, "fields": {}}
        "fields" is missing here
        for example "fields": {"_fname": "$.customer.first_name"}

        E114 6:24 /subscription_filter
        - "subscription_filter": {"provider": "Chrome"}
        + "subscription_filter": {"provider": "Chrome", "subscription_id": "$.s"}
        a push subscription needs "subscription_id"
        for example {"provider": "Chrome", "subscription_id": "$.push.id"}

        E114 6:24 /subscription_filter
        - "subscription_filter": {"email": "$.e", "phone": "$.p"}
        + "subscription_filter": {"email": "$.e"}
        a subscription is named in one way
        write "email", or "phone", or "provider" and "subscription_id"

        E105 6:12 /content
        - "content": {"$template": "{{$.a}}"}
        + "content": {"$merge": ["$.a"]}
        this must be an object, and it is a text
        for example {"number": "$.name"}

        E105 6:12 /content
        - "content": {"$each": "$.a[*]", "item": "@"}
        + "content": {"a": {"$each": "$.a[*]", "item": "@"}}
        this must be an object, and it is a list
        for example {"number": "$.name"}

        E105 6:16 /custom_data
        - "custom_data": {"$literal": 5}
        + "custom_data": {"$literal": {"a": 5}}
        this must be an object, and it is a number
        for example {"number": "$.name"}
        """#)

    @Test(arguments: shapes)
    func isFoundAndItsNeighbourIsNot(_ neighbours: Neighbours) throws {
        try neighbours.check()
    }
}

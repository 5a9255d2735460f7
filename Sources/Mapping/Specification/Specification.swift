import Functions

/// The mapping language as data: one table for the decoder, the checker, the JSON Schema and the reference.
///
/// Keys are added here and nowhere else; what each needs beyond its shape is in `Compile`.
package enum Specification {
    /// The whole file.
    package static let mapping = ObjectSpec(
        "mapping", "One mapping: which event launches what, for whom, with which content.",
        identity + [
            KeySpec(
                "when", .object(when), required: true, "Which events are meant; all given parts must hold.",
                example: #"{"routing_key": ["order.*.paid"], "body": {"financial_status": ["paid"]}}"#),
            KeySpec(
                "event", .object(event), "What identifies the event, and when it happened.",
                example: #"{"id": "$.id", "time": {"$path": "$.processed_at", "pipe": ["datetime"]}}"#,
                fallback: "the properties `message_id` and `timestamp`"),
            KeySpec(
                "for_each", .object(forEach), "One launch for each element of a list; `@` is the element.",
                example: #"{"path": "$.data.subscribers[*]", "unique_by": "@.loyalty_id"}"#),
            KeySpec(
                "let", .map(.template(.any)), "Values with a name, each worked out once.",
                example: #"{"currency": "$.currency"}"#),
            KeySpec(
                "tables", .map(.map(.anything)), "Tables for `$lookup`: text keys and what they stand for.",
                example: #"{"campaign_by_locale": {"ru-RU": 4101, "en-US": 4103}}"#),
            KeySpec("launch", .object(launch), required: true, "What is launched.", example: #"{"campaign": 4101}"#),
            KeySpec(
                "recipient", .list(.object(recipient), atLeast: 1), required: true,
                "Whom it is for: alternatives, of which the first whose values are all there is used.",
                example: #"[{"matching": "email", "email": "$.email"}]"#),
            KeySpec(
                "content", .templateObject, "What the message template reads as `{apicontent.…}`.",
                example: #"{"order": {"number": "$.name"}}"#),
            KeySpec(
                "custom_data", .templateObject, "What comes back in Altcraft's action hooks.",
                example: #"{"event_id": {"$meta": "/properties/message_id"}}"#),
            KeySpec(
                "attach", .template(.list), "Files for the message.",
                example: #"[{"name": "invoice.pdf", "type": "application/pdf", "data": "$.invoice_base64"}]"#),
            KeySpec(
                "subscription_filter", .templateObject,
                "Which of the profile's subscriptions the message goes to.", example: #"{"email": "$.email"}"#),
            KeySpec(
                "profile", .object(profile), "The profile to create or update with the launch.",
                example: #"{"fields": {"_fname": "$.customer.first_name"}}"#),
            KeySpec(
                "fields", .list(.object(linkField), atLeast: 1), "Profile fields of a v1.0 link.",
                example: #"[{"name": "FirstName", "value": "$.first_name", "option": 0}]"#),
            KeySpec(
                "delivery", .object(delivery), "How launches travel: repeats, expiry, pace, attempts.",
                example: #"{"expire_after": "PT6H"}"#),
            KeySpec(
                "on", .object(on), "What becomes of an event that gives no launch.",
                example: #"{"no_recipient": "skip"}"#),
        ])

    private static let identity = [
        KeySpec(
            "$schema", .text, "The schema that editors complete and underline by.",
            example: #""./mapping.schema.json""#),
        KeySpec(
            "name", .name, required: true, "The mapping's name: unique, and what logs and metrics call it.",
            example: #""order-confirmation""#),
        KeySpec("owner", .text, "The team to ask.", example: #""checkout""#),
        KeySpec(
            "description", .text, "What the mapping is for.",
            example: #""A paid order sends its confirmation.""#),
        KeySpec("enabled", .bool, "Whether it takes part.", example: "false", fallback: "true"),
    ]

    /// `when`.
    package static let when = ObjectSpec(
        "when", "Which events are meant; all given parts must hold.",
        [
            KeySpec("exchange", .conditions, "The exchanges, by their exact names.", example: #"["shop.events"]"#),
            KeySpec(
                "routing_key", .conditions,
                "Routing keys; `*` is one word between dots, `#` any number of them.",
                example: #"["order.*.paid"]"#),
            KeySpec(
                "headers", .pattern, "Conditions on the message's headers.",
                example: #"{"x-test": [false, {"exists": false}]}"#),
            KeySpec(
                "properties", .pattern, "Conditions on the message's properties.",
                example: #"{"app_id": ["shop"]}"#),
            KeySpec("body", .pattern, "Conditions on the event.", example: #"{"financial_status": ["paid"]}"#),
        ])

    /// `event`.
    package static let event = ObjectSpec(
        "event", "What identifies the event, and when it happened.",
        [
            KeySpec(
                "id", .template(.any),
                "The event's id, by which a repeat is recognised; an empty one counts as none.", example: #""$.id""#,
                fallback: "the property `message_id`, else a hash of the message"),
            KeySpec(
                "time", .template(.instant), "When it happened, for `expire_after`.",
                example: #"{"$path": "$.created", "pipe": [{"datetime": {"from": "unix"}}]}"#,
                fallback: "the property `timestamp`, else when the bridge first saw the event"),
        ])

    /// `for_each`.
    package static let forEach = ObjectSpec(
        "for_each", "One launch for each element of a list; `@` is the element.",
        [
            KeySpec("path", .path, required: true, "Where the elements are.", example: #""$.data.subscribers[*]""#),
            KeySpec("where", .pattern, "Which elements are taken.", example: #"{"lang": ["ru"]}"#, fallback: "all"),
            KeySpec(
                "unique_by", .template(.any),
                "What tells elements apart: of equal ones only the first is launched, and a repeat is recognised by it; an empty one counts as none.",
                example: #""@.loyalty_id""#, fallback: "the element's place"),
            KeySpec(
                "limit", .integer(1...1_000_000),
                "How many elements an event may have; one with more is parked.", example: "1000"),
        ])

    /// `launch`.
    package static let launch = ObjectSpec(
        "launch", "What is launched: a campaign, a scenario, or a v1.0 link.",
        [
            KeySpec(
                "campaign", .id(fromEvent: false), "The trigger campaign: the number after `#` beside its name.",
                example: "4101"),
            KeySpec(
                "scenario", .id(fromEvent: false), "The scenario: the number after `#` beside its name.",
                example: "12"),
            KeySpec(
                "link", .text, "A v1.0 trigger link, by its name in the bridge's settings.",
                example: #""welcome""#),
            KeySpec(
                "by", .word(["md5", "xxh64", "email"]), "How the link names the person.", example: #""md5""#,
                fallback: "`md5`"),
        ], rule: .exactlyOne(["campaign", "scenario", "link"]))

    /// `attach[]`.
    package static let attachment = ObjectSpec(
        "attachment", "A file for the message.",
        [
            KeySpec("name", .template(.text), required: true, "The file's name.", example: #""invoice.pdf""#),
            KeySpec(
                "type", .template(.text),
                "The media type, as a text, from a table or chosen by `$if`; not needed where `data` is written as a data URI.",
                example: #""application/pdf""#),
            KeySpec(
                "data", .template(.text), required: true,
                "The content in base64, or a data URI: `data:text/csv;base64,SEVMTE8K`.",
                example: #""$.invoice_base64""#),
        ])

    /// `subscription_filter`.
    package static let subscriptionFilter = ObjectSpec(
        "subscription_filter", "Which of the profile's subscriptions the message goes to.",
        [
            KeySpec("email", .template(.text), "The subscription of this address.", example: #""$.email""#),
            KeySpec("phone", .template(.text), "The subscription of this number.", example: #""+79106135133""#),
            KeySpec(
                "provider", .template(.text), "The push provider, together with `subscription_id`.",
                example: #""Chrome""#),
            KeySpec("subscription_id", .template(.text), "The push subscription.", example: #""$.push.id""#),
            KeySpec("not_strict", .bool, "Whether another fitting subscription will do.", example: "true"),
        ])

    /// `profile`.
    package static let profile = ObjectSpec(
        "profile", "The profile to create or update with the launch.",
        [
            KeySpec(
                "fields", .templateObject, required: true,
                "The profile's fields; system names begin with `_`.",
                example: #"{"_fname": "$.customer.first_name"}"#),
            KeySpec("skip_triggers", .bool, "Whether the import starts no other triggers.", example: "true"),
            KeySpec("skip_invalid_subscriptions", .bool, "Whether bad subscriptions are left out.", example: "true"),
            KeySpec("detect_geo", .bool, "Whether the place is found by `_regip` or `_ip`.", example: "true"),
            KeySpec(
                "timeout", .oneOf([.duration, .object(startDelay)]), "How long the campaign waits after the import.",
                example: #""PT5M""#),
        ])

    /// `profile.timeout` as the platform writes it.
    package static let startDelay = ObjectSpec(
        "start_delay", "A delay as the platform writes it.",
        ["days", "hours", "minutes"].map { unit in
            KeySpec(unit, .integer(0...100_000), "Whole \(unit).", example: "5", fallback: "0")
        })

    /// `fields[]`.
    package static let linkField = ObjectSpec(
        "link_field", "A profile field that a v1.0 link carries.",
        [
            KeySpec("name", .text, required: true, "The database field.", example: #""FirstName""#),
            KeySpec("value", .template(.any), required: true, "The value.", example: #""$.first_name""#),
            KeySpec(
                "option", .integer(0...2),
                "0 keeps what the database holds, 1 uses the value in the message only, 2 overwrites.", example: "1",
                fallback: "0"),
        ])

    /// `on`.
    package static let on = ObjectSpec(
        "on", "What becomes of an event that gives no launch: parked, or skipped and counted.",
        [
            KeySpec(
                "no_recipient", parkOrSkip, "No alternative of `recipient` is complete.", example: #""skip""#,
                fallback: "`park`"),
            KeySpec("missing", parkOrSkip, "A value is missing.", example: #""skip""#, fallback: "`park`"),
            KeySpec(
                "invalid", parkOrSkip, "A value is there but cannot be used.", example: #""skip""#,
                fallback: "`park`"),
        ])

    private static let parkOrSkip = Shape.word(["park", "skip"])
}

import Altcraft
import Functions

extension Specification {
    /// `delivery`.
    package static let delivery = ObjectSpec(
        "delivery", "How launches travel: repeats, expiry, pace, attempts.",
        [
            KeySpec(
                "dedup", .oneOf([.constantFalse, .object(dedup)]),
                "By what a repeated event is recognised, and for how long; `false` for never.",
                example: #"{"key": {"$template": "order-paid:{{$.id}}"}, "window": "P7D"}"#,
                fallback: "the event's id, or a hash of the message, for `P7D`"),
            KeySpec("expire_after", .duration, "How old an event may be when its turn comes.", example: #""PT6H""#),
            KeySpec("rate", .object(rate), "How many launches a second at most.", example: #"{"per_second": 50}"#),
            KeySpec(
                "priority", .word(["transactional", "normal", "bulk"]), "Who goes first when there is a queue.",
                example: #""transactional""#, fallback: "`normal`"),
            KeySpec("batch", .object(batch), "Several launches in one call.", example: #"{"max_items": 500}"#),
            KeySpec(
                "when_unsure", .word(["retry", "park"]),
                "What becomes of a launch whose answer never came: it may have been made.", example: #""park""#,
                fallback: "`retry`"),
            KeySpec("attempts", .integer(1...1_000), "How often a launch is tried.", example: "5", fallback: "10"),
            KeySpec(
                "lane", .template(.any), "What keeps its order: launches with the same lane go one by one.",
                example: #""$.customer.id""#, fallback: "the recipient"),
        ])

    /// `delivery.dedup`.
    package static let dedup = ObjectSpec(
        "dedup", "By what a repeated event is recognised.",
        [
            KeySpec(
                "key", .template(.any),
                "What is the same for repeats and for nothing else; an empty one counts as none.",
                example: #"{"$template": "order-paid:{{$.id}}"}"#, fallback: "the event's id"),
            KeySpec("window", .duration, "For how long.", example: #""P7D""#, fallback: "`P7D`"),
        ])

    /// `delivery.rate`.
    package static let rate = ObjectSpec(
        "rate", "How many launches a second at most.",
        [
            KeySpec("per_second", .positiveNumber, required: true, "Launches a second.", example: "50"),
            KeySpec(
                "burst", .integer(1...1_000_000), "How many may go at once.", example: "100",
                fallback: "one second's worth"),
        ])

    /// `delivery.batch`.
    package static let batch = ObjectSpec(
        "batch", "Several launches in one call.",
        [
            KeySpec(
                "max_items", .integer(1...10_000), "How many launches one call carries.", example: "500",
                fallback: "1000"),
            KeySpec(
                "max_wait", .duration, "How long a launch waits for company.", example: #""PT1S""#,
                fallback: "`PT1S`"),
            KeySpec(
                "task", .bool, "Whether the platform works it off later, as a task.", example: "true",
                fallback: "false"),
            KeySpec(
                "unreported", .word(["accept", "park"]),
                "What becomes of launches that the platform's answer does not name.", example: #""park""#,
                fallback: "the setting `altcraft.unreported`, `accept`"),
        ])

    /// `recipient[]`: a matching mode with its companions, or a query.
    ///
    /// The companions are Altcraft's own table, so that a mode that is added there is known here.
    package static let recipient = ObjectSpec(
        "recipient", "One way to find the profile.",
        [
            KeySpec(
                "matching", .mode(Matching.allCases.map(\.rawValue)), "How the platform finds the profile.",
                example: #""email""#, fallback: "`email`")
        ]
            + Companion.allCases.map { companion in
                KeySpec(
                    companion.rawValue, shape(of: companion), companion.sentence, example: example(of: companion))
            }
            + [
                KeySpec(
                    "custom_request", .templateObject,
                    "An audience instead of a profile: a MongoDB query, whose operators are written with two dollars.",
                    example: #"{"Custom_ID": {"$$in": ["a", "b"]}}"#)
            ], rule: .matchingMode)

    private static func shape(of companion: Companion) -> Shape {
        switch companion {
        case .resourceID: .id(fromEvent: true)
        case .fieldValue: .template(.any)
        default: .template(.text)
        }
    }

    private static func example(of companion: Companion) -> String {
        switch companion {
        case .email: #"{"$path": "$.email", "pipe": ["trim", "nonblank", "lowercase", "email"]}"#
        case .phone: #"{"$path": "$.phone", "pipe": [{"phone": {"region": "RU"}}]}"#
        case .profileID: #""$.profile_id""#
        case .fieldName: #""CRM_ID""#
        case .fieldValue: #""$.crm_id""#
        case .provider: #""android-firebase""#
        case .subscriptionID: #""$.push.id""#
        case .resourceID: "24"
        }
    }
}

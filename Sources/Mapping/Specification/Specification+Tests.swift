import Functions
import Outcome

extension Specification {
    /// A file of tests beside a mapping.
    package static let tests = ObjectSpec(
        "tests", "The tests of the mapping whose file stands beside this one.",
        [
            KeySpec(
                "$schema", .text, "The schema that editors complete and underline by.",
                example: #""./tests.schema.json""#),
            KeySpec(
                "tests", .list(.object(test), atLeast: 0), required: true, "The tests.",
                example:
                    #"[{"name": "a paid order", "event": "events/order-paid.json", "expect": {"outcome": "launch"}}]"#),
        ])

    /// `tests[]`.
    package static let test = ObjectSpec(
        "test", "One event and what the mapping must make of it.",
        [
            KeySpec(
                "name", .text, required: true, "What the test shows.", example: #""a paid order launches the mail""#),
            KeySpec(
                "event", .text, required: true, "The file of the event, from the folder of the mappings.",
                example: #""events/order-paid.json""#),
            KeySpec(
                "now", .text, "The time that it is, in RFC 3339.", example: #""2026-03-01T09:06:00Z""#,
                fallback: "the event's property `timestamp`, else 2026-01-01T00:00:00Z, when nothing expires"),
            KeySpec(
                "set", .map(.anything),
                "Edits of the event: JSON Pointers and what to put there; `{\"$remove\": true}` takes a member away.",
                example: #"{"/body/total_price": null}"#),
            KeySpec(
                "expect", .object(expectation), required: true, "What must come out.",
                example: #"{"outcome": "park", "reason": "missing", "at": "/content/order/total"}"#),
        ])

    /// `tests[].expect`.
    package static let expectation = ObjectSpec(
        "expectation", "What must come out.",
        [
            KeySpec(
                "outcome", .word(["launch", "skip", "park", "no_match"]), required: true, "How the event ends.",
                example: #""launch""#),
            KeySpec(
                "reason", .word(reasons.map(\.rawValue)), "Why it is skipped or parked.", example: #""missing""#),
            KeySpec("at", .text, "The place in the mapping that it stops at.", example: #""/content/order/total""#),
            KeySpec(
                "request", .oneOf([.map(.anything), .list(.map(.anything), atLeast: 0)]),
                "The whole launch, or a list of all launches under `for_each`.",
                example: #"{"campaign": 4101, "matching": "email", "email": "anna@example.com"}"#),
            KeySpec(
                "request_contains", .oneOf([.map(.anything), .list(.map(.anything), atLeast: 0)]),
                "A part of the launch: only what it names is compared.",
                example: #"{"content": {"order": {"number": "1042"}}}"#),
        ])

    /// Why an evaluation stops; what becomes of a launch on its way no test sees.
    private static let reasons: [Reason] = [
        .unmatched, .duplicate, .expired, .noRecipient, .missing, .invalid, .lookup, .limit,
    ]
}

package import JSON

/// What flows through a pipe.
package enum FunctionValue: Sendable {
    /// A JSON value.
    case json(JSONValue)
    /// An exact decimal.
    case decimal(ExactDecimal)
    /// A moment in time.
    case instant(Instant)

    /// The text, or nil when the value is none.
    package var text: String? {
        guard case .json(let value) = self else { return nil }
        return value.string
    }

    /// The elements, or nil when the value is no list.
    package var elements: [JSONValue]? {
        guard case .json(let value) = self else { return nil }
        return value.elements
    }

    /// The value as it enters a request: a decimal as a number, a moment as RFC 3339 text in UTC.
    package var json: JSONValue {
        switch self {
        case .json(let value): value
        case .decimal(let decimal): .number(decimal.number)
        case .instant(let instant): .string(instant.rfc3339)
        }
    }

    /// The word of messages for what the value is: `a text`.
    package var noun: String {
        switch self {
        case .json(let value): value.kind.noun
        case .decimal: ValueType.decimal.noun
        case .instant: ValueType.instant.noun
        }
    }
}

/// What a function answers.
package enum FunctionResult: Sendable {
    /// A value.
    case value(FunctionValue)
    /// The function rejects its input: the value counts as missing, so `default` and `optional` apply; says why.
    case missing(String)
    /// The function cannot work on its input: one sentence without a full stop.
    case invalid(String)

    /// A text as the answer.
    package static func text(_ text: String) -> FunctionResult {
        .value(.json(.string(text)))
    }
}

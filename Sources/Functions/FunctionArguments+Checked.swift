import JSON

/// Arguments read with their faults: thrown where the file is checked, and invalid where an event brings them.
extension FunctionArguments {
    /// The argument as a whole number within bounds; nil when there is none.
    func integer(_ name: String, in range: ClosedRange<Int>) throws(ArgumentFault) -> Int? {
        guard let value = self[name] else { return nil }
        let whole: Int? =
            switch value {
            case .decimal(let decimal): Int(decimal.description)
            default: integer(name)
            }
        guard let whole, range.contains(whole) else {
            throw ArgumentFault(
                .unsuitable, parameter: name,
                "\"\(name)\" must be a whole number "
                    + (range.upperBound == .max
                        ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"))
        }
        return whole
    }

    /// The argument as a text; nil when there is none.
    func name(_ name: String) throws(ArgumentFault) -> String? {
        guard let value = self[name] else { return nil }
        guard let text = value.text else {
            throw ArgumentFault(.unsuitable, parameter: name, "\"\(name)\" must be a text, and this is \(value.noun)")
        }
        return text
    }

    /// The argument as a text that must be there.
    func required(_ name: String) throws(ArgumentFault) -> String {
        guard let text = try self.name(name) else {
            throw ArgumentFault(.unsuitable, parameter: nil, "\"\(name)\" is needed")
        }
        return text
    }
}

/// Does what may find a fault in an argument that an event brought: such a fault makes the result invalid.
func withArguments(_ work: () throws(ArgumentFault) -> FunctionResult) -> FunctionResult {
    do throws(ArgumentFault) {
        return try work()
    } catch {
        return .invalid(error.message)
    }
}

import Altcraft
import Functions
import JSON
import Outcome

/// Whom a launch is for: the first alternative that is complete.
extension Evaluation {
    /// Tries the alternatives in their order.
    ///
    /// - Throws: ``Halt`` with `no_recipient` when none is complete; the detail says what each lacks.
    mutating func audience() throws(Halt) -> Audience {
        var lacks: [Halt] = []
        for recipient in mapping.templates.recipients {
            do throws(Halt) {
                let audience = try audience(recipient)
                trace?.reached(recipient.place)
                return audience
            } catch {
                guard error.reason == .missing || error.reason == .invalid else { throw error }
                trace?.incomplete(recipient.place, error)
                lacks.append(error)
            }
        }
        let place = mapping.templates.recipients.count == 1 ? lacks.first?.place : nil
        throw Halt(
            reason: .noRecipient, place: place ?? recipientPlace, path: lacks.lazy.compactMap(\.path).first,
            detail: "no alternative is complete: " + lacks.map(\.detail).joined(separator: "; "))
    }

    private mutating func audience(_ recipient: RecipientTemplate) throws(Halt) -> Audience {
        switch recipient.audience {
        case .profile(let mode, let values): .profile(try self.recipient(mode, values))
        case .query(let query): .query(try self.query(query.query.template, query.slots))
        }
    }

    private mutating func recipient(
        _ mode: Matching, _ values: [RecipientTemplate.CompanionTemplate]
    ) throws(Halt) -> Recipient {
        var recipient = Recipient(matching: mode)
        var lack: Halt?
        var hasOneOfSeveral = false
        for value in values {
            do throws(Halt) {
                guard let found = try self.value(value.value.template) else {
                    guard value.isRequired || value.isOneOfSeveral else { continue }
                    throw Halt(Absent(place: value.value.place, cause: .leftOut))
                }
                try set(value.companion, found, value.value.place, &recipient)
                if value.isOneOfSeveral { hasOneOfSeveral = true }
            } catch {
                // Of "email or phone" one is enough.
                guard value.isOneOfSeveral, error.reason == .missing || error.reason == .invalid else { throw error }
                lack = error
            }
        }
        if let lack, !hasOneOfSeveral { throw lack }
        return recipient
    }

    private func set(
        _ companion: Companion, _ value: FunctionValue, _ place: PlaceID, _ recipient: inout Recipient
    ) throws(Halt) {
        switch companion {
        case .email: recipient.email = try text(value, companion, place)
        case .phone: recipient.phone = try text(value, companion, place)
        case .profileID: recipient.profileID = try text(value, companion, place)
        case .fieldName: recipient.fieldName = try text(value, companion, place)
        case .provider: recipient.provider = try text(value, companion, place)
        case .subscriptionID: recipient.subscriptionID = try text(value, companion, place)
        case .fieldValue:
            let json = value.json
            if json.kind == .string { _ = try text(value, companion, place) }
            guard json.kind == .string || json.kind == .number else { throw unfit(value, companion, place) }
            recipient.fieldValue = json
        case .resourceID:
            guard let id = value.json.number?.int64, id > 0 else {
                throw Halt(
                    reason: .invalid, place: place, path: nil,
                    detail:
                        "\"resource_id\" is a positive whole number, and this is "
                        + (value.json.number?.text ?? value.noun))
            }
            recipient.resourceID = id
        }
    }

    /// A text, or a number as text; an empty one names nobody.
    private func text(_ value: FunctionValue, _ companion: Companion, _ place: PlaceID) throws(Halt) -> String {
        guard let text = value.scalarText, value.json.kind != .bool else { throw unfit(value, companion, place) }
        guard !text.isEmpty else {
            throw Halt(
                reason: .invalid, place: place, path: nil, detail: "\"\(companion.rawValue)\" is an empty text")
        }
        return text
    }

    private func unfit(_ value: FunctionValue, _ companion: Companion, _ place: PlaceID) -> Halt {
        Halt(
            reason: .invalid, place: place, path: nil,
            detail: "\"\(companion.rawValue)\" cannot be \(value.noun)")
    }

    /// Fills a query that the mapping wrote.
    ///
    /// A condition that is left out would widen the query to people nobody meant, so here that counts as missing.
    private mutating func query(
        _ template: Template, _ slots: [PlaceID: CustomRequest.Slot]
    ) throws(Halt) -> JSONValue {
        switch template {
        case .constant(let value): return value
        case .object(let members):
            var result: [(name: String, value: JSONValue)] = []
            for member in members { result.append((member.name, try query(member.template, slots))) }
            return .object(result)
        case .array(let elements):
            var result: [JSONValue] = []
            for element in elements { result.append(try query(element.template, slots)) }
            return .array(result)
        case .instruction(let instruction):
            guard let slot = slots[instruction.place] else {
                throw Halt(reason: .invalid, place: instruction.place, path: nil, detail: "no value may stand here")
            }
            let value = try required(Placed(template: template, place: instruction.place)).json
            do throws(LaunchFault) {
                try slot.check(value)
            } catch {
                throw Halt(reason: .invalid, place: instruction.place, path: nil, detail: error.message)
            }
            return value
        }
    }

    private var recipientPlace: PlaceID { mapping.templates.recipientPlace }
}

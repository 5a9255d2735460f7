import Altcraft
import EventPattern
import Functions
import JSON

/// `delivery`.
extension MappingCompiler {
    /// Compiles `delivery`.
    func delivery(_ root: Place) -> DeliveryParts {
        var parts = DeliveryParts()
        guard let place = root.member("delivery"), place.node.kind == .object else { return parts }
        if let dedup = place.member("dedup") { readDedup(dedup, &parts) }
        if let age = place.member("expire_after") {
            parts.policy.expireAfter = age.text.flatMap(duration)
            refuseZero(parts.policy.expireAfter, age, "every event is older than this, so all would be skipped")
        }
        parts.policy.rate = place.member("rate").flatMap(rate)
        if let priority = place.member("priority")?.text.flatMap(DeliveryPolicy.Priority.init) {
            parts.policy.priority = priority
        }
        if let choice = place.member("when_unsure")?.text.flatMap(DeliveryPolicy.WhenUnsure.init) {
            parts.policy.whenUnsure = choice
        }
        if let attempts = place.member("attempts")?.node.number?.int64 { parts.policy.attempts = Int(attempts) }
        if let batch = place.member("batch"), batch.node.kind == .object {
            parts.policy.batch = self.batch(batch)
            parts.form = parts.policy.batch?.isTask == true ? .task : .batch
            parts.batchPlace = batch
        }
        parts.lane = place.member("lane").map { part($0, elementScope) }
        return parts
    }

    private func readDedup(_ place: Place, _ parts: inout DeliveryParts) {
        guard place.node.kind == .object else {
            parts.policy.dedupWindow = nil
            return
        }
        if let place = place.member("window"), let window = place.text.flatMap(duration) {
            parts.policy.dedupWindow = window
            refuseZero(window, place, "no repeat comes within this")
        }
        parts.dedupKey = place.member("key").map { part($0, elementScope) }
    }

    /// What lasts no time at all is hardly ever meant; to have none, the key is left out.
    private func refuseZero(_ duration: Duration?, _ place: Place, _ message: String) {
        guard duration == .zero else { return }
        findings.add(.duration, at: place, message, hint: "for example \"PT6H\" (6 hours) or \"P7D\" (7 days)")
    }

    private func rate(_ place: Place) -> DeliveryPolicy.Rate? {
        guard let number = place.member("per_second")?.node.number, let perSecond = Double(number.text) else {
            return nil
        }
        let burst = place.member("burst")?.node.number?.int64.map(Int.init)
        return DeliveryPolicy.Rate(perSecond: perSecond, burst: burst ?? max(1, Int(min(perSecond, 1_000_000))))
    }

    private func batch(_ place: Place) -> DeliveryPolicy.Batch {
        DeliveryPolicy.Batch(
            maxItems: place.member("max_items")?.node.number?.int64.map(Int.init) ?? 1_000,
            maxWait: place.member("max_wait")?.text.flatMap(duration) ?? .seconds(1),
            isTask: place.member("task")?.node.bool ?? false,
            unreported: place.member("unreported")?.text.flatMap(DeliveryPolicy.Unreported.init))
    }

    /// Checks what `delivery` and the rest of the file mean together.
    func checkDelivery(
        _ root: Place, _ parts: MappingParts, _ delivery: DeliveryParts, _ condition: EventCondition?
    ) {
        checkKey(parts, delivery, condition)
        if let content = parts.content, delivery.batchPlace != nil {
            let uses = content.compiled.facts.uses
            guard uses.contains(.element) || (!isForEach && uses.contains(.event)) else { return }
            findings.add(
                .contentDiffers, at: content.place,
                "launches share one call only where their content is equal, and this content differs from event to event",
                hint: "take \"batch\" out, or move what differs into \"custom_data\"")
        }
    }

    /// What tells events apart must differ from event to event, and from element to element.
    private func checkKey(_ parts: MappingParts, _ delivery: DeliveryParts, _ condition: EventCondition?) {
        let isByID = delivery.dedupKey == nil && delivery.policy.dedupWindow != nil
        guard let key = delivery.dedupKey ?? (isByID ? parts.eventID : nil), !key.compiled.isFaulty else { return }
        let uses = key.compiled.facts.uses
        let isByWhen = uses.contains(.event) && condition.map { isSame(key.compiled.template, $0) } == true
        if !uses.contains(.event) || isByWhen {
            let events = isByWhen ? "all events that \"when\" lets through" : "all events"
            findings.add(
                .constantKey, at: key.place,
                "this \(isByID ? "id" : "key") is the same for \(events), so only the first would launch",
                hint: isByID
                    ? "write where the event has its id, for example \"$.id\""
                    : "put something of the event into it, for example {\"$template\": \"order:{{$.id}}\"}")
        } else if !isByID, isForEach, !uses.contains(.element) {
            findings.add(
                .keyWithoutElement, at: key.place, "this key is the same for all elements of \"for_each\"",
                hint: "put something of the element into it, for example {{@.id}}")
        }
    }
}

extension Compiled {
    /// Whether it stands in for something that could not be compiled.
    var isFaulty: Bool {
        if case .constant(.null) = template { return true }
        return false
    }
}

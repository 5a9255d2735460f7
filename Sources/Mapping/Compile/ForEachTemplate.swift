import EventPattern
import JSONPath

/// `for_each`: one launch for each element.
struct ForEachTemplate: Sendable {
    let query: JSONPathQuery
    let condition: EventPattern?
    let uniqueBy: Placed?
    /// The author's own bound; more elements park the event.
    let limit: Int?
    let place: PlaceID
}

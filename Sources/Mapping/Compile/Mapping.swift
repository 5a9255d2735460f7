package import Altcraft
package import EventPattern
import JSON
import JSONPath

/// A mapping, compiled: which events it wants and what each becomes.
///
/// A class, because an event that several mappings want holds each of them by one reference. It is immutable; any number
/// of threads may evaluate it.
package final class Mapping: Sendable {
    /// Its unique name.
    package let name: String
    /// The file that it came from.
    package let file: String
    /// A hash of the file's content.
    package let version: String
    /// Whether it takes part.
    package let isEnabled: Bool
    /// Which events it wants.
    package let condition: EventCondition
    /// How its launches travel.
    package let policy: DeliveryPolicy
    /// The form of the calls that carry its launches.
    package let form: CallForm
    /// What it reads of a message beside its body.
    package let reads: TransportParts
    /// What it launches, as far as the file alone tells; see ``TargetTemplate``.
    package let possibleTargets: Set<LaunchTarget>

    let templates: MappingTemplates
    let places: SourcePlaces
    let branches: [Branch]
    let marks: MappingMarks
    let paths: [PathMark]
    let conditions: [ConditionMark]
    let texts: [TextMark]

    init(
        identity: MappingIdentity, condition: EventCondition, policy: DeliveryPolicy, form: CallForm,
        reads: TransportParts, templates: MappingTemplates, places: SourcePlaces, branches: [Branch],
        marks: MappingMarks, paths: [PathMark], conditions: [ConditionMark], texts: [TextMark]
    ) {
        name = identity.name
        file = identity.file
        version = identity.version
        isEnabled = identity.isEnabled
        self.condition = condition
        self.policy = policy
        self.form = form
        self.reads = reads
        self.templates = templates
        self.places = places
        self.branches = branches
        self.marks = marks
        self.paths = paths
        self.conditions = conditions
        self.texts = texts
        possibleTargets = templates.target.possibleTargets
    }

    /// A place that only some events reach: an alternative of `recipient`, a `then`, an `else`.
    struct Branch: Sendable {
        let place: PlaceID
        let position: JSONPosition
    }

    /// A path of a template, and the lists whose elements `@` goes over there.
    struct PathMark: Sendable {
        let query: JSONPathQuery
        let mark: MappingMarks.Mark
        let loops: [JSONPathQuery]
        /// Whether the file says what becomes of the value where it is missing: it may be missing on purpose.
        var isDispensable = false
    }

    /// A text that could be a path without its dollar, and the lists whose elements `@` goes over there.
    struct TextMark: Sendable {
        let text: String
        let mark: MappingMarks.Mark
        let loops: [JSONPathQuery]
    }

    /// A condition of `$if` or `where`, and the lists whose elements it is asked of.
    struct ConditionMark: Sendable {
        let pattern: EventPattern
        let loops: [JSONPathQuery]
    }
}

/// Who a mapping is, and whether it takes part.
struct MappingIdentity {
    let name: String
    let file: String
    let version: String
    let isEnabled: Bool
}

/// A template and where it stands.
struct Placed: Sendable {
    let template: Template
    let place: PlaceID
}

/// A value of `let`.
struct VariableTemplate: Sendable {
    let name: String
    let value: Placed
    /// Whether it must be worked out for each element of `for_each`.
    let usesElement: Bool
}

/// A name in `fields` of a v1.0 link.
struct LinkFieldTemplate: Sendable {
    let name: String
    let value: Placed
    let option: LinkField.Option
}

/// `profile`.
struct ProfileTemplate: Sendable {
    let fields: Placed
    let skipTriggers: Bool?
    let skipInvalidSubscriptions: Bool?
    let detectGeo: Bool?
    let timeout: StartDelay?
}

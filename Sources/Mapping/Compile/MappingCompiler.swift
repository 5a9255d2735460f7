import Functions
import JSON
import JSONPath

/// Turns one mapping file into a ``Mapping``, or into everything that is wrong with it.
///
/// A class that lives for one file: its parts add places, findings and what was used while they walk the document. One
/// fault never hides another: a part that is faulty is left out, and the rest is still checked.
final class MappingCompiler {
    let findings: Findings
    let options: CompileOptions
    let shapes: ShapeChecker
    var places = SourcePlaces()
    var variables = Variables()
    var tables: [JSONName: Table] = [:]
    var usedTables = Set<JSONName>()
    /// Tables of ids that have been checked.
    var checkedTables = Set<JSONName>()
    /// Whether the mapping launches once for each element.
    var isForEach = false
    /// The places that only some events reach.
    var branches: [Mapping.Branch] = []
    /// The paths that templates read, in the order of the file.
    var pathsRead: [Mapping.PathMark] = []
    /// The conditions of `$if` and `where`, in the order of the file.
    var conditionsRead: [Mapping.ConditionMark] = []
    /// The texts that may be paths without their dollar, in the order of the file.
    var textsKept: [Mapping.TextMark] = []
    /// The lists whose elements `@` goes over at the place that is compiled, from the outermost.
    var loops: [JSONPathQuery] = []
    /// How often templates have read variables.
    var variablesRead = 0
    /// Whether arguments of functions are compiled: `".html"` is a text to replace there, and no path without its dollar.
    var isInArguments = false
    /// What the mapping reads of the message beside its body.
    var reads: TransportParts = []

    init(file: SourceFile, options: CompileOptions) {
        findings = Findings(file: file.name)
        self.options = options
        shapes = ShapeChecker(findings: findings)
    }

    /// A table for look-ups.
    struct Table {
        let name: NamedPlace
        let entries: [JSONName: JSONValue]
    }

    /// Keeps a place that an evaluation may speak of.
    func keep(_ place: Place) -> PlaceID {
        places.add(place.pointer)
    }
}

/// Parts of a message beside its body, which are read only where a mapping asks.
package struct TransportParts: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The header table.
    package static let headers = TransportParts(rawValue: 1)
    /// The properties.
    package static let properties = TransportParts(rawValue: 2)
}

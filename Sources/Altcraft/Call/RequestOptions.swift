/// What the settings decide about every request: what the documents leave open, each with its default.
package struct RequestOptions: Sendable, Hashable {
    /// Where the token goes.
    package enum TokenPlace: String, Sendable, Hashable, CaseIterable {
        /// The first member of the body, as all five documents show.
        case body
        /// `Authorization: Bearer`, which newer platforms take.
        case header
    }

    /// How bodies are written.
    package enum Encoding: String, Sendable, Hashable, CaseIterable {
        case json
        case xml
    }

    /// Whether a method's path ends with a slash; the documents print both forms for the two single launches.
    package enum TrailingSlash: String, Sendable, Hashable, CaseIterable {
        /// As the developer's guide prints each path.
        case documented
        case always
        case never
    }

    /// Which matching modes single calls take.
    package enum SingleModes: String, Sendable, Hashable, CaseIterable {
        /// The ones that the call's page lists.
        case documented
        /// All eleven; whether the platform takes them is not stated.
        case all
    }

    /// Where `custom_data` of a batch stands.
    package enum CustomDataPlace: String, Sendable, Hashable, CaseIterable {
        /// In each element, as newer platforms take it: launches with different data share a call.
        case element
        /// At the root, the only place of version 72: launches share a call when their data are equal.
        case root
    }

    /// Where an import batch carries what the profile is searched by; the documents show only part of an element.
    package enum ImportSearch: String, Sendable, Hashable, CaseIterable {
        /// Beside the element's `data`, as single imports have it at the root.
        case beside
        /// Inside the element's `data`, as the one printed example has its email.
        case inside
    }

    /// Where the token goes.
    package var tokenPlace: TokenPlace
    /// How bodies are written.
    package var encoding: Encoding
    /// Whether paths end with a slash.
    package var trailingSlash: TrailingSlash
    /// Which matching modes single calls take.
    package var singleModes: SingleModes
    /// Where `custom_data` of a batch stands.
    package var customDataPlace: CustomDataPlace
    /// Where an import batch carries what is searched by.
    package var importSearch: ImportSearch
    /// The profile database to name in imports; the tables do not list it, one example sends it.
    package var databaseID: Int64?
    /// Whether `format` names the encoding of the answer, on the calls whose tables list it.
    package var sendsFormat: Bool

    /// Makes options; what is left out has the documented default.
    package init(
        tokenPlace: TokenPlace = .body, encoding: Encoding = .json, trailingSlash: TrailingSlash = .documented,
        singleModes: SingleModes = .documented, customDataPlace: CustomDataPlace = .element,
        importSearch: ImportSearch = .beside, databaseID: Int64? = nil, sendsFormat: Bool = false
    ) {
        self.tokenPlace = tokenPlace
        self.encoding = encoding
        self.trailingSlash = trailingSlash
        self.singleModes = singleModes
        self.customDataPlace = customDataPlace
        self.importSearch = importSearch
        self.databaseID = databaseID
        self.sendsFormat = sendsFormat
    }
}

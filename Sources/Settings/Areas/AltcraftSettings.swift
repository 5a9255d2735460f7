/// The settings `altcraft.…`.
package struct AltcraftSettings: Sendable {
    /// The setting `altcraft.url`.
    package let url: PlatformURL?
    /// The setting `altcraft.token` or `altcraft.token_file`.
    package let token: TokenOrigin?
    /// The setting `altcraft.token_in`.
    package let tokenIn: TokenPlace
    /// The setting `altcraft.in_flight`.
    package let inFlight: Int
    /// The setting `altcraft.timeout`.
    package let timeout: Duration
    /// `altcraft.connect_timeout`, which a shorter `altcraft.timeout` covers.
    package var connectTimeout: Duration { min(connecting, timeout) }
    let connecting: Duration
    /// The setting `altcraft.ca_file`.
    package let caFile: String?
    /// The setting `altcraft.encoding`.
    package let encoding: PlatformEncoding
    /// `altcraft.rate`: launches a second.
    package let rate: Double?
    /// The setting `altcraft.trailing_slash`.
    package let trailingSlash: TrailingSlash
    /// The setting `altcraft.single_modes`.
    package let singleModes: SingleModes
    /// The setting `altcraft.custom_data_in`.
    package let customDataIn: CustomDataPlace
    /// The setting `altcraft.import_search`.
    package let importSearch: ImportSearch
    /// The setting `altcraft.db_id`.
    package let databaseID: Int?
    /// The setting `altcraft.send_format`.
    package let sendsFormat: Bool
    /// The setting `altcraft.unreported`.
    package let unreported: UnreportedPolicy
    /// The setting `altcraft.error_status`.
    package let errorStatus: ErrorStatus
    /// The setting `altcraft.link_answer`.
    package let linkAnswer: LinkAnswer
    /// The setting `altcraft.task_timeout`.
    package let taskTimeout: Duration
    /// The setting `altcraft.links.…`.
    package let links: LinkTable

    init(_ read: inout SettingReader) {
        url = read(SettingTable.altcraftURL)
        let fixed = read(SettingTable.altcraftToken)
        let file = read(SettingTable.altcraftTokenFile)
        token = fixed.map { .fixed($0) } ?? file.map { .file($0) }
        tokenIn = read(SettingTable.altcraftTokenIn)
        inFlight = read(SettingTable.altcraftInFlight)
        timeout = read(SettingTable.altcraftTimeout)
        connecting = read(SettingTable.altcraftConnectTimeout)
        caFile = read(SettingTable.altcraftCAFile)
        encoding = read(SettingTable.altcraftEncoding)
        rate = read(SettingTable.altcraftRate)
        trailingSlash = read(SettingTable.altcraftTrailingSlash)
        singleModes = read(SettingTable.altcraftSingleModes)
        customDataIn = read(SettingTable.altcraftCustomDataIn)
        importSearch = read(SettingTable.altcraftImportSearch)
        databaseID = read(SettingTable.altcraftDatabaseID)
        sendsFormat = read(SettingTable.altcraftSendFormat)
        unreported = read(SettingTable.altcraftUnreported)
        errorStatus = read(SettingTable.altcraftErrorStatus)
        linkAnswer = read(SettingTable.altcraftLinkAnswer)
        taskTimeout = read(SettingTable.altcraftTaskTimeout)
        links = LinkTable(&read)
    }
}

/// The v1.0 trigger links by the names that mappings use.
package struct LinkTable: Sendable {
    private let links: [String: Secret]

    /// The link of a name; `back-in-stock` and `BACK_IN_STOCK`, as a variable must write it, are the same name.
    package subscript(_ name: String) -> Secret? {
        links[Self.normalised(name)]
    }

    /// All names, in lower case with underscores.
    package var names: [String] {
        links.keys.sorted()
    }

    /// A name as it is kept and compared: in lower case, with underscores.
    package static func normalised(_ name: String) -> String {
        name.lowercased().replacing("-", with: "_")
    }

    init(_ read: inout SettingReader) {
        let spec = SettingTable.altcraftLinks.spec
        if read(SettingTable.altcraftLinks) != nil {
            let source = read.source(of: spec.key, spec)
            read.report(
                SettingFinding(
                    .value, key: spec.key, source: source, message: "has a link without a name",
                    hint: "write name=https://…/trg/…, or \(spec.environmentName)_NAME in the environment"))
        }
        var links: [String: Secret] = [:]
        for name in read.names(under: spec) {
            guard let (text, source) = read.named(name, in: spec) else { continue }
            if Self.isLink(text) {
                links[name] = Secret(text)
            } else {
                read.report(
                    SettingFinding(
                        .value, key: "\(spec.key).\(name)", source: source, message: "is no link",
                        hint: "write https://, the tracking domain and the path up to its last segment"))
            }
        }
        self.links = links
    }

    private static func isLink(_ text: String) -> Bool {
        guard let mark = text.firstRange(of: "://"), ["http", "https"].contains(text[..<mark.lowerBound].lowercased())
        else { return false }
        let rest = text[mark.upperBound...]
        let host = rest.prefix { $0 != "/" }
        return HostAndPort(host) != nil && !text.contains { $0.isWhitespace || "?#".contains($0) }
    }
}

import AMQP
import Logging
import Telemetry

/// The settings of the bridge: ONE table, from which flags, environment names, the check of the file, the help and the
/// README's table come.
package enum SettingTable {
    // Broker
    static let brokerURL = Setting<BrokerAddress?>.parsed(
        "broker.url",
        "The broker: amqp:// or amqps://, user and password, one host or several with commas, virtual host.",
        isSecret: true
    ) { (text) throws(SettingProblem) in try BrokerAddress.setting(text) }
    static let brokerQueue = Setting<String?>.text("broker.queue", "The queue that events are taken from.")
    static let brokerDeclare = Setting<Bool>.boolean(
        "broker.declare", default: false,
        "Whether the bridge declares its queues and the bindings that mappings name, or expects to find them.")
    static let brokerPrefetch = Setting<Int>.integer(
        "broker.prefetch", default: 200, in: 1...65_535, "Most deliveries that are held unsettled.")
    static let brokerHeartbeat = Setting<Duration>.duration(
        "broker.heartbeat", default: .seconds(15), in: .seconds(1)...(.seconds(600)),
        "After twice this time without a sign of the broker the connection counts as lost.")
    static let brokerCAFile = Setting<String?>.text(
        "broker.ca_file", "PEM file of the authorities that the broker's certificate is checked against.")
    static let brokerCertificateFile = Setting<String?>.text(
        "broker.certificate_file", "PEM file of the bridge's own certificate.")
    static let brokerKeyFile = Setting<String?>.text("broker.key_file", "PEM file of that certificate's key.")
    static let brokerAuthentication = Setting<BrokerAuthentication>.choice(
        "broker.auth", default: .plain, "Log in with user and password, or by certificate (external).")
    static let brokerAcknowledgementTimeout = Setting<Duration>.duration(
        "broker.acknowledgement_timeout", default: .seconds(1800), in: .seconds(60)...(.seconds(604_800)),
        "The broker's consumer_timeout: what is held for half of it is given back.")

    // Altcraft
    static let altcraftURL = Setting<PlatformURL?>.parsed(
        "altcraft.url", "The platform, scheme and host; the bridge adds /api/v1.1/…"
    ) { (text) throws(SettingProblem) in try PlatformURL(parsing: text) }
    static let altcraftToken = Setting<Secret?>.secret(
        "altcraft.token", "The API token; better in a file, since flags and variables can be seen by others.")
    static let altcraftTokenFile = Setting<String?>.text(
        "altcraft.token_file", "A file that holds the API token; read again when it changes.")
    static let altcraftTokenIn = Setting<TokenPlace>.choice(
        "altcraft.token_in", default: .body, "Where the token goes: into the body, or as Authorization: Bearer.")
    static let altcraftInFlight = Setting<Int>.integer(
        "altcraft.in_flight", default: 64, in: 1...1024, "Most calls at once.")
    static let altcraftTimeout = Setting<Duration>.duration(
        "altcraft.timeout", default: .seconds(30), in: .milliseconds(100)...(.seconds(600)),
        "How long one call may take in all.")
    static let altcraftConnectTimeout = Setting<Duration>.duration(
        "altcraft.connect_timeout", default: .seconds(5), in: .milliseconds(100)...(.seconds(120)),
        "How long connecting may take, TLS included.")
    static let altcraftCAFile = Setting<String?>.text(
        "altcraft.ca_file", "PEM file of the authorities that the platform's certificate is checked against.")
    static let altcraftEncoding = Setting<PlatformEncoding>.choice(
        "altcraft.encoding", default: .json, "The form of the calls.")
    static let altcraftRate = Setting<Double?>.number(
        "altcraft.rate", in: 0.01...100_000, example: "50", "Most launches a second; without it there is no limit.")
    static let altcraftTrailingSlash = Setting<TrailingSlash>.choice(
        "altcraft.trailing_slash", default: .documented,
        "Whether paths end in a slash; by default each as its document prints it.")
    static let altcraftSingleModes = Setting<SingleModes>.choice(
        "altcraft.single_modes", default: .documented,
        "Matching modes of calls for one profile: those each page lists, or all eleven, which no page promises.")
    static let altcraftCustomDataIn = Setting<CustomDataPlace>.choice(
        "altcraft.custom_data_in", default: .element,
        "Where a batch carries custom_data: in each element, or, for version 72, once at the root.")
    static let altcraftImportSearch = Setting<ImportSearch>.choice(
        "altcraft.import_search", default: .beside,
        "Where an import batch carries what profiles are searched by; the pages show only part of an element.")
    static let altcraftDatabaseID = Setting<Int?>.optionalInteger(
        "altcraft.db_id", in: 1...2_147_483_647, example: "1",
        "Profile database named in imports; one printed example sends it, no table lists it.")
    static let altcraftSendFormat = Setting<Bool>.boolean(
        "altcraft.send_format", default: false,
        "Whether calls whose tables list format name the form of the answer.")
    static let altcraftUnreported = Setting<UnreportedPolicy>.choice(
        "altcraft.unreported", default: .accept,
        "Profiles that the answer to a batch does not name, where the mapping does not say: launched, or parked.")
    static let altcraftErrorStatus = Setting<ErrorStatus>.choice(
        "altcraft.error_status", default: .any,
        "HTTP status of answers whose error is not 0: any of 2xx and 4xx, or 200 alone; no page says.")
    static let altcraftLinkAnswer = Setting<LinkAnswer>.choice(
        "altcraft.link_answer", default: .status,
        "Success of a v1.0 link, whose answer no page shows: any HTTP 2xx, or an envelope as of other calls.")
    static let altcraftTaskTimeout = Setting<Duration>.duration(
        "altcraft.task_timeout", default: .seconds(600), in: .seconds(1)...(.seconds(86_400)),
        "How long a task is followed before its outcome counts as unknown; at most half broker.acknowledgement_timeout."
    )
    static let altcraftLinks = Setting<Secret?>.names(
        "altcraft.links", "v1.0 trigger links by the name that mappings use, each up to its last segment.")

    // Mappings
    static let mappingsPath = Setting<String?>.text("mappings.path", "The folder of mapping files, or one file.")
    static let mappingsUnmatched = Setting<UnmatchedPolicy>.choice(
        "mappings.unmatched", default: .skip, "What becomes of an event that no mapping wants.")
    static let recipientsAllow = Setting<[String]>.list(
        "recipients.allow", default: [], written: nil,
        "Staging: only these addresses, @domains, phones or hashes are launched; all others are skipped."
    ) { (texts) throws(SettingProblem) in
        // Whoever empties the list may mean nobody; without entries it would be everybody.
        guard !texts.isEmpty else { throw SettingProblem("has no entry", "leave the setting out to allow everybody") }
        for text in texts { try AllowedRecipient.check(text) }
        return texts
    }

    // Limits
    static let limitsEventBytes = Setting<Int>.size(
        "limits.event_bytes", default: 16 << 20, in: 1...(512 << 20), "Largest event, inflated.")
    static let limitsDepth = Setting<Int>.integer(
        "limits.depth", default: 256, in: 1...1_000, "Deepest nesting of an event.")
    static let limitsInFlightBytes = Setting<Int>.size(
        "limits.in_flight_bytes", default: 64 << 20, in: 1024...(16 << 30),
        "Above this many bytes held the broker is not read.")
    static let limitsAnswerBytes = Setting<Int>.size(
        "limits.answer_bytes", default: 1 << 20, in: 256...(64 << 20), "Largest answer of the platform.")

    // Circuit and retries
    static let circuitProbeMinimum = Setting<Duration>.duration(
        "circuit.probe_min", default: .seconds(1), in: .milliseconds(10)...(.seconds(3600)),
        "Wait before the first probe of a sick platform.")
    static let circuitProbeMaximum = Setting<Duration>.duration(
        "circuit.probe_max", default: .seconds(30), in: .milliseconds(10)...(.seconds(3600)),
        "Longest wait between probes.")
    static let circuitRefusals = Setting<Int>.integer(
        "circuit.refusals", default: 20, in: 1...10_000,
        "Refusals of one target in a row, for different recipients, that stop it instead of parking on.")
    static let retryLadder = Setting<[Duration]>.list(
        "retry.ladder", default: RetryLadder.standard, written: RetryLadder.text(RetryLadder.standard),
        "Waits of the delay queues, one after another."
    ) { (texts) throws(SettingProblem) in try RetryLadder.parse(texts) }

    // The process
    static let stopDeadline = Setting<Duration>.duration(
        "stop.deadline", default: .seconds(25), in: .zero ... .seconds(3600),
        "How long a stop may take; keep it below the grace period of whatever stops the bridge.")
    static let statePath = Setting<String?>.text(
        "state.path", "Folder of what outlives the process; $STATE_DIRECTORY, else ./trigger-bridge-state.")
    static let ledgerEnabled = Setting<Bool>.boolean(
        "ledger.enabled", default: true, "Whether launches are recorded, so that none is made twice.")
    static let ledgerPath = Setting<String?>.text(
        "ledger.path", "The ledger's file; ledger.sqlite in the state folder.")
    static let consoleAddress = Setting<ConsoleChoice>.console(
        "console.address", "Where metrics and health are served; off for nowhere.")
    static let consoleToken = Setting<Secret?>.secret(
        "console.token", "What metrics and the page ask for as Authorization: Bearer; health stays open.")
    static let logLevel = Setting<LogLevel>.choice("log.level", default: .info, "The least severe lines written.")
    static let logFormat = Setting<LogFormat>.choice(
        "log.format", default: .auto, "JSON lines, text, or text on a terminal and JSON elsewhere.")
    static let logPersonal = Setting<Bool>.boolean(
        "log.personal", default: false, "Whether addresses and phones are written unmasked.")

    /// Every row, in the order of help and README.
    package static let all: [SettingSpec] = [
        brokerURL.spec, brokerQueue.spec, brokerDeclare.spec, brokerPrefetch.spec, brokerHeartbeat.spec,
        brokerCAFile.spec, brokerCertificateFile.spec, brokerKeyFile.spec, brokerAuthentication.spec,
        brokerAcknowledgementTimeout.spec,
        altcraftURL.spec, altcraftToken.spec, altcraftTokenFile.spec, altcraftTokenIn.spec, altcraftInFlight.spec,
        altcraftTimeout.spec, altcraftConnectTimeout.spec, altcraftCAFile.spec, altcraftEncoding.spec,
        altcraftRate.spec, altcraftTrailingSlash.spec, altcraftSingleModes.spec, altcraftCustomDataIn.spec,
        altcraftImportSearch.spec, altcraftDatabaseID.spec, altcraftSendFormat.spec, altcraftUnreported.spec,
        altcraftErrorStatus.spec, altcraftLinkAnswer.spec, altcraftTaskTimeout.spec, altcraftLinks.spec,
        mappingsPath.spec, mappingsUnmatched.spec, recipientsAllow.spec,
        limitsEventBytes.spec, limitsDepth.spec, limitsInFlightBytes.spec, limitsAnswerBytes.spec,
        circuitProbeMinimum.spec, circuitProbeMaximum.spec, circuitRefusals.spec, retryLadder.spec,
        stopDeadline.spec, statePath.spec, ledgerEnabled.spec, ledgerPath.spec,
        consoleAddress.spec, consoleToken.spec, logLevel.spec, logFormat.spec, logPersonal.spec,
    ]

    /// The row of a key.
    static func spec(of key: String) -> SettingSpec? {
        byKey[key]
    }

    private static let byKey = Dictionary(all.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
}

package import AMQP
package import Telemetry

/// All settings of the bridge, read once and never changed: one part for each area of the table.
package struct BridgeSettings: Sendable {
    /// The broker and how to reach it.
    package let broker: BrokerSettings
    /// The platform and how to call it.
    package let altcraft: AltcraftSettings
    /// Which launches events ask for, and for whom.
    package let mappings: MappingSettings
    /// What bounds memory and time.
    package let limits: LimitSettings
    /// When a sick platform is tried again, and when a launch is.
    package let retries: RetrySettings
    /// What the process keeps, serves and writes.
    package let process: ProcessSettings

    init(_ read: inout SettingReader, stateDirectory: String?) {
        broker = BrokerSettings(&read)
        altcraft = AltcraftSettings(&read)
        mappings = MappingSettings(&read)
        limits = LimitSettings(&read)
        retries = RetrySettings(&read)
        process = ProcessSettings(&read, stateDirectory: stateDirectory)
    }
}

/// The settings `broker.…`.
package struct BrokerSettings: Sendable {
    /// The setting `broker.url`.
    package let address: BrokerAddress?
    /// The setting `broker.queue`.
    package let queue: String?
    /// The setting `broker.declare`.
    package let declaresTopology: Bool
    /// The setting `broker.prefetch`.
    package let prefetch: Int
    /// The setting `broker.heartbeat`.
    package let heartbeat: Duration
    /// The setting `broker.ca_file`.
    package let caFile: String?
    /// The setting `broker.certificate_file`.
    package let certificateFile: String?
    /// The setting `broker.key_file`.
    package let keyFile: String?
    /// The setting `broker.auth`.
    package let authentication: BrokerAuthentication
    /// The setting `broker.acknowledgement_timeout`.
    package let acknowledgementTimeout: Duration

    init(_ read: inout SettingReader) {
        address = read(SettingTable.brokerURL)
        queue = read(SettingTable.brokerQueue)
        declaresTopology = read(SettingTable.brokerDeclare)
        prefetch = read(SettingTable.brokerPrefetch)
        heartbeat = read(SettingTable.brokerHeartbeat)
        caFile = read(SettingTable.brokerCAFile)
        certificateFile = read(SettingTable.brokerCertificateFile)
        keyFile = read(SettingTable.brokerKeyFile)
        authentication = read(SettingTable.brokerAuthentication)
        acknowledgementTimeout = read(SettingTable.brokerAcknowledgementTimeout)
        if let address { read.note(SettingTable.brokerURL.spec, shown: address.description) }
    }
}

/// The settings `mappings.…` and `recipients.…`, which say what is launched and for whom.
package struct MappingSettings: Sendable {
    /// The setting `mappings.path`.
    package let path: String?
    /// The setting `mappings.unmatched`.
    package let unmatched: UnmatchedPolicy
    /// `recipients.allow`: empty allows everybody.
    package let allowedRecipients: [String]

    init(_ read: inout SettingReader) {
        path = read(SettingTable.mappingsPath)
        unmatched = read(SettingTable.mappingsUnmatched)
        allowedRecipients = read(SettingTable.recipientsAllow)
    }
}

/// The settings `limits.…`.
package struct LimitSettings: Sendable {
    /// The setting `limits.event_bytes`.
    package let eventBytes: Int
    /// The setting `limits.depth`.
    package let depth: Int
    /// The setting `limits.in_flight_bytes`.
    package let inFlightBytes: Int
    /// The setting `limits.answer_bytes`.
    package let answerBytes: Int

    init(_ read: inout SettingReader) {
        eventBytes = read(SettingTable.limitsEventBytes)
        depth = read(SettingTable.limitsDepth)
        inFlightBytes = read(SettingTable.limitsInFlightBytes)
        answerBytes = read(SettingTable.limitsAnswerBytes)
    }
}

/// The settings `circuit.…` and `retry.…`.
package struct RetrySettings: Sendable {
    /// `circuit.probe_min`, or `circuit.probe_max` where that is shorter.
    package var probeMinimum: Duration { min(firstProbe, probeMaximum) }
    let firstProbe: Duration
    /// The setting `circuit.probe_max`.
    package let probeMaximum: Duration
    /// The setting `circuit.refusals`.
    package let refusals: Int
    /// `retry.ladder`: at least one step, ascending.
    package let ladder: [Duration]

    init(_ read: inout SettingReader) {
        firstProbe = read(SettingTable.circuitProbeMinimum)
        probeMaximum = read(SettingTable.circuitProbeMaximum)
        refusals = read(SettingTable.circuitRefusals)
        ladder = read(SettingTable.retryLadder)
    }
}

/// The settings `stop.…`, `state.…`, `ledger.…`, `console.…` and `log.…`.
package struct ProcessSettings: Sendable {
    /// The setting `stop.deadline`.
    package let stopDeadline: Duration
    /// The setting `state.path`.
    package let statePath: String
    /// `ledger.path`, or nil with `ledger.enabled: false`.
    package let ledgerPath: String?
    /// The setting `console.address`.
    package let console: ConsoleChoice
    /// The setting `console.token`.
    package let consoleToken: Secret?
    /// The setting `log.level`.
    package let logLevel: LogLevel
    /// The setting `log.format`.
    package let logFormat: LogFormat
    /// The setting `log.personal`.
    package let showsPersonalData: Bool

    init(_ read: inout SettingReader, stateDirectory: String?) {
        stopDeadline = read(SettingTable.stopDeadline)
        // systemd names several folders with colons; the first is ours.
        let given = stateDirectory?.split(separator: ":").first.map(String.init)
        statePath = read(SettingTable.statePath) ?? given ?? "trigger-bridge-state"
        read.note(SettingTable.statePath.spec, shown: statePath)
        let isEnabled = read(SettingTable.ledgerEnabled)
        let ledger = read(SettingTable.ledgerPath) ?? statePath + "/ledger.sqlite"
        read.note(SettingTable.ledgerPath.spec, shown: ledger)
        ledgerPath = isEnabled ? ledger : nil
        console = read(SettingTable.consoleAddress)
        consoleToken = read(SettingTable.consoleToken)
        logLevel = read(SettingTable.logLevel)
        logFormat = read(SettingTable.logFormat)
        showsPersonalData = read(SettingTable.logPersonal)
    }
}

import AMQP

/// What no setting alone can tell: what a command lacks, and what does not go together.
enum SettingsCheck {
    static func check(_ settings: BridgeSettings, _ needs: Set<SettingNeed>, _ read: inout SettingReader) {
        checkNeeds(settings, needs, &read)
        checkToken(settings, needs, &read)
        checkPlatform(settings, &read)
        checkBroker(settings.broker, &read)
        let (minimum, maximum) = (SettingTable.circuitProbeMinimum.spec, SettingTable.circuitProbeMaximum.spec)
        checkOrder(settings.retries.firstProbe, minimum, settings.retries.probeMaximum, maximum, &read)
        let (connect, total) = (SettingTable.altcraftConnectTimeout.spec, SettingTable.altcraftTimeout.spec)
        checkOrder(settings.altcraft.connecting, connect, settings.altcraft.timeout, total, &read)
    }

    /// A shorter time that somebody set must not be longer than the longer one; a default gives way by itself.
    private static func checkOrder(
        _ short: Duration, _ shortSpec: SettingSpec, _ long: Duration, _ longSpec: SettingSpec,
        _ read: inout SettingReader
    ) {
        guard short > long, isSet(shortSpec, read) else { return }
        conflict(
            shortSpec, "is longer than \(longSpec.key), which is \(DurationText.describe(long))",
            "make it the shorter of the two", &read)
    }

    private static func checkNeeds(
        _ settings: BridgeSettings, _ needs: Set<SettingNeed>, _ read: inout SettingReader
    ) {
        if needs.contains(.broker) {
            require(settings.broker.address != nil, SettingTable.brokerURL.spec, &read)
            require(settings.broker.queue != nil, SettingTable.brokerQueue.spec, &read)
        }
        if needs.contains(.platform) { require(settings.altcraft.url != nil, SettingTable.altcraftURL.spec, &read) }
        if needs.contains(.mappings) { require(settings.mappings.path != nil, SettingTable.mappingsPath.spec, &read) }
    }

    /// Exactly one token; a token file is read here, so that a slip shows at start and not at the first launch.
    private static func checkToken(
        _ settings: BridgeSettings, _ needs: Set<SettingNeed>, _ read: inout SettingReader
    ) {
        let (token, file) = (SettingTable.altcraftToken.spec, SettingTable.altcraftTokenFile.spec)
        if isSet(token, read), isSet(file, read) {
            conflict(file, "is set beside altcraft.token", "leave one of the two out", &read)
            return
        }
        guard needs.contains(.platform) else { return }
        guard let origin = settings.altcraft.token else {
            // A token that is set but empty has been reported as that.
            if !isSet(token, read), !isSet(file, read) {
                report(
                    .error, .missing, file, "neither altcraft.token_file nor altcraft.token is set", setHint(file),
                    &read)
            }
            return
        }
        do {
            _ = try origin.read()
        } catch {
            report(.error, .value, isSet(token, read) ? token : file, error.message, error.hint, &read)
        }
    }

    private static func checkPlatform(_ settings: BridgeSettings, _ read: inout SettingReader) {
        let altcraft = settings.altcraft
        if let url = altcraft.url, !url.isEncrypted, !url.isLoopback {
            report(
                .warning, .advice, SettingTable.altcraftURL.spec,
                "plain http to another machine shows the token and all personal data to the network",
                "use https", &read)
        }
    }

    private static func checkBroker(_ broker: BrokerSettings, _ read: inout SettingReader) {
        let (certificate, key) = (SettingTable.brokerCertificateFile.spec, SettingTable.brokerKeyFile.spec)
        if (broker.certificateFile == nil) != (broker.keyFile == nil) {
            let isCertificate = broker.certificateFile != nil
            conflict(
                isCertificate ? certificate : key, "is set without \(isCertificate ? key.key : certificate.key)",
                "set both, or neither", &read)
        }
        if broker.authentication == .external, broker.certificateFile == nil || broker.address?.encrypted == false {
            conflict(
                SettingTable.brokerAuthentication.spec, "is external, which logs in by certificate",
                "set broker.certificate_file and broker.key_file, and use amqps:// in broker.url", &read)
        }
        let usesFiles = broker.caFile ?? broker.certificateFile
        if usesFiles != nil, broker.address?.encrypted == false {
            report(
                .warning, .advice, broker.caFile != nil ? SettingTable.brokerCAFile.spec : certificate,
                "is not used, because broker.url is not encrypted", "use amqps://", &read)
        }
    }

    private static func isSet(_ spec: SettingSpec, _ read: SettingReader) -> Bool {
        read.source(of: spec.key, spec) != .fallback
    }

    private static func require(_ isPresent: Bool, _ spec: SettingSpec, _ read: inout SettingReader) {
        // What is set but wrong has been reported already.
        guard !isPresent, !isSet(spec, read) else { return }
        report(.error, .missing, spec, "is not set", setHint(spec), &read)
    }

    private static func setHint(_ spec: SettingSpec) -> String {
        "set \(spec.key) in the file, \(spec.environmentName) in the environment, or --\(spec.flagName)"
    }

    private static func conflict(
        _ spec: SettingSpec, _ message: String, _ hint: String, _ read: inout SettingReader
    ) {
        report(.error, .conflict, spec, message, hint, &read)
    }

    private static func report(
        _ severity: SettingFinding.Severity,
        _ code: SettingFinding.Code,
        _ spec: SettingSpec,
        _ message: String,
        _ hint: String,
        _ read: inout SettingReader
    ) {
        let source = read.source(of: spec.key, spec)
        read.report(
            SettingFinding(code, severity, key: spec.key, source: source, message: message, hint: hint))
    }
}

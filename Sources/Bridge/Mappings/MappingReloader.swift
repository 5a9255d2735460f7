import Mapping
package import Telemetry

/// Puts what has changed in the folder into force: looks, decides, binds, hands over, tells, and keeps.
///
/// A value that the reload thread owns; the counterparts are closures, so that tests play them.
package struct MappingReloader: Sendable {
    /// What a reloader works with.
    package struct Counterparts: Sendable {
        /// Binds; waits for the broker.
        let bind: @Sendable ([TopologyPlan.Binding]) -> BindingAnswer
        /// Hands a set over to the reactor; false when it does not take it now.
        let goLive: @Sendable (LiveMappings) -> Bool
        /// Where everything is told.
        let observer: Observer

        /// Names the counterparts.
        package init(
            bind: @escaping @Sendable ([TopologyPlan.Binding]) -> BindingAnswer,
            goLive: @escaping @Sendable (LiveMappings) -> Bool, observer: Observer
        ) {
            self.bind = bind
            self.goLive = goLive
            self.observer = observer
        }
    }

    private let counterparts: Counterparts
    private let store: LastGoodFiles
    private var checker: MappingChecker
    private var state: MappingState
    /// What the state folder holds.
    private var kept: [String: [UInt8]]
    /// What stands against the folder as a whole, or against keeping; each is told once.
    private var failure: String?
    private var keepFailure: String?
    private var wasNotTaken = false

    /// A reloader that goes on from the start.
    package init(_ start: MappingStart, _ counterparts: Counterparts) {
        self.counterparts = counterparts
        store = start.store
        checker = start.checker
        state = start.state
        kept = start.kept
    }

    /// The folders to watch.
    package var watched: Set<String> { checker.watched }

    /// Whether trying again may help although no file changes.
    package var wantsRetry: Bool { state.waitsForBroker || wasNotTaken }

    /// Looks at the folder; nothing changes yet.
    package mutating func look() -> MappingChecker.Look {
        checker.look()
    }

    /// Keeps what the bridge started with.
    package mutating func keepStart() {
        keep()
    }

    /// Tells that something works, but not as it should.
    func warn(_ sentence: String, advice: String) {
        counterparts.observer.observe(.warning(sentence, advice: advice))
    }

    /// Puts what a look has shown into force.
    ///
    /// - Parameter isAsked: somebody asked for it and wants an answer, even if nothing has changed.
    package mutating func reload(_ look: MappingChecker.Look, isAsked: Bool) {
        switch look {
        case .nothing(let diagnostic):
            let reason = "\(diagnostic.file): \(diagnostic.message); what was live stays live"
            if reason != failure || isAsked {
                counterparts.observer.observe(.reloadFailed(reason: reason))
                counterparts.observer.observe(.alarmRaised(.mapping, reason: reason, advice: diagnostic.hint))
            }
            failure = reason
        case .files(let files):
            let decision = decide(files)
            let isNews = decision.isChanged || isAsked || failure != nil || wasNotTaken
            wasNotTaken = isNews && !counterparts.goLive(decision.next.liveMappings(checker.options))
            guard !wasNotTaken else { return }
            state = decision.next
            tell(decision)
            if failure != nil { counterparts.observer.observe(.alarmCleared(.mapping)) }
            failure = nil
            keep()
        }
    }

    /// Decides, and decides again where the broker does not take what is new.
    ///
    /// Who is held back may make room for another mapping, whose bindings are asked for then; none is twice.
    private func decide(_ files: [MappingCheck]) -> MappingReload.Decision {
        var asked: Set<TopologyPlan.Binding> = []
        var unbindable: [TopologyPlan.Binding: String] = [:]
        while true {
            let decision = MappingReload.decide(previous: state, files: files, unbindable: unbindable)
            let open = decision.added.filter { asked.insert($0).inserted }
            guard !open.isEmpty else { return decision }
            unbindable.merge(counterparts.bind(open).unbindable(open)) { first, _ in first }
        }
    }

    private func tell(_ decision: MappingReload.Decision) {
        for observation in decision.observations { counterparts.observer.observe(observation) }
        for binding in decision.dropped {
            warn(
                "no mapping needs routing key \"\(binding.routingKey)\" of exchange \"\(binding.exchange)\" any more",
                advice: "the binding stays: unbind it if nothing else needs it, its events are taken for unwanted")
        }
    }

    private mutating func keep() {
        let versions = Dictionary(
            state.live.values.map { ($0.file.baseName, $0.file.bytes) }, uniquingKeysWith: { first, _ in first })
        do {
            try store.keep(versions, inPlaceOf: kept)
            kept = versions
            keepFailure = nil
        } catch {
            let failure = LastGoodFiles.words(error)
            if failure != keepFailure {
                warn(
                    "the last good versions of mappings cannot be kept in \(store.path): \(failure)",
                    advice: "make it writable, or set state.path; until then a restart has older versions or none")
            }
            keepFailure = failure
        }
    }
}

import AMQP
import Altcraft
import HTTPTransport
import Ledger
import Poll
import Settings

extension BridgeAssembly {
    /// How long the doctor looks at most, whatever broker, platform and name service do: all of it ends in 30 seconds.
    package static let examinationLimit = Duration.seconds(25)

    /// Looks at broker, platform and ledger as `run` would meet them, and changes none of them.
    ///
    /// Broker and platform are looked at side by side, each on a thread of its own. One that has not ended in time is
    /// left behind: the process is about to end.
    /// - Throws: ``Fault``, or what the system says when it has no descriptors or threads left.
    package func examine(_ mappings: MappingStart, within limit: Duration = Self.examinationLimit) throws -> DoctorFacts
    {
        guard let token = APIToken(tokens.current.reveal()) else { throw Fault.token }
        guard var connection = connection(for: "doctor") else { throw Fault.missing("broker.url") }
        connection.connectTimeout = .seconds(5)
        connection.handshakeTimeout = .seconds(5)
        connection.requestTimeout = .seconds(5)
        var plan = DoctorPlan(settings, mappings.state.mappings, queues: queues)
        plan.refusedMappings = mappings.state.refused.values.map(\.sentence).sorted()
        let deadline = MonotonicTime.now().advanced(by: limit)
        let wakeup = try Wakeup()
        let broker = Mailbox<BrokerSight>(capacity: 1, wakeup: wakeup)
        let platform = Mailbox<PlatformSight>(capacity: 1, wakeup: wakeup)
        let lookingAtBroker = BrokerExamination(plan: plan, connection: connection)
        let asking = examination(of: plan, token, deadline)
        try DeepStackThread.start(name: "doctor-broker") { _ = broker.post(lookingAtBroker.run()) }
        try DeepStackThread.start(name: "doctor-http") {
            _ = platform.post((try? asking.run()) ?? PlatformSight())
        }
        let sights = Self.await(broker, platform, wakeup, deadline.advanced(by: .milliseconds(200)))
        return DoctorFacts(
            plan: plan, broker: sights.broker ?? .late(limit), platform: sights.platform ?? PlatformSight(),
            ledger: ledgerSight)
    }

    private static func await(
        _ broker: Mailbox<BrokerSight>, _ platform: Mailbox<PlatformSight>, _ wakeup: Wakeup, _ deadline: MonotonicTime
    ) -> (broker: BrokerSight?, platform: PlatformSight?) {
        var sights: (broker: BrokerSight?, platform: PlatformSight?)
        while sights.broker == nil || sights.platform == nil {
            let left = deadline.since(.now()).nanoseconds / 1_000_000
            guard left > 0 else { break }
            var poll = PollSet()
            poll.add(wakeup.descriptor, .readable)
            _ = poll.wait(milliseconds: Int32(clamping: left))
            wakeup.clear()
            sights.broker = broker.drain().first ?? sights.broker
            sights.platform = platform.drain().first ?? sights.platform
        }
        return sights
    }

    private func examination(of plan: DoctorPlan, _ token: APIToken, _ deadline: MonotonicTime) -> PlatformExamination {
        let (url, altcraft) = (settings.altcraft.url?.description ?? "", settings.altcraft)
        return PlatformExamination(
            plan: plan, http: http,
            encoder: { form in
                var options = Self.requestOptions(altcraft)
                options.tokenPlace = form.token
                options.trailingSlash = form.slash
                return RequestEncoder(baseURL: url, options: options)
            },
            token: token, connectTimeout: altcraft.connectTimeout, timeout: min(altcraft.timeout, .seconds(10)),
            deadline: deadline)
    }

    private var ledgerSight: LedgerSight {
        guard let path = settings.process.ledgerPath else { return .off }
        do throws(LedgerFault) {
            return switch try LedgerCheck.look(at: path) {
            case .absent: .absent(path: path)
            case .usable: .usable(path: path)
            case .inUse: .inUse(path: path)
            }
        } catch {
            return .faulty(error.description)
        }
    }
}

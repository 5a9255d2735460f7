import AMQP
import Altcraft
import EventPattern
import Mapping
import Settings

extension DoctorPlan {
    /// What these settings and mappings ask for.
    init(_ settings: BridgeSettings, _ mappings: [Mapping], queues: QueueNames) {
        self.init(queues: queues)
        virtualHost = settings.broker.address?.virtualHost ?? "/"
        declares = settings.broker.declaresTopology
        prefetch = settings.broker.prefetch
        inFlight = settings.altcraft.inFlight
        slowestCall = settings.altcraft.timeout
        rate = settings.altcraft.rate
        acknowledgementTimeout = settings.broker.acknowledgementTimeout
        let options = BridgeAssembly.requestOptions(settings.altcraft)
        form = CallForm(token: options.tokenPlace, slash: options.trailingSlash)
        allowedRecipients = settings.mappings.allowedRecipients
        take(mappings)
    }

    private mutating func take(_ all: [Mapping]) {
        mappings = all.count
        let live = all.filter(\.isEnabled)
        let named = live.flatMap { $0.condition.exchanges?.names ?? [] }
        exchanges = Set(named).sorted()
        bindings = Set(live.flatMap(\.bindings)).sorted()
        unboundMappings = live.filter { $0.bindings.isEmpty }.map(\.name).sorted()
        var numbers: Set<Int64> = []
        var others: Set<String> = []
        for target in live.flatMap(\.possibleTargets) {
            if case .campaign(let number) = target { numbers.insert(number) } else { others.insert(target.description) }
        }
        campaigns = numbers.sorted()
        otherTargets = others.sorted()
    }
}

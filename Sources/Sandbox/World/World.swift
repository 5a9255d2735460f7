import Foundation
import JSON

/// The account that the sandbox plays: everything that a request can see or change.
///
/// A plain value with the time as an argument: the server holds it under a lock, tests hold it in their hands.
struct World: Sendable {
    let options: SandboxOptions
    var campaigns: [Int: Campaign]
    var scenarios: [Int: Scenario]
    var resources: [Int: Resource]?
    var store: ProfileStore
    /// Who is in a scenario that does not allow re-entry.
    var engaged: [Int: Set<String>] = [:]
    var tasks = TaskBoard()
    /// The launches so far.
    var log: LaunchLog
    /// The faults that are asked for.
    var faults: FaultPlan
    private let others: [(name: String, value: JSONValue)]
    private let campaignOrder: [Int]
    private let scenarioOrder: [Int]
    private var requests = 0
    private var refusals = 0
    /// Launches that were made since somebody last asked; for the log on standard error.
    private var fresh: [LaunchRecord] = []
    /// Whether profiles, campaigns or scenarios differ from the data file.
    var isChanged = false

    /// An account with this data.
    init(_ data: SandboxData, options: SandboxOptions) {
        self.options = options
        campaigns = Dictionary(data.campaigns.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        scenarios = Dictionary(data.scenarios.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        resources = data.resources.map { list in
            Dictionary(list.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        }
        store = ProfileStore(data.profiles, emailCase: options.emailCase)
        log = LaunchLog(most: options.keptLaunches, mostBytes: options.keptBytes)
        faults = FaultPlan(seed: options.seed)
        others = data.others
        campaignOrder = data.campaigns.map(\.id)
        scenarioOrder = data.scenarios.map(\.id)
    }

    /// The account as it is now, in the shape of the data file.
    var data: SandboxData {
        var data = SandboxData()
        data.campaigns = campaignOrder.compactMap { campaigns[$0] }
        data.scenarios = scenarioOrder.compactMap { scenarios[$0] }
        data.resources = resources?.values.sorted { $0.id < $1.id }
        data.profiles = store.profiles
        data.others = others
        return data
    }

    /// Carries out a request.
    mutating func handle(_ call: APICall, now: Date) -> APIAnswer {
        advance(to: now)
        requests += 1
        do {
            try authorize(call)
            return try dispatch(call, now: now)
        } catch {
            refusals += 1
            return .refused(error)
        }
    }

    /// How many requests there were, and how many of them were refused.
    var requestCounts: (all: Int, refused: Int) { (requests, refusals) }

    /// The number of the request that is being carried out.
    var currentRequest: Int { requests }

    /// Counts a request that did not get as far as ``handle(_:now:)``.
    mutating func countUnreadable() {
        requests += 1
        refusals += 1
    }

    /// Forgets all launches and counts.
    mutating func forgetLaunches() {
        log.clear()
        (requests, refusals) = (0, 0)
    }

    /// Takes the launches made since the last call.
    mutating func takeFresh() -> [LaunchRecord] {
        defer { fresh = [] }
        return fresh
    }

    /// Writes a launch down.
    mutating func record(_ launch: LaunchRecord) {
        fresh.append(log.append(launch))
    }

    private func authorize(_ call: APICall) throws(Refusal) {
        if call.endpoint == .link { return }
        let given = [try call.parameters.text("token"), call.outerToken].compactMap(\.self)
        guard !given.isEmpty else { throw Refusal(401, debug: "the request has no token") }
        guard given.allSatisfy({ $0 == options.token }) else {
            throw Refusal(options.wrongTokenCode, debug: "the token is not valid")
        }
    }

    private mutating func dispatch(_ call: APICall, now: Date) throws(Refusal) -> APIAnswer {
        switch call.endpoint.action {
        case .start: try start(call, now: now)
        case .batch: try startBatch(call, now: now)
        case .importOne: try importOne(call, now: now)
        case .importBatch: try importBatch(call, now: now)
        case .get: try describe(call)
        case .activate: try setActive(call, true)
        case .deactivate: try setActive(call, false)
        case .status: try taskStatus(call, now: now)
        case .follow: try follow(call, call.link ?? LinkPath(link: "", segment: ""), now: now)
        }
    }
}

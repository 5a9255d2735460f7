import AMQP
import Poll
import Telemetry

/// What the reload thread does: waits, and lets the reloader look once the folder is quiet.
struct MappingLoop: ~Copyable {
    /// So often it is seen whether the path still leads to the folder that is watched.
    private static let interval = Duration.milliseconds(500)

    private var reloader: MappingReloader
    private var watch: FolderWatch?
    private var pace = ReloadPace()
    private var isAsked = false
    /// When the broker is asked again for bindings that it did not take.
    private var retry: MonotonicTime?
    private var backoff = ReconnectBackoff()
    private var generator = SystemRandomNumberGenerator()
    private var poll = PollSet()
    private var toldUnwatched: Set<String> = []

    init(_ reloader: MappingReloader) {
        self.reloader = reloader
        do throws(SystemCallError) {
            watch = try FolderWatch()
        } catch {
            watch = nil
            reloader.warn(
                "the mappings are not watched: \(error)", advice: "raise fs.inotify.max_user_instances; SIGHUP works")
        }
    }

    /// Works until it is told to stop.
    mutating func run(_ requests: MappingWatch) {
        reloader.keepStart()
        // What has changed between the start and the watch is seen by looking once more.
        pace.noticed(at: .now())
        while true {
            wait(requests)
            let (isReloading, isStopping) = requests.takeRequests()
            guard !isStopping else { return }
            isAsked = isAsked || isReloading
            let now = MonotonicTime.now()
            let isDue = retry.map { $0 <= now } ?? false
            if isDue { retry = nil }
            if hasChanged() || isReloading || isDue { pace.noticed(at: now) }
            if let due = pace.due, due <= .now() { look() }
        }
    }

    private mutating func wait(_ requests: MappingWatch) {
        poll.removeAll()
        poll.add(requests.descriptor, .readable)
        if let descriptor = watch?.descriptor { poll.add(descriptor, .readable) }
        let now = MonotonicTime.now()
        let next = [pace.due, retry].compactMap(\.self).min() ?? now.advanced(by: Self.interval)
        let wait = min(next, now.advanced(by: Self.interval)).since(now).nanoseconds
        _ = poll.wait(milliseconds: Int32(clamping: max(0, wait + 999_999) / 1_000_000))
    }

    /// Whether anything has changed since the last time this was asked.
    private mutating func hasChanged() -> Bool {
        let isOther = watch?.watch(reloader.watched) ?? false
        let hasEvents = watch?.drain() ?? false
        tellUnwatched()
        return isOther || hasEvents
    }

    private mutating func look() {
        let look = reloader.look()
        guard pace.read(hasChangedMeanwhile: hasChanged(), at: .now()) else { return }
        reloader.reload(look, isAsked: isAsked)
        isAsked = false
        guard reloader.wantsRetry else {
            backoff.succeeded()
            retry = nil
            return
        }
        retry = MonotonicTime.now().advanced(by: backoff.failed(using: &generator))
    }

    private mutating func tellUnwatched() {
        guard let unwatched = watch?.unwatched else { return }
        for (path, error) in unwatched where toldUnwatched.insert(path).inserted {
            reloader.warn("\(path) is not watched: \(error)", advice: "raise fs.inotify.max_user_watches; SIGHUP works")
        }
    }
}

package import Foundation
import Synchronization

/// The sandbox without its sockets: the account under a lock, a clock, and where launches are logged.
package final class Sandbox: Sendable {
    private let world: Mutex<World>
    private let clock: @Sendable () -> Date
    private let log: @Sendable (LaunchRecord) -> Void
    /// What is chosen for open questions.
    let options: SandboxOptions

    /// A sandbox that plays an account.
    ///
    /// - Parameters:
    ///   - data: The account.
    ///   - options: What the documentation leaves open.
    ///   - clock: The time; tests have their own.
    ///   - log: Told each launch once, in order, from any thread.
    package init(
        _ data: SandboxData,
        options: SandboxOptions,
        clock: @escaping @Sendable () -> Date = { Date() },
        log: @escaping @Sendable (LaunchRecord) -> Void = { _ in }
    ) {
        world = Mutex(World(data, options: options))
        self.options = options
        self.clock = clock
        self.log = log
    }

    /// Looks at the account or changes it, at the present time; what has become due is carried out before.
    func with<Value: Sendable>(_ body: (inout World, Date) -> sending Value) -> Value {
        let now = clock()
        let (value, fresh) = world.withLock { world in
            world.advance(to: now)
            let value = body(&world, now)
            return (value, world.takeFresh())
        }
        for launch in fresh { log(launch) }
        return value
    }

    /// Carries out what has become due, for when nobody asks anything.
    package func tick() { with { _, _ in } }

    /// The account for the data file, when it has changed since it was last taken.
    package func takeChanges() -> SandboxData? {
        with { world, _ in
            guard world.isChanged else { return nil }
            world.isChanged = false
            return world.data
        }
    }

    /// Says that taken changes could not be saved, so that they are given out again.
    package func returnChanges() { with { world, _ in world.isChanged = true } }
}

import CLinux
import Glibc

/// What a descriptor is watched for, and what it was found ready for.
package struct Readiness: OptionSet, Sendable, Hashable {
    /// The poll(2) bits.
    package let rawValue: Int16

    /// Makes a set from poll(2) bits.
    package init(rawValue: Int16) {
        self.rawValue = rawValue
    }

    /// Bytes (or an end of stream) can be read without waiting.
    package static let readable = Readiness(rawValue: Int16(POLLIN))
    /// Bytes can be written without waiting.
    package static let writable = Readiness(rawValue: Int16(POLLOUT))
    /// The descriptor is in error, hung up or not open; always reported, never asked for.
    ///
    /// Several bits, of which one is enough: ask `hasFailed`, as `contains` wants all of them.
    package static let failed = Readiness(rawValue: Int16(POLLERR | POLLHUP | POLLNVAL))

    /// Whether the descriptor is in error, hung up or not open.
    package var hasFailed: Bool { !isDisjoint(with: .failed) }
}

/// The descriptors one thread waits on: poll(2) with its array kept between calls.
///
/// Few descriptors (a broker socket, some tens of HTTP sockets, one eventfd) make poll as cheap as epoll, without
/// a second registry to keep in step with libcurl's.
package struct PollSet {
    private var entries: [pollfd] = []

    /// An empty set.
    package init() {}

    /// Forgets all descriptors, keeping the memory.
    package mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
    }

    /// Adds a descriptor and what it is watched for; returns its place, for `readiness(at:)`.
    @discardableResult
    package mutating func add(_ descriptor: Int32, _ interest: Readiness) -> Int {
        entries.append(pollfd(fd: descriptor, events: interest.rawValue, revents: 0))
        return entries.count - 1
    }

    /// Waits until a descriptor is ready or the time is over; `milliseconds` below zero waits without limit.
    ///
    /// - Returns: how many descriptors are ready; 0 after the time or a signal.
    package mutating func wait(milliseconds: Int32) -> Int {
        let count = unsafe poll(&entries, nfds_t(entries.count), milliseconds)
        guard count >= 0 else {
            for place in entries.indices { entries[place].revents = 0 }
            return 0
        }
        return Int(count)
    }

    /// What the descriptor at this place was found ready for by the last `wait`.
    package func readiness(at place: Int) -> Readiness {
        Readiness(rawValue: entries[place].revents)
    }
}

/// Servers of the test process on a port of the system's choice.
package enum FreePort {
    /// A server that ended before it listened.
    package struct NeverListened: Error {}

    /// Serves while `body` runs with the port, ends the server, and gives back what `body` gave.
    ///
    /// - Throws: what either throws.
    package static func serving<Value: Sendable>(
        _ serve: @escaping @Sendable (_ listening: @escaping @Sendable (Int) -> Void) async throws -> Void,
        while body: @escaping @Sendable (Int) async throws -> Value
    ) async throws -> Value {
        let (ports, listening) = AsyncStream<Int>.makeStream()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { listening.finish() }
                try await serve { listening.yield($0) }
            }
            var iterator = ports.makeAsyncIterator()
            guard let port = await iterator.next() else {
                try await group.waitForAll()
                throw NeverListened()
            }
            let value = try await body(port)
            group.cancelAll()
            try await group.waitForAll()
            return value
        }
    }
}

import Glibc

/// Where whole lines go: standard error, or a test's memory.
package protocol LogOutput: Sendable {
    /// Writes all bytes, waiting as long as that takes; called by the writer thread alone.
    ///
    /// - Returns: false when they could not be written, and never will be.
    func write(_ block: [UInt8]) -> Bool
}

/// Standard error, or any other descriptor.
package struct DescriptorOutput: LogOutput {
    private let descriptor: Int32

    /// Writes to a descriptor that stays open as long as the process logs.
    package init(descriptor: Int32 = STDERR_FILENO) {
        self.descriptor = descriptor
    }

    package func write(_ block: [UInt8]) -> Bool {
        unsafe block.withUnsafeBytes { bytes in
            var written = 0
            while written < bytes.count {
                let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[written...])
                let count = unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
                if count > 0 {
                    written += count
                } else if count < 0, errno == EAGAIN {
                    waitUntilWritable()
                } else if count == 0 || errno != EINTR {
                    return false
                }
            }
            return true
        }
    }

    /// Standard error may be shared with a process that made it non-blocking.
    private func waitUntilWritable() {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&entry, 1, -1)
    }
}

import Glibc

/// A system call that failed, with its name and the errno it left.
package struct SystemCallError: Error, Equatable, CustomStringConvertible {
    /// The call, as in its manual page: `eventfd`, `inotify_init1`.
    package let call: String
    /// The errno value.
    package let code: Int32

    /// Names a failed call.
    package init(call: String, code: Int32) {
        self.call = call
        self.code = code
    }

    /// One line: what failed and why, in the system's words.
    package var description: String {
        "\(call) failed: \(unsafe String(cString: strerror(code))) (errno \(code))"
    }
}

import CRegex

/// The RE2 program behind an I-Regexp: the one file that touches C++.
@safe final class Program: Sendable {
    /// Owned here from `init` to `deinit`.
    ///
    /// RE2 documents matching as safe from many threads at once, and nothing else
    /// is ever done with it.
    private nonisolated(unsafe) let handle: OpaquePointer

    /// Compiles RE2 syntax; nil when RE2 refuses it or needs more memory.
    init?(_ re2: String, memory: Int) {
        let pattern = Array(re2.utf8)
        let compiled = unsafe pattern.withUnsafeBufferPointer { bytes in
            unsafe cregex_compile(bytes.baseAddress, bytes.count, Int64(memory))
        }
        guard let compiled = unsafe compiled else { return nil }
        unsafe handle = compiled
    }

    deinit { unsafe cregex_free(handle) }

    func matches(_ text: ArraySlice<UInt8>, whole: Bool) -> Bool {
        unsafe text.withUnsafeBufferPointer { bytes in
            unsafe cregex_matches(handle, bytes.baseAddress, bytes.count, whole)
        }
    }
}

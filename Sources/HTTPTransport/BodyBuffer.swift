/// Memory for the body of one request at a time, at an address that libcurl may keep.
///
/// libcurl reads the body from where it lies while the request is written; an array promises no lasting address.
@safe struct BodyBuffer: ~Copyable {
    /// What is kept from one request to the next; a larger body's memory is given back with the next body.
    private static let kept = 64 << 10

    /// Where the body begins; never null, even for an empty body.
    private(set) var address: UnsafeMutableRawPointer
    private var capacity = 512

    init() {
        unsafe address = .allocate(byteCount: capacity, alignment: 1)
    }

    deinit {
        unsafe address.deallocate()
    }

    /// Copies the body in; libcurl must not be reading the one before.
    ///
    /// - Returns: whether the address is another one now.
    mutating func hold(_ body: [UInt8]) -> Bool {
        let moves = body.count > capacity || (capacity > Self.kept && body.count <= Self.kept)
        if moves {
            unsafe address.deallocate()
            capacity = max(512, body.count)
            unsafe address = .allocate(byteCount: capacity, alignment: 1)
        }
        unsafe body.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            unsafe address.copyMemory(from: start, byteCount: bytes.count)
        }
        return moves
    }
}

import CZlib

/// The owner of zlib's inflate state.
@safe struct InflateStream: ~Copyable {
    /// What one step found.
    enum Step: Equatable {
        /// There is more to do.
        case more
        /// The compressed data has ended.
        case end
        /// There is more output than room for it.
        case full
    }

    /// Output is produced in pieces of this size, so that a limit of many megabytes costs nothing in advance.
    private static let piece = 64 << 10
    /// On the heap: zlib keeps the address of the struct.
    private let stream: UnsafeMutablePointer<z_stream>

    /// Makes the state; nil when there is no memory.
    init?(windowBits: Int32) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // The macro inflateInit2 passes these two by itself.
        let size = unsafe Int32(MemoryLayout<z_stream>.size)
        guard unsafe inflateInit2_(stream, windowBits, ZLIB_VERSION, size) == Z_OK else {
            unsafe stream.deallocate()
            return nil
        }
        unsafe self.stream = stream
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Starts anew behind the end of one member.
    mutating func restart() throws(InflateError) {
        guard unsafe inflateReset(stream) == Z_OK else { throw .outOfMemory }
    }

    /// Inflates one piece from the front of `input` to the end of `output`, never more than `room` bytes.
    ///
    /// With no room left one byte is still produced and thrown away: it tells an end from an overflow.
    mutating func step(
        _ input: inout ArraySlice<UInt8>, _ output: inout [UInt8], room: Int
    ) throws(InflateError) -> Step {
        let wanted = min(Self.piece, max(room, 0) + 1)
        var code = Z_OK
        var consumed = 0
        let piece = unsafe [UInt8](unsafeUninitializedCapacity: wanted) { buffer, produced in
            (code, consumed, produced) = unsafe run(input, into: buffer)
        }
        input = input.dropFirst(consumed)
        guard piece.count <= room else { return .full }
        output.append(contentsOf: piece)
        switch code {
        case Z_STREAM_END: return .end
        case Z_OK where consumed > 0 || !piece.isEmpty: return .more
        // No progress: zlib wants bytes that are not there.
        case Z_OK, Z_BUF_ERROR: throw .truncated
        case Z_MEM_ERROR: throw .outOfMemory
        case Z_NEED_DICT: throw .damaged("it needs a preset dictionary")
        default: throw .damaged(message)
        }
    }

    /// One call of zlib, with pointers that it does not keep.
    private func run(
        _ input: ArraySlice<UInt8>, into buffer: UnsafeMutableBufferPointer<UInt8>
    ) -> (code: Int32, consumed: Int, produced: Int) {
        unsafe input.withUnsafeBufferPointer { bytes in
            // zlib counts input in 32 bits; what is over waits for the next step.
            let offered = min(bytes.count, Int(Int32.max))
            unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
            unsafe stream.pointee.avail_in = UInt32(offered)
            unsafe stream.pointee.next_out = buffer.baseAddress
            unsafe stream.pointee.avail_out = UInt32(buffer.count)
            let code = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
            let consumed = unsafe offered - Int(stream.pointee.avail_in)
            let produced = unsafe buffer.count - Int(stream.pointee.avail_out)
            unsafe stream.pointee.next_in = nil
            unsafe stream.pointee.next_out = nil
            return (code, consumed, produced)
        }
    }

    private var message: String {
        guard let text = unsafe stream.pointee.msg else { return "damaged data" }
        return unsafe String(cString: text)
    }
}

import CZlib

/// Compresses with zlib, for tests: 31 is gzip, 15 zlib, -15 raw.
func deflated(_ bytes: [UInt8], windowBits: Int32, level: Int32 = 6) throws -> [UInt8] {
    var stream = unsafe z_stream()
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    let code = unsafe deflateInit2_(&stream, level, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
    guard code == Z_OK else { throw DeflateFailure() }
    defer { unsafe deflateEnd(&stream) }
    var input = bytes
    let room = unsafe Int(deflateBound(&stream, UInt(bytes.count))) + 32
    return unsafe input.withUnsafeMutableBufferPointer { source in
        unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            unsafe stream.next_in = source.baseAddress
            unsafe stream.avail_in = UInt32(source.count)
            unsafe stream.next_out = buffer.baseAddress
            unsafe stream.avail_out = UInt32(room)
            _ = unsafe deflate(&stream, Z_FINISH)
            count = unsafe room - Int(stream.avail_out)
        }
    }
}

struct DeflateFailure: Error {}

import CLinux
import Glibc

/// The cheapest platform there can be: answers every request with a success and counts them; a batch gets a `result` with
/// as many profiles as it has elements.
///
/// One thread, blocking only in `poll`, so that what a benchmark measures is the bridge and not its counterpart. Prints
/// the port it listens on, and the number of requests when its standard input ends.
@main
enum BenchmarkStub {
    private static let answer = Array(
        """
        HTTP/1.1 200 OK\r
        Content-Type: application/json\r
        Content-Length: 59\r
        \r
        {"data":null,"error":0,"error_text":"Successful operation"}
        """.utf8)

    static func main() {
        let listener = listen()
        var server = Server(listener: listener, answer: answer)
        while server.turn() {}
        print("requests \(server.requests)")
    }

    /// Listens on a free port of the loopback address and prints it.
    private static func listen() -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe bind(descriptor, address, length) == 0 && Glibc.listen(descriptor, 256) == 0
                    && getsockname(descriptor, address, &length) == 0
            }
        }
        guard bound else { exit(1) }
        print("port \(UInt16(bigEndian: address.sin_port))")
        // All streams: the port must be out before anybody waits for it.
        fflush(nil)
        return descriptor
    }
}

/// The connections and what has been read of the request on each.
private struct Server {
    let listener: Int32
    let answer: [UInt8]
    var requests = 0
    private var entries: [pollfd]
    private var partial: [[UInt8]] = [[], []]
    private var chunk = [UInt8](repeating: 0, count: 65_536)

    init(listener: Int32, answer: [UInt8]) {
        self.listener = listener
        self.answer = answer
        entries = [
            pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
            pollfd(fd: listener, events: Int16(POLLIN), revents: 0),
        ]
    }

    /// One round of the loop; false when standard input has ended.
    mutating func turn() -> Bool {
        unsafe poll(&entries, nfds_t(entries.count), -1)
        if entries[0].revents != 0 {
            var byte: UInt8 = 0
            if unsafe read(STDIN_FILENO, &byte, 1) <= 0 { return false }
        }
        for place in entries.indices.dropFirst(2) where entries[place].revents != 0 { serve(place) }
        if entries[1].revents != 0 { accept() }
        removeClosed()
        return true
    }

    private mutating func accept() {
        let descriptor = Glibc.accept(listener, nil, nil)
        guard descriptor >= 0 else { return }
        var one: Int32 = 1
        unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        entries.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
        partial.append([])
    }

    private mutating func serve(_ place: Int) {
        let count = unsafe read(entries[place].fd, &chunk, chunk.count)
        guard count > 0 else {
            close(entries[place].fd)
            entries[place].fd = -1
            return
        }
        partial[place].append(contentsOf: chunk[..<count])
        while let length = requestLength(partial[place]) {
            let elements = elementCount(partial[place][..<length])
            partial[place].removeFirst(length)
            requests += 1
            send(elements == 0 ? answer : batchAnswer(elements), to: entries[place].fd)
        }
    }

    private func send(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// How many elements the request's `data` has; 0 for a request without.
    private func elementCount(_ request: ArraySlice<UInt8>) -> Int {
        guard let start = end(of: Array(#""data":[{"#.utf8), in: Array(request), from: 0) else { return 0 }
        var count = 1
        var last: UInt8 = 0
        for byte in request.dropFirst(start) {
            if byte == UInt8(ascii: "{"), last == UInt8(ascii: ",") { count += 1 }
            last = byte
        }
        return count
    }

    private func batchAnswer(_ count: Int) -> [UInt8] {
        let profile = #"{"profile_id":"6606e08f10bcdd88297057a7"}"#
        let result = [String](repeating: profile, count: count).joined(separator: ",")
        let body = #"{"error":0,"error_text":"Successful operation","result":[\#(result)]}"#
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
        return Array((head + body).utf8)
    }

    /// How many bytes the first whole request takes, or nil while it is not whole.
    private func requestLength(_ bytes: [UInt8]) -> Int? {
        guard let head = end(of: Array("\r\n\r\n".utf8), in: bytes, from: 0) else { return nil }
        guard let name = end(of: Array("Content-Length: ".utf8), in: bytes, from: 0), name < head else { return head }
        let digits = bytes[name...].prefix { (0x30...0x39).contains($0) }
        let total = head + digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return total <= bytes.count ? total : nil
    }

    private func end(of needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard let first = needle.first, bytes.count >= needle.count else { return nil }
        var place = start
        while place + needle.count <= bytes.count {
            if bytes[place] == first, bytes[place..<(place + needle.count)].elementsEqual(needle) {
                return place + needle.count
            }
            place += 1
        }
        return nil
    }

    private mutating func removeClosed() {
        for place in entries.indices.reversed() where entries[place].fd < 0 {
            entries.remove(at: place)
            partial.remove(at: place)
        }
    }
}

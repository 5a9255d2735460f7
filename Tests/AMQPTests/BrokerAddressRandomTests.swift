import TestSupport
import Testing

@testable import AMQP

/// URLs made of any user, password, hosts and virtual host: read back whole, printed without the password.
@Suite(.timeLimit(.minutes(1)))
struct BrokerAddressRandomTests {
    private static let alphabet = Array("aZ09-._~:/?#[]@!$&'()*+,;=% \"<>\\^`{|}é☃\u{1F600}\u{7F}\n")

    private static func text(_ generator: inout SeededGenerator, _ most: Int) -> String {
        String((0..<Int.random(in: 1...most, using: &generator)).map { _ in generator.pick(alphabet, or: "a") })
    }

    /// Everything but RFC 3986's unreserved characters written as bytes.
    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-._~".utf8.contains(byte)
            let digits = String(byte, radix: 16)
            return isPlain ? String(Unicode.Scalar(byte)) : "%" + (digits.count < 2 ? "0" : "") + digits
        }.joined()
    }

    private static func host(_ generator: inout SeededGenerator) -> BrokerAddress.Host {
        let names = ["rabbit", "a.b.example", "10.0.0.1", "::1", "fe80::1%25", "x-1"]
        return .init(
            name: generator.pick(names, or: "h"), port: UInt16.random(in: 1 ... .max, using: &generator))
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func whatIsEncodedReadsBack(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let (user, password) = (Self.text(&generator, 12), "p4ss" + Self.text(&generator, 12))
            let virtualHost = Self.text(&generator, 12)
            let hosts = (0..<Int.random(in: 1...3, using: &generator)).map { _ in Self.host(&generator) }
            let isEncrypted = generator.chance(50)
            let list = hosts.map { host in
                let name = Self.encoded(host.name)
                return host.name.contains(":") ? "[\(name)]:\(host.port)" : "\(name):\(host.port)"
            }.joined(separator: ",")
            let url =
                "\(isEncrypted ? "AMQPS" : "amqp")://\(Self.encoded(user)):\(Self.encoded(password))@\(list)/"
                + Self.encoded(virtualHost)
            let address = try BrokerAddress(parsing: url)
            #expect(address.login == BrokerAddress.Login(user: user, password: password))
            #expect(address.hosts == hosts)
            #expect(address.virtualHost == virtualHost)
            #expect(address.encrypted == isEncrypted)
            #expect(!address.description.contains("p4ss"), "\(url)")
            #expect(!address.description.contains("\n"))
        }
    }

    /// A description is an address again, but for the password and for what a URL's host cannot hold.
    @Test func descriptionsReadBack() throws {
        var generator = SeededGenerator(seed: 77)
        for _ in 0..<300 {
            let address = BrokerAddress(
                hosts: [.init(name: "rabbit", port: 1), .init(name: "::1", port: 65_535)],
                encrypted: generator.chance(50),
                login: .init(user: Self.text(&generator, 9), password: Self.text(&generator, 9)),
                virtualHost: generator.chance(20) ? "/" : Self.text(&generator, 9))
            let again = try BrokerAddress(parsing: address.description)
            #expect(again.login == BrokerAddress.Login(user: address.login.user, password: "***"))
            #expect(again.hosts == address.hosts && again.virtualHost == address.virtualHost)
            #expect(again.encrypted == address.encrypted)
        }
    }

    /// Whatever stands there, reading ends with an address or an error of one line that does not quote the password.
    @Test func nonsenseIsAnError() {
        var generator = SeededGenerator(seed: 78)
        for _ in 0..<5_000 {
            let start = generator.pick(["amqp://", "amqps://", "amqp:/", "", "://", "amqp://u:hunter2@"], or: "")
            let url = start + Self.text(&generator, 20)
            do {
                let address = try BrokerAddress(parsing: url)
                #expect(!address.hosts.isEmpty && !address.virtualHost.isEmpty && !address.login.user.isEmpty)
                #expect(address.hosts.allSatisfy { !$0.name.isEmpty && $0.port > 0 })
            } catch {
                #expect(!error.description.contains("hunter2"), "\(url)")
            }
        }
    }
}

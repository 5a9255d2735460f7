import Foundation
import TestSupport

/// `openssl s_server` on loopback with a certificate of its own, which answers each GET with a page.
///
/// The other side of TLS comes from another program on purpose: it can be told to be old or wrong.
package final class TLSServer: Sendable {
    /// Whether the program is there; without it the tests over it are skipped, visibly.
    package static let isAvailable = FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")

    /// The port on 127.0.0.1, chosen by the system.
    package let port: UInt16
    /// The certificate, which is its own authority.
    package let caFile: String
    private let folder: TemporaryFolder
    private let process: Process

    /// Makes a certificate for the names (as in `DNS:localhost,IP:127.0.0.1`) and serves with it.
    package init(names: String, options: [String] = []) throws {
        folder = try TemporaryFolder()
        let (certificate, key) = (folder.path("cert.pem"), folder.path("key.pem"))
        caFile = certificate
        let request = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=bridge test", "-addext", "subjectAltName=\(names)", "-out", certificate, "-keyout", key,
        ]
        let made = try Self.run(request, output: .nullDevice)
        made.waitUntilExit()
        guard made.terminationStatus == 0 else { throw TLSServerError.certificate }
        let output = Pipe()
        let serve = ["s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", key, "-www"]
        process = try Self.run(serve + options, output: output.fileHandleForWriting)
        try output.fileHandleForWriting.close()
        port = try Self.port(from: output.fileHandleForReading)
    }

    deinit {
        // Not SIGTERM: a child inherits the signal mask of the thread that started it, and dispatch's threads block it.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    private static func run(_ arguments: [String], output: FileHandle) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// From the line `ACCEPT 127.0.0.1:PORT`; the pipe ends when the program does.
    private static func port(from output: FileHandle) throws -> UInt16 {
        var text = ""
        while true {
            let part = output.availableData
            guard !part.isEmpty else { throw TLSServerError.start(text) }
            text += String(decoding: part, as: UTF8.self)
            for line in text.split(separator: "\n").dropLast(text.hasSuffix("\n") ? 0 : 1)
            where line.hasPrefix("ACCEPT") {
                if let port = line.split(separator: ":").last.flatMap({ UInt16($0) }) { return port }
            }
        }
    }
}

/// Why there is no TLS server.
enum TLSServerError: Error {
    case certificate
    case start(String)
}

import Foundation

/// Reads files whole, up to a bound: settings, tokens, data of the sandbox, and what commands are given.
package enum BoundedFile {
    /// Why a file was not read.
    package struct Failure: Error, Hashable {
        /// The reason, in words that follow the file's path: `cannot be read: there is no such file`.
        package let message: String
    }

    /// The file's bytes; also of a pipe, so that `--config <(…)` works, or of standard input instead.
    ///
    /// - Throws: ``Failure`` when it cannot be read or is larger than `limit`.
    package static func read(_ path: String, standardInput: Bool = false, limit: Int) throws(Failure) -> [UInt8] {
        do {
            let file = standardInput ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(filePath: path))
            defer { try? file.close() }
            var bytes: [UInt8] = []
            while let part = try file.read(upToCount: limit + 1 - bytes.count), !part.isEmpty {
                bytes += part
                guard bytes.count <= limit else { throw Failure(message: "is larger than \(SizeText.describe(limit))") }
            }
            return bytes
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(message: "cannot be read: \(FileFault.reason(error))")
        }
    }
}

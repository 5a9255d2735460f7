package import Foundation

/// Reads files whole, up to a bound: settings, tokens, and what commands are given.
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
            throw Failure(message: reason(error))
        }
    }

    /// Why a file cannot be read, in words that follow its path.
    ///
    /// The system's words where there are any: Foundation's own speak of "the operation couldn't be completed".
    package static func reason(_ error: any Error) -> String {
        let underlying = cause(of: error)
        switch (underlying.domain, underlying.code) {
        case (NSPOSIXErrorDomain, let code): return "cannot be read: \(unixMessage(code))"
        case (NSCocoaErrorDomain, CocoaError.Code.fileNoSuchFile.rawValue),
            (NSCocoaErrorDomain, CocoaError.Code.fileReadNoSuchFile.rawValue):
            return "cannot be read: \(unixMessage(Int(ENOENT)))"
        default: return "cannot be read: \(error.localizedDescription)"
        }
    }

    /// What the system said; Foundation hands it on as one type of error or another.
    package static func cause(of error: any Error) -> NSError {
        let whole = error as NSError
        return (whole.userInfo[NSUnderlyingErrorKey] as? any Error).map { $0 as NSError } ?? whole
    }

    private static func unixMessage(_ code: Int) -> String {
        switch Int32(code) {
        case ENOENT: "there is no such file"
        case EACCES, EPERM: "permission denied"
        case EISDIR: "it is a folder"
        case ENOTDIR: "a part of the path is no folder"
        case ELOOP: "it is a link in a circle"
        default: POSIXErrorCode(rawValue: Int32(code)).map { "\($0)" } ?? "errno \(code)"
        }
    }
}

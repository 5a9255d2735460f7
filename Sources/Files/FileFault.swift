package import Foundation

/// Why a file or a folder cannot be read or written, in words of ours.
///
/// Foundation's own speak of "the operation couldn't be completed".
package enum FileFault {
    /// The reason alone: `permission denied`.
    package static func reason(_ error: any Error) -> String {
        if isMissing(error) { return "there is no such file or folder" }
        let cause = cause(of: error)
        guard cause.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
        return switch Int32(cause.code) {
        case EACCES, EPERM: "permission denied"
        case EISDIR: "it is a folder"
        case ENOTDIR: "a part of the path is no folder"
        case EEXIST: "it is there already"
        case ELOOP: "it is a link in a circle"
        case ENOSPC, EDQUOT: "the disk is full"
        case EROFS: "the disk is read-only"
        default: POSIXErrorCode(rawValue: Int32(cause.code)).map { "\($0)" } ?? "errno \(cause.code)"
        }
    }

    /// The reason with the place as the system sees it: where a relative path leads depends on who starts us.
    package static func words(_ error: any Error, at path: String) -> String {
        let place = URL(filePath: path).absoluteURL.standardizedFileURL.path
        if isMissing(error), let target = try? FileManager.default.destinationOfSymbolicLink(atPath: place) {
            return "\(place) is a link to \(target), which is not there"
        }
        return "\(place): \(reason(error))"
    }

    /// Whether there is nothing at the place.
    package static func isMissing(_ error: any Error) -> Bool {
        let missing: [CocoaError.Code] = [.fileNoSuchFile, .fileReadNoSuchFile]
        if let known = error as? CocoaError, missing.contains(known.code) { return true }
        let cause = cause(of: error)
        return cause.domain == NSPOSIXErrorDomain && cause.code == Int(ENOENT)
    }

    /// What the system said; Foundation hands it on as one type of error or another.
    package static func cause(of error: any Error) -> NSError {
        let whole = error as NSError
        return (whole.userInfo[NSUnderlyingErrorKey] as? any Error).map { $0 as NSError } ?? whole
    }
}

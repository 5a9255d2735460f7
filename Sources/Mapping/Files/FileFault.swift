import Foundation

/// Why a file or a folder cannot be read, in words of ours: Foundation's speak of "the operation couldn't be completed".
package enum FileFault {
    /// Half a sentence that names the place as the system sees it: where a relative path leads depends on who starts us.
    package static func words(_ error: any Error, at path: String) -> String {
        let place = URL(filePath: path).absoluteURL.standardizedFileURL.path
        if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: place), isMissing(error) {
            return "\(place) is a link to \(target), which is not there"
        }
        if isMissing(error) { return "there is no \(place)" }
        let underlying = underlying(error)
        guard underlying.domain == NSPOSIXErrorDomain else { return "\(place) cannot be opened" }
        return switch Int32(underlying.code) {
        case EACCES, EPERM: "this process may not read \(place)"
        case ENOTDIR: "\(place) is no folder"
        case EISDIR: "\(place) is a folder"
        case ELOOP: "\(place) is a link in a circle"
        default: "\(place): \(POSIXErrorCode(rawValue: Int32(underlying.code)).map { "\($0)" } ?? "unknown error")"
        }
    }

    private static func isMissing(_ error: any Error) -> Bool {
        let missing: [CocoaError.Code] = [.fileNoSuchFile, .fileReadNoSuchFile]
        if let known = error as? CocoaError, missing.contains(known.code) { return true }
        let underlying = underlying(error)
        return underlying.domain == NSPOSIXErrorDomain && underlying.code == Int(ENOENT)
    }

    /// What the system said; Foundation hands it on as one type of error or another.
    private static func underlying(_ error: any Error) -> NSError {
        let whole = error as NSError
        return (whole.userInfo[NSUnderlyingErrorKey] as? any Error).map { $0 as NSError } ?? whole
    }
}

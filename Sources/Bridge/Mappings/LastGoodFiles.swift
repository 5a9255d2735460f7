import Files
import Foundation
import Mapping
import Poll

/// The last good version of each mapping file, kept in the state folder, so that a restart has them too.
///
/// One file each under the name of the mapping file, for its owner alone, replaced whole: a crash leaves the former or
/// the next version, never half of one. Only `run` reads and writes here.
package struct LastGoodFiles: Sendable {
    /// The folder, `mappings` in the state folder.
    package let path: String

    /// Names the folder; nothing is read or made yet.
    package init(statePath: String) {
        path = statePath + "/mappings"
    }

    /// Everything that is kept, by the file's name without its folder.
    ///
    /// A file that cannot be read counts as none: without a last good version a faulty mapping is refused, and that is
    /// said.
    package func read() -> [String: [UInt8]] {
        let folder = MappingFolder(path: path)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        let kept = names.filter(MappingFolder.isMapping).compactMap { name in
            (try? folder.file(named: name)).flatMap(\.self).map { (name, $0.bytes) }
        }
        return Dictionary(kept, uniquingKeysWith: { first, _ in first })
    }

    /// What an error of these calls says, the same for the same cause.
    package static func words(_ error: any Error) -> String {
        (error as? SystemCallError)?.description ?? FileFault.reason(error)
    }

    /// Keeps these versions and no others.
    ///
    /// - Throws: what the system says when the folder cannot be written; some versions may be older ones then.
    package func keep(_ versions: [String: [UInt8]], inPlaceOf former: [String: [UInt8]]) throws {
        guard versions != former else { return }
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        for (name, bytes) in versions where former[name] != bytes {
            try PrivateFile.replace("\(path)/\(name)", with: bytes, by: "\(path)/.next")
        }
        for name in former.keys where versions[name] == nil {
            try? FileManager.default.removeItem(atPath: "\(path)/\(name)")
        }
    }
}

import Glibc
import Poll

/// The folder that a ledger lies in.
enum LedgerFolder {
    /// Its path.
    static func path(of file: String) -> String {
        guard let slash = file.lastIndex(of: "/") else { return "." }
        return slash == file.startIndex ? "/" : String(file[..<slash])
    }

    /// Makes it and what lies above it, for its owner only; what is there stays as it is.
    static func create(for file: String) throws(LedgerFault) {
        let folder = path(of: file)
        var made = folder.hasPrefix("/") ? "/" : ""
        for part in folder.split(separator: "/") {
            made += part
            do throws(SystemCallError) {
                try FileNames.makeFolder(made)
            } catch {
                throw .system(path: file, detail: "\(made): \(error)")
            }
            made += "/"
        }
    }

    /// Makes new names in it outlive a power loss.
    static func sync(for file: String) {
        do throws(SystemCallError) {
            try OpenFile(path(of: file), O_RDONLY | O_DIRECTORY).syncFolder()
        } catch {
            // Who cannot read the folder cannot sync it; the names then wait for the system's own sync.
        }
    }
}

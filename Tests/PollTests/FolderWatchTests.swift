import Foundation
import Poll
import TestSupport
import Testing

/// Changes of real folders.
@Suite("Watching folders", .timeLimit(.minutes(1)))
struct FolderWatchTests {
    /// A watch that an expectation can ask: a value that cannot be copied has no place in one.
    private final class Watcher {
        var watch: FolderWatch

        init() throws { watch = try FolderWatch() }

        func watch(_ paths: Set<String>) -> Bool { watch.watch(paths) }
        func drain() -> Bool { watch.drain() }
        var unwatched: [String: SystemCallError] { watch.unwatched }
    }

    private let place: TemporaryFolder

    init() throws {
        place = try TemporaryFolder()
        try place.write("in/a", "1")
    }

    private var folder: String { place.path + "/in" }
    private var files: FileManager { .default }

    /// The kernel tells of a change before the call that made it returns, so no waiting is needed.
    private func isReadable(_ watch: Watcher) -> Bool {
        var set = PollSet()
        set.add(watch.watch.descriptor, .readable)
        return set.wait(milliseconds: 0) == 1
    }

    @Test("a new watch is news, the same again is none")
    func watches() throws {
        let watch = try Watcher()
        #expect(watch.watch([folder]))
        #expect(!watch.watch([folder]))
        #expect(!isReadable(watch) && !watch.drain())
        #expect(watch.watch([folder, place.path]))
        #expect(watch.unwatched.isEmpty)
    }

    @Test("every kind of change is told, and told once")
    func changes() throws {
        let watch = try Watcher()
        _ = watch.watch([folder])
        let a = folder + "/a"
        let changes: [(String, () throws -> Void)] = [
            ("written in place", { try FileHandle(forWritingTo: URL(filePath: a)).write(contentsOf: Data("2".utf8)) }),
            ("new", { try Data().write(to: URL(filePath: folder + "/b")) }),
            ("renamed away", { try files.moveItem(atPath: folder + "/b", toPath: place.path + "/b") }),
            ("renamed into place", { try files.moveItem(atPath: place.path + "/b", toPath: folder + "/b") }),
            ("removed", { try files.removeItem(atPath: folder + "/b") }),
            ("rights", { try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: a) }),
            ("link", { try files.createSymbolicLink(atPath: folder + "/l", withDestinationPath: "a") }),
            ("subfolder", { try files.createDirectory(atPath: folder + "/s", withIntermediateDirectories: false) }),
        ]
        for (name, change) in changes {
            try change()
            #expect(isReadable(watch) && watch.drain(), "\(name)")
            #expect(!isReadable(watch) && !watch.drain(), "\(name)")
        }
    }

    @Test("reading changes nothing, and what happens in a subfolder or beside is not told")
    func elsewhere() throws {
        try files.createDirectory(atPath: folder + "/s", withIntermediateDirectories: false)
        let watch = try Watcher()
        _ = watch.watch([folder])
        _ = try Data(contentsOf: URL(filePath: folder + "/a"))
        _ = try files.contentsOfDirectory(atPath: folder)
        try Data().write(to: URL(filePath: folder + "/s/x"))
        try Data().write(to: URL(filePath: place.path + "/y"))
        #expect(!watch.drain())
    }

    @Test("another folder under the same path is news when it is watched again")
    func replaced() throws {
        let watch = try Watcher()
        _ = watch.watch([folder])
        try files.moveItem(atPath: folder, toPath: place.path + "/old")
        #expect(watch.watch([folder]), "gone")
        #expect(!watch.watch([folder]))
        try files.createDirectory(atPath: folder, withIntermediateDirectories: false)
        #expect(watch.watch([folder]), "back")
        _ = watch.drain()
        try Data().write(to: URL(filePath: place.path + "/old/x"))
        #expect(!watch.drain(), "the old folder is not watched any more")
        try Data().write(to: URL(filePath: folder + "/x"))
        #expect(watch.drain())
    }

    @Test("a link that is turned leads to another folder")
    func turned() throws {
        let link = place.path + "/link"
        try files.createSymbolicLink(atPath: link, withDestinationPath: "in")
        try files.createDirectory(atPath: place.path + "/other", withIntermediateDirectories: false)
        let watch = try Watcher()
        _ = watch.watch([link])
        try files.removeItem(atPath: link)
        try files.createSymbolicLink(atPath: link, withDestinationPath: "other")
        #expect(watch.watch([link]))
        try Data().write(to: URL(filePath: place.path + "/other/x"))
        #expect(watch.drain())
    }

    @Test("two paths to one folder are one watch, which stays while either is wanted")
    func twoPaths() throws {
        let link = place.path + "/link"
        try files.createSymbolicLink(atPath: link, withDestinationPath: "in")
        let watch = try Watcher()
        _ = watch.watch([folder, link])
        #expect(watch.watch([link]))
        _ = watch.drain()
        try Data().write(to: URL(filePath: folder + "/x"))
        #expect(watch.drain())
        #expect(watch.watch([]))
        _ = watch.drain()
        try Data().write(to: URL(filePath: folder + "/y"))
        #expect(!watch.drain())
    }

    @Test("what is no folder is not watched, and that is no error", arguments: ["in/a", "nowhere", ""])
    func noFolder(_ name: String) throws {
        let watch = try Watcher()
        #expect(!watch.watch([name.isEmpty ? "" : place.path + "/" + name]))
        #expect(watch.unwatched.isEmpty)
    }

    @Test("more changes than the kernel keeps are still a change")
    func overflow() throws {
        let watch = try Watcher()
        _ = watch.watch([folder])
        for number in 0..<20_000 { #expect(unsafe mkdir(folder + "/\(number)", 0o700) == 0) }
        #expect(watch.drain() && !watch.drain())
    }
}

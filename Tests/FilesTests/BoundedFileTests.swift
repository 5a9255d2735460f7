import Files
import Foundation
import TestSupport
import Testing

@Suite("Small files", .timeLimit(.minutes(1)))
struct BoundedFileTests {
    @Test("A file is read whole up to its limit, and not beyond", arguments: [0, 1, 99, 100])
    func within(size: Int) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("f", String(repeating: "x", count: size))
        #expect(try BoundedFile.read(path, limit: 100).count == size)
    }

    @Test("A larger file is refused with the limit")
    func beyond() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("f", String(repeating: "x", count: 1_025))
        let failure = #expect(throws: BoundedFile.Failure.self) { try BoundedFile.read(path, limit: 1_024) }
        #expect(failure?.message == "is larger than 1 KiB")
    }

    @Test("A device without an end is refused as well")
    func endless() {
        let failure = #expect(throws: BoundedFile.Failure.self) { try BoundedFile.read("/dev/zero", limit: 1_024) }
        #expect(failure?.message == "is larger than 1 KiB")
    }

    @Test("Why a file cannot be read, in the system's sense")
    func reasons() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/circle", withDestinationPath: folder.path + "/circle")
        let cases = [
            (folder.path + "/none", "there is no such file"), (folder.path, "it is a folder"),
            (try folder.write("f", "") + "/g", "a part of the path is no folder"),
            (folder.path + "/circle", "it is a link in a circle"), ("", ""),
        ]
        for (path, reason) in cases {
            let failure = #expect(throws: BoundedFile.Failure.self) { try BoundedFile.read(path, limit: 10) }
            #expect(failure?.message.hasPrefix("cannot be read: ") == true)
            #expect(reason.isEmpty || failure?.message.contains(reason) == true, "\(String(describing: failure))")
        }
    }
}

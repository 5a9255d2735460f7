import Files
import Foundation
import TestSupport
import Testing

/// Why something cannot be read or written, in our words.
@Suite("Faults of files", .timeLimit(.minutes(1)))
struct FileFaultTests {
    /// The error of an attempt.
    private func fault(_ attempt: () throws -> some Any) -> (any Error)? {
        do {
            _ = try attempt()
            return nil
        } catch {
            return error
        }
    }

    @Test("Whatever Foundation makes of it, the cause is told")
    func reasons() throws {
        let folder = try TemporaryFolder()
        try folder.write("file", "")
        try folder.link("circle", to: "circle")
        let missing = "there is no such file or folder"
        let cases: [(String, String, () throws -> Any)] = [
            ("opening", missing, { try FileHandle(forReadingFrom: URL(filePath: folder.path("none"))) }),
            ("listing", missing, { try FileManager.default.contentsOfDirectory(atPath: folder.path("none")) }),
            ("asking", missing, { try FileManager.default.attributesOfItem(atPath: folder.path("none")) }),
            ("whole", missing, { try Data(contentsOf: URL(filePath: folder.path("none"))) }),
            ("a file as a folder", "a part of the path is no folder", { try folder.bytes("file/inner") }),
            ("a circle", "it is a link in a circle", { try folder.bytes("circle") }),
            ("a folder", "it is a folder", { try FileHandle(forWritingTo: folder.url) }),
            (
                "a second time", "it is there already",
                {
                    try Data().write(to: URL(filePath: folder.path("file")), options: .withoutOverwriting)
                }
            ),
        ]
        for (name, reason, attempt) in cases {
            let error = try #require(fault(attempt), "\(name)")
            #expect(FileFault.reason(error) == reason, "\(name)")
            #expect(FileFault.isMissing(error) == (reason == missing), "\(name)")
        }
        let full = NSError(domain: NSPOSIXErrorDomain, code: Int(ENOSPC))
        #expect(FileFault.reason(full) == "the disk is full")
        #expect(FileFault.reason(NSError(domain: NSPOSIXErrorDomain, code: 4_000)) == "errno 4000")
    }

    @Test("The place is told whole, and where a link leads that leads nowhere")
    func places() throws {
        let folder = try TemporaryFolder()
        try folder.link("gone", to: "nowhere")
        let place = folder.url.standardizedFileURL.path
        let none = try #require(fault { try folder.bytes("none") })
        #expect(FileFault.words(none, at: folder.path("./none")) == "\(place)/none: there is no such file or folder")
        let gone = try #require(fault { try folder.bytes("gone") })
        let words = FileFault.words(gone, at: folder.path("gone"))
        #expect(words == "\(place)/gone is a link to nowhere, which is not there")
        let here = FileManager.default.currentDirectoryPath
        #expect(FileFault.words(none, at: "none").hasPrefix(URL(filePath: here).standardizedFileURL.path + "/none: "))
    }
}

import Foundation
import JSON
import Synchronization
import TestSupport
import Testing

@testable import Sandbox

@Suite("The data file", .timeLimit(.minutes(1)))
struct DataFileTests {
    private func read(_ text: String) throws -> SandboxData {
        try SandboxData.parse(Array(text.utf8), path: "data.json")
    }

    static let wrong: [(text: String, message: String)] = [
        ("", "data.json:1:1: the text is empty"),
        ("{", "data.json:1:2: the text ends"),
        ("[]", "data.json:1:1: the account must be an object, not a list"),
        ("{\"campaigns\": {}}", "data.json:1:15: \"campaigns\" of the account must be a list, not an object"),
        ("{\"campaigns\": [5]}", "data.json:1:16: a campaign must be an object, not a number"),
        ("{\"campaigns\":\n  [{\"name\": \"x\"}]}", "data.json:2:4: a campaign has no \"id\""),
        (
            "{\"campaigns\":\n  [{\"id\": \"x\"}]}",
            "data.json:2:11: \"id\" of a campaign must be a whole number, not a text"
        ),
        ("{\"campaigns\": [{\"id\": 1.5}]}", "must be a whole number, not a number"),
        ("{\"campaigns\": [{\"id\": 1, \"active\": \"yes\"}]}", "\"active\" of a campaign must be true or false"),
        ("{\"campaigns\": [{\"id\": 1, \"name\": 5}]}", "\"name\" of a campaign must be a text, not a number"),
        ("{\"campaigns\": [{\"id\": 1, \"link\": \"xyz\"}]}", "\"link\" must be hexadecimal digits"),
        ("{\"campaigns\": [{\"id\": 1}, {\"id\": 1}]}", "data.json:1:34: a second campaign 1"),
        ("{\"campaigns\": [{\"id\": 1, \"message\": 5}]}", "a message must be an object"),
        ("{\"scenarios\": [{\"id\": 3}, {\"id\": 3}]}", "a second scenario 3"),
        ("{\"scenarios\": [{\"id\": 3, \"reentry\": 0}]}", "\"reentry\" of a scenario must be true or false"),
        ("{\"resources\": [{\"name\": \"x\"}]}", "a resource has no \"id\""),
        ("{\"profiles\": [{\"email\": \"x\"}]}", "a profile has no \"id\""),
        ("{\"profiles\": [{\"id\": \"\"}]}", "\"id\" of a profile is empty"),
        ("{\"profiles\": [{\"id\": \"p\"}, {\"id\": \"p\"}]}", "a second profile p"),
        ("{\"profiles\": [{\"id\": \"p\", \"fields\": []}]}", "\"fields\" of a profile must be an object, not a list"),
        ("{\"profiles\": [{\"id\": \"p\", \"phone\": 79}]}", "\"phone\" of a profile must be a text"),
        ("{\"profiles\": [{\"id\": \"p\", \"subscriptions\": [{}]}]}", "a subscription has no \"channel\""),
        ("{\"profiles\": [{\"id\": \"p\", \"id\": \"q\"}]}", "data.json:1:"),
        ("{\"profiles\": [\n{\"id\": \"p\",}]}", "data.json:2:12: expected a member name"),
    ]

    @Test("What is wrong is told with file, line and column", arguments: wrong)
    func refuses(text: String, message: String) {
        let error = #expect(throws: DataFileError.self) { try read(text) }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
        #expect(error?.description.hasPrefix("data.json:") == true)
    }

    @Test("A file that is not there or no file is told by name")
    func missing() {
        let none = #expect(throws: DataFileError.self) { try SandboxData.read(path: "/nowhere/data.json") }
        #expect(none?.description == "/nowhere/data.json: cannot be read: there is no such file or folder")
        let folder = #expect(throws: DataFileError.self) { try SandboxData.read(path: "/") }
        #expect(folder?.description == "/: cannot be read: it is a folder")
        let endless = #expect(throws: DataFileError.self) { try SandboxData.read(path: "/dev/zero", limit: 1_000) }
        #expect(endless?.description == "/dev/zero: is larger than 1000 bytes")
    }

    @Test("The smallest files are good")
    func smallest() throws {
        #expect(try read("{}").campaigns.isEmpty)
        let data = try read(
            #"{"campaigns": [{"id": "84"}], "scenarios": [{"id": 3}], "profiles": [{"id": 7, "email": null}]}"#)
        #expect(data.campaigns.map(\.id) == [84])
        #expect(data.campaigns.first?.isActive == true)
        #expect(data.scenarios.first?.allowsReentry == true)
        #expect(data.profiles.map(\.id) == ["7"])
        #expect(data.profiles.first?.email == nil)
        #expect(data.resources == nil)
    }

    @Test("Members that are not known are told, with their place, and kept")
    func unknown() throws {
        let warnings = Mutex<[String]>([])
        let text = """
            {"version": 2, "campaigns": [{"id": 1, "title": "x"}],
             "profiles": [{"id": "p", "emial": "a@x", "subscriptions": [{"channel": "email", "x": 1}]}]}
            """
        let data = try SandboxData.parse(Array(text.utf8), path: "d") { line in warnings.withLock { $0.append(line) } }
        #expect(
            warnings.withLock { $0 }.sorted() == [
                "d:1:2: the account has no member \"version\"; it is not used",
                "d:1:40: a campaign has no member \"title\"; it is not used",
                "d:2:27: a profile has no member \"emial\"; it is not used",
                "d:2:82: a subscription has no member \"x\"; it is not used",
            ])
        #expect(data.others.map(\.name) == ["version"])
        #expect(String(decoding: data.text, as: UTF8.self).contains("\"version\": 2"))
    }

    @Test("What is written is read as the same account, and written the same again")
    func roundTrip() throws {
        let first = try read(Account.text)
        let second = try read(String(decoding: first.text, as: UTF8.self))
        #expect(first.text == second.text)
        #expect(second.campaigns.map(\.id) == first.campaigns.map(\.id))
        #expect(second.campaigns.map(\.link) == first.campaigns.map(\.link))
        #expect(second.campaigns.map(\.message) == first.campaigns.map(\.message))
        #expect(second.scenarios.map(\.allowsReentry) == first.scenarios.map(\.allowsReentry))
        #expect(second.resources?.map(\.id) == [1, 2, 24])
        #expect(second.profiles.map(\.id) == first.profiles.map(\.id))
        for (left, right) in zip(first.profiles, second.profiles) {
            #expect(left.fields == right.fields)
            #expect(left.subscriptions?.map { $0.shown } == right.subscriptions?.map { $0.shown })
        }
    }

    @Test("Changes are given out once, and again when they could not be saved")
    func changes() async throws {
        let playground = try Playground()
        #expect(playground.sandbox.takeChanges() == nil)
        _ = try await playground.call("campaigns/triggers/start", #"{"id": 1, "email": "john@example.com"}"#)
        #expect(playground.sandbox.takeChanges() == nil)
        _ = try await playground.call(
            "campaigns/triggers/import_and_start", #"{"trigger_id": 1, "email": "new@x", "data": {"a": 1}}"#)
        _ = try await playground.call("workflows/deactivate", #"{"id": 3}"#)
        let data = try #require(playground.sandbox.takeChanges())
        #expect(data.profiles.last?.email == "new@x")
        #expect(data.scenarios.first?.isActive == false)
        #expect(playground.sandbox.takeChanges() == nil)
        playground.sandbox.returnChanges()
        #expect(playground.sandbox.takeChanges() != nil)
    }

    @Test("Saving replaces the file as a whole")
    func saves() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("data.json")
        let data = try read(Account.text)
        try data.write(path: path)
        try data.write(path: path)
        #expect(try SandboxData.read(path: path).text == data.text)
        #expect(try folder.names() == ["data.json"])
        #expect(throws: (any Error).self) { try data.write(path: folder.path("no/data.json")) }
    }
}

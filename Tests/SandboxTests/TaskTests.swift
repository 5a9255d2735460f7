import JSON
import Testing

@testable import Sandbox

@Suite("Tasks", .timeLimit(.minutes(1)))
struct TaskTests {
    private func make(_ playground: Playground, _ body: String) async throws -> String {
        let answer = try await playground.call("campaigns/triggers/start_batch_task", body)
        #expect(answer.error == 0, "\(answer.text)")
        return try #require(try answer.json["data"]?["task_id"]?.string)
    }

    private func status(_ playground: Playground, _ id: String) async throws -> JSONNode {
        try #require(try await playground.call("tasks/status", #"{"task_id": "\#(id)"}"#).json["data"])
    }

    private static let two = #"{"id": 1, "data": [{"email": "john@example.com"}, {"email": "nobody@x"}]}"#

    @Test("A task answers at once with its id and launches when its time has come")
    func runsInTime() async throws {
        let playground = try Playground { $0.taskSeconds = 10 }
        let id = try await make(playground, Self.two)
        #expect(id.hasPrefix("task_"))
        #expect(id.dropFirst(5).split(separator: "-").map(\.count) == [8, 4, 4, 4, 12])
        #expect(try await playground.launches().isEmpty)
        let begun = try await status(playground, id)
        #expect(begun["status"]?.string == "in_progress")
        #expect(integer(begun["progress"]) == 0)
        playground.wait(seconds: 5)
        #expect(integer(try await status(playground, id)["progress"]) == 49)
        #expect(try await playground.launches().isEmpty)
        playground.wait(seconds: 5)
        let done = try await status(playground, id)
        #expect(done["status"]?.string == "completed")
        #expect(integer(done["progress"]) == 100)
        #expect(JSONText(done["result"]) == #"{"errors":[],"total":2,"launched":1}"#)
        let launches = try await playground.launches()
        #expect(launches.count == 1)
        // The launch belongs to the request that made the task, at the time the task was due.
        #expect(integer(launches.first?["request"]) == 1)
        #expect(launches.first?["time"]?.string == "2026-09-21T14:13:30.000Z")
        #expect(launches.first?["endpoint"]?.string == "campaigns/triggers/start_batch_task")
    }

    @Test("A task that is due is carried out though nobody asks for it")
    func ticks() async throws {
        let playground = try Playground()
        _ = try await make(playground, Self.two)
        playground.wait(seconds: 2)
        #expect(playground.lines.isEmpty)
        playground.sandbox.tick()
        #expect(playground.lines.count == 1)
    }

    @Test("What can never be carried out is refused at once")
    func refusesAtOnce() async throws {
        let playground = try Playground()
        let path = "campaigns/triggers/start_batch_task"
        for (body, debug) in [
            (#"{"id": 99, "data": [{"email": "a@b"}]}"#, "trigger campaign 99 not found"),
            (#"{"trigger_id": 1, "data": [{"email": "a@b"}]}"#, "\"id\" is missing"),
            (#"{"id": 1, "data": [{}]}"#, "data[0]: matching \"email\" needs \"email\""),
            (#"{"id": 1}"#, "data[0]: matching \"email\" needs \"email\""),
        ] {
            let answer = try await playground.call(path, body)
            #expect(answer.error == 400)
            #expect(answer.debug == debug)
        }
        playground.wait(seconds: 5)
        #expect(try await playground.launches().isEmpty)
    }

    @Test("The values may stand at the root, as the task's table lists them")
    func valuesAtRoot() async throws {
        let playground = try Playground()
        for body in [
            #"{"id": 1, "matching": "profile_id", "profile_id": "z1"}"#, #"{"id": 1, "custom_request": {"age": 41}}"#,
            #"{"id": 1, "matching": "custom", "field_name": "vk_id", "field_value": 123456}"#,
        ] {
            _ = try await make(playground, body)
        }
        playground.wait(seconds: 1)
        #expect(try await playground.launchedProfiles() == ["z1", "z1", "z1"])
    }

    @Test("A target that was switched off meanwhile fails the task, and the status says why")
    func fails() async throws {
        let playground = try Playground()
        let answer = try await playground.call(
            "workflows/import_and_start_batch_task",
            #"{"workflow_id": 3, "matching": "email", "data": [{"email": "john@example.com"}]}"#)
        let id = try #require(try answer.json["data"]?["task_id"]?.string)
        _ = try await playground.call("workflows/deactivate", #"{"id": 3}"#)
        playground.wait(seconds: 1)
        let end = try await status(playground, id)
        #expect(end["status"]?.string == "error")
        #expect(JSONText(end["result"]) == #"{"errors":["workflow 3 is not active"],"total":1,"launched":0}"#)
        #expect(try await playground.launches().isEmpty)
    }

    @Test("A delayed launch whose target was switched off meanwhile is written down as not sent")
    func delayedAndOff() async throws {
        let playground = try Playground()
        _ = try await playground.call(
            "workflows/import_and_start", #"{"workflow_id": 3, "email": "john@example.com", "timeout": {"minutes": 1}}"#
        )
        _ = try await playground.call("workflows/deactivate", #"{"id": 3}"#)
        playground.wait(seconds: 60)
        #expect(try await playground.launches().map { $0["unsent"]?.string } == ["workflow 3 is not active"])
    }

    @Test("What waits is bounded by its bytes as well, and what is taken frees them")
    func boundedBytes() throws {
        var board = TaskBoard()
        let call = APICall(
            endpoint: .triggerStartBatchTask, parameters: .none, outerToken: nil, link: nil, bytes: TaskBoard.mostBytes)
        guard case .launch(let order, _) = try Self.work(1) else { return }
        board.add(try Self.work(1), due: Self.date(0))
        #expect(!board.isFull)
        board.add(.batch(order, call), due: Self.date(1))
        #expect(board.isFull)
        while board.next(at: Self.date(1)) != nil {}
        #expect(!board.isFull)
    }

    @Test("The final status and the look of ids are options")
    func options() async throws {
        let playground = try Playground {
            $0.taskFinalStatus = .success
            $0.taskIDs = .bare
            $0.taskSeconds = 0
        }
        let id = try await make(playground, Self.two)
        #expect(id.count == 36)
        #expect(try await status(playground, id)["status"]?.string == "success")
    }

    @Test("Each task has an id of its own")
    func distinctIDs() async throws {
        let playground = try Playground()
        var ids: Set<String> = []
        for _ in 0..<50 { ids.insert(try await make(playground, Self.two)) }
        #expect(ids.count == 50)
    }

    @Test(
        "A status of nothing is refused",
        arguments: [
            ("{}", "\"task_id\" is missing"), (#"{"task_id": "x"}"#, "task x not found"), (#"{"task_id": 5}"#, "text"),
        ])
    func noTask(body: String, debug: String) async throws {
        let answer = try await Playground().call("tasks/status", body)
        #expect(answer.error == 400)
        #expect(answer.debug?.contains(debug) == true)
    }

    @Test("Work is done in the order it is due, and in the order it came where that is equal")
    func order() throws {
        var board = TaskBoard()
        let order = [3, 1, 2, 1, 3, 2]
        for (place, seconds) in order.enumerated() {
            board.add(try Self.work(place), due: Self.date(seconds))
        }
        var done: [Int] = []
        while let next = board.next(at: Self.date(2)) { done.append(Self.place(next.work)) }
        #expect(done == [1, 3, 2, 5])
        while let next = board.next(at: Self.date(9)) { done.append(Self.place(next.work)) }
        #expect(done == [1, 3, 2, 5, 0, 4])
        #expect(board.next(at: Self.date(99)) == nil)
    }
}

import JSON
import Testing

@testable import Sandbox

@Suite("custom_request", .timeLimit(.minutes(1)))
struct CustomRequestTests {
    private func profile(_ json: String) throws -> Profile {
        let account = #"{"profiles": [\#(json)]}"#
        return try #require(try SandboxData.parse(Array(account.utf8), path: "a").profiles.first)
    }

    static let person = """
        {"id": "p1", "email": "john@example.com", "phone": "+7900",
         "fields": {"city": "Perm", "age": 30, "score": 1.50, "vip": true, "none": null, "tags": ["a", "b"],
                    "nested": {"deep": {"x": 5}}, "orders": [{"sum": 10}, {"sum": 20}], "big": 9007199254740993}}
        """

    static let holds: [String] = [
        "{}",
        #"{"city": "Perm"}"#,
        #"{"city": {"$eq": "Perm"}}"#,
        #"{"city": {"$in": ["Perm", "Omsk"]}}"#,
        #"{"city": {"$nin": ["Omsk"]}}"#,
        #"{"city": {"$ne": "Omsk"}}"#,
        #"{"email": "john@example.com"}"#,
        #"{"email": {"$in": ["asd@dsfsd.com", "john@example.com"]}}"#,
        #"{"phone": "+7900", "_id": "p1"}"#,
        #"{"profile_id": {"$in": ["p1"]}}"#,
        #"{"age": 30}"#,
        #"{"age": 30.0}"#,
        #"{"age": {"$gt": 29, "$lt": 31}}"#,
        #"{"age": {"$gte": 30}}"#,
        #"{"age": {"$lte": 30}}"#,
        #"{"score": {"$gt": 1.4999999999999999999}}"#,
        #"{"score": 1.5}"#,
        #"{"city": {"$gt": "Omsk"}}"#,
        #"{"vip": true}"#,
        #"{"none": null}"#,
        #"{"missing": null}"#,
        #"{"missing": {"$ne": 5}}"#,
        #"{"missing": {"$nin": [5]}}"#,
        #"{"missing": {"$exists": false}}"#,
        #"{"none": {"$exists": true}}"#,
        #"{"tags": "a"}"#,
        #"{"tags": ["a", "b"]}"#,
        #"{"tags": {"$in": ["b", "z"]}}"#,
        #"{"tags": {"$not": {"$eq": "z"}}}"#,
        #"{"tags.1": "b"}"#,
        #"{"nested.deep.x": 5}"#,
        #"{"nested": {"deep": {"x": 5}}}"#,
        #"{"orders.1.sum": {"$gte": 20}}"#,
        #"{"big": 9007199254740993}"#,
        #"{"$and": [{"city": "Perm"}, {"age": 30}]}"#,
        #"{"$or": [{"city": "Omsk"}, {"age": 30}]}"#,
        #"{"$nor": [{"city": "Omsk"}, {"age": 31}]}"#,
        #"{"$or": [{"$and": [{"vip": true}, {"tags": "b"}]}, {"x": 1}]}"#,
        #"{"age": {"$not": {"$gt": 40}}}"#,
    ]

    static let fails: [String] = [
        #"{"city": "perm"}"#,
        #"{"city": {"$ne": "Perm"}}"#,
        #"{"city": {"$in": []}}"#,
        #"{"city": "Perm", "age": 31}"#,
        #"{"age": "30"}"#,
        #"{"age": {"$gt": 30}}"#,
        #"{"age": {"$gt": "1"}}"#,
        #"{"age": {"$gt": 29, "$lt": 30}}"#,
        #"{"missing": {"$gt": 0}}"#,
        #"{"missing": "x"}"#,
        #"{"missing": {"$exists": true}}"#,
        #"{"city": {"$exists": false}}"#,
        #"{"city": null}"#,
        #"{"tags": "z"}"#,
        #"{"tags": ["b", "a"]}"#,
        #"{"tags": {"$ne": "a"}}"#,
        #"{"tags.7": "b"}"#,
        #"{"nested": {"deep": 5}}"#,
        #"{"nested.deep.y": 5}"#,
        #"{"big": 9007199254740992}"#,
        #"{"$and": [{"city": "Perm"}, {"age": 31}]}"#,
        #"{"$or": [{"city": "Omsk"}, {"age": 31}]}"#,
        #"{"$nor": [{"city": "Perm"}]}"#,
        #"{"email": {"$in": ["asd@dsfsd.com", "zxcv@sdfsd.com"]}}"#,
    ]

    @Test("A query that asks for the profile finds it", arguments: holds)
    func finds(query: String) throws {
        #expect(try CustomRequest(try parsed(query)).matches(try profile(Self.person)))
    }

    @Test("A query that asks for another one does not", arguments: fails)
    func passesBy(query: String) throws {
        #expect(try !CustomRequest(try parsed(query)).matches(try profile(Self.person)))
    }

    @Test(
        "What the sandbox does not know is refused by name",
        arguments: [
            (#"{"city": {"$regex": "^P"}}"#, "$regex"), (#"{"$where": "true"}"#, "$where"),
            (#"{"city": {"$eq": "Perm", "x": 1}}"#, "operator x"), (#"{"$and": []}"#, "$and"),
            (#"{"$or": {"a": 1}}"#, "$or"), (#"{"$or": [1]}"#, "object"), (#"{"city": {"$in": "Perm"}}"#, "$in"),
            (#"{"city": {"$exists": 1}}"#, "$exists"), (#"{"city": {"$not": "Perm"}}"#, "$not"),
            (#"{"city": {"$not": {}}}"#, "$not"), (#"{"$and": [{"a": {"$near": 1}}]}"#, "$near"), ("[]", "object"),
        ])
    func refuses(query: String, named: String) throws {
        let error = #expect(throws: Refusal.self) { _ = try CustomRequest(try parsed(query)) }
        #expect(error?.code == 400)
        #expect(error?.debug?.contains(named) == true, "\(error?.debug ?? "")")
    }

    @Test("A query as deep as a body may be is read")
    func deep() throws {
        let depth = 60
        let query =
            String(repeating: #"{"$and": ["#, count: depth) + #"{"age": 30}"# + String(repeating: "]}", count: depth)
        #expect(try CustomRequest(try parsed(query)).matches(try profile(Self.person)))
    }

    @Test("An audience is launched for everybody whom the query finds, each on its own line")
    func audience() async throws {
        let playground = try Playground()
        let answer = try await playground.call(
            "campaigns/triggers/start",
            """
            {"id": 1, "custom_request": {"city": "Perm"}, "custom_data": {"event_id": "e"},
             "subscription_filter": {"email": "nobody@x"}}
            """)
        #expect(answer.text == #"{"data":null,"error":0,"error_text":"Successful operation"}"#)
        let launches = try await playground.launches()
        #expect(
            launches.map { $0["recipient"]?["profile_id"]?.string } == [
                "6606e08f10bcdd88297057a7", "66101437dc4594c2934da6da",
            ])
        // The filter is not used with custom_request, so it keeps nobody out.
        #expect(launches.allSatisfy { $0["sent"]?.bool == true })
        #expect(launches.allSatisfy { integer($0["request"]) == 1 })
        #expect(JSONText(launches.first?["recipient"]?["value"]) == #"{"city":"Perm"}"#)
    }

    @Test("An empty query finds everybody, as MongoDB would")
    func empty() async throws {
        let playground = try Playground()
        _ = try await playground.call("workflows/start", #"{"id": 3, "custom_request": {}}"#)
        #expect(try await playground.launches().count == 12)
    }
}

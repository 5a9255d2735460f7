import Altcraft
import Mapping

@testable import Bridge

/// Mapping files and checks for tests of the reload.
enum MappingFixture {
    /// A mapping file; `campaign` makes versions differ.
    static func text(
        _ name: String, campaign: Int = 7, exchange: String = "shop", keys: [String] = ["order.paid"]
    ) -> String {
        let keys = keys.map { "\"\($0)\"" }.joined(separator: ",")
        return """
            {"name":"\(name)","when":{"exchange":["\(exchange)"],"routing_key":[\(keys)]},
             "recipient":[{"matching":"email","email":"$.email"}],"launch":{"campaign":\(campaign)},"content":{}}
            """
    }

    /// A test beside it that passes, or fails, where the event is `events/paid.json`.
    static func tests(campaign: Int = 7) -> String {
        """
        {"tests":[{"name":"launches","event":"events/paid.json",
          "expect":{"outcome":"launch","request_contains":{"campaign":\(campaign)}}}]}
        """
    }

    /// The event of the test.
    static let event = #"{"amqp":{"exchange":"shop","routing_key":"order.paid"},"body":{"email":"a@example.com"}}"#

    /// What looking at a file gives, without a folder.
    static func check(_ file: String, _ text: String) -> MappingCheck {
        let source = SourceFile(name: file, text: text)
        let (mapping, diagnostics) = MappingSet.compile(source)
        return MappingCheck(file: source, mapping: mapping, diagnostics: diagnostics)
    }

    /// A state in which these files are live.
    static func state(_ files: [(String, String)]) -> MappingState {
        MappingReload.decide(previous: MappingState(), files: files.map { check($0.0, $0.1) }).next
    }
}

extension MappingState {
    /// The campaigns that are live, by file: what a test compares.
    var campaigns: [String: String] {
        live.mapValues { $0.mapping.possibleTargets.map(\.description).sorted().joined(separator: ",") }
    }
}

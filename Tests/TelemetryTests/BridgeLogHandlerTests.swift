import JSON
import Logging
import Testing

@testable import Telemetry

@Suite("The swift-log handler", .timeLimit(.minutes(1)))
struct BridgeLogHandlerTests {
    struct Broken: Error, CustomStringConvertible {
        let description = "it broke"
    }

    /// Logs through a handler and gives the line back.
    static func line(
        provider: Logger.MetadataProvider? = nil,
        _ log: (inout Logger) -> Void
    ) throws -> JSONNode {
        let output = MemoryOutput()
        let writer = try LogWriter(format: .json, level: .trace, output: output)
        var logger = Logger(label: "web") {
            BridgeLogHandler(label: $0, writer: writer, metadataProvider: provider)
        }
        log(&logger)
        writer.close(deadline: .seconds(20))
        return try JSONDocument.parse(try #require(output.lines.first)).root
    }

    @Test("The call wins over the provider, which wins over the logger")
    func merging() throws {
        let provider = Logger.MetadataProvider { ["a": "provider", "b": "provider"] }
        let line = try Self.line(provider: provider) { logger in
            logger[metadataKey: "a"] = "logger"
            logger[metadataKey: "b"] = "logger"
            logger[metadataKey: "c"] = "logger"
            logger.info("hello", metadata: ["a": "call"])
        }
        #expect(line["a"]?.string == "call")
        #expect(line["b"]?.string == "provider")
        #expect(line["c"]?.string == "logger")
        #expect(line["logger"]?.string == "web")
        #expect(line["level"]?.string == "info")
    }

    @Test("Sensitive values and well-known secrets are not shown, at any depth")
    func redaction() throws {
        let line = try Self.line { logger in
            logger.info(
                "hello",
                metadata: [
                    "who": "\("anna@example.com", sensitivity: .sensitive)",
                    "token": "hunter2",
                    "Authorization": "Bearer hunter2",
                    "nested": ["password": "hunter2", "list": ["\("hunter2", sensitivity: .sensitive)", "shown"]],
                ])
        }
        let raw = String(decoding: line.document.bytes, as: UTF8.self)
        #expect(!raw.contains("hunter2"))
        #expect(!raw.contains("anna"))
        #expect(line["nested"]?.string == "{list: [***, shown], password: ***}")
    }

    @Test("Metadata cannot pose as the members that every line has")
    func reservedNames() throws {
        let line = try Self.line { $0.error("hello", metadata: ["level": "trace", "time": "never"]) }
        #expect(line["level"]?.string == "error")
        #expect(line["metadata_level"]?.string == "trace")
        #expect(line["metadata_time"]?.string == "never")
    }

    @Test("An error is told, and deep metadata is cut")
    func errorAndDepth() throws {
        var deep: Logger.MetadataValue = "bottom"
        for _ in 0..<100 { deep = ["down": deep] }
        let line = try Self.line { $0.log(level: .warning, "hello", error: Broken(), metadata: ["deep": deep]) }
        #expect(line["error"]?.string == "it broke")
        #expect(line["deep"]?.string?.contains("…") == true)
        #expect(line["deep"]?.string?.contains("bottom") == false)
    }

    @Test("A handler is a value: changing a copy's level or metadata leaves the other alone")
    func valueSemantics() throws {
        let writer = try LogWriter(format: .json, output: MemoryOutput())
        let first = writer.logger(label: "one")
        var second = first
        second.logLevel = .critical
        second[metadataKey: "a"] = "b"
        #expect(first.logLevel == .info)
        #expect(first[metadataKey: "a"] == nil)
        writer.close(deadline: .seconds(20))
    }
}

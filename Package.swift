// swift-tools-version: 6.2
import PackageDescription

/// What every target of ours is built with: the strictest the toolchain offers, so that a mistake is a failed build.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
]

/// A library target of this package.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// A library that only tests use; it stands among them.
func testSupport(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: settings)
}

/// A test target.
func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

/// A program.
func program(_ name: String, _ dependencies: [Target.Dependency], path: String? = nil) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: path, swiftSettings: settings)
}

/// A C library of the system, found by pkg-config.
func system(_ name: String, _ pkgConfig: String, apt package: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([package])])
}

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration: Target.Dependency = .product(name: "Configuration", package: "swift-configuration")
let coreMetrics: Target.Dependency = .product(name: "CoreMetrics", package: "swift-metrics")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")

/// What C libraries need: a module map, and a few lines of C where Swift cannot call.
let boundary: [Target] = [
    system("CCurl", "libcurl", apt: "libcurl4-openssl-dev"),
    .target(name: "CCurlShim", dependencies: ["CCurl"]),
    system("CLibXML2", "libxml-2.0", apt: "libxml2-dev"),
    .target(name: "CPhoneNumber", linkerSettings: [.linkedLibrary("phonenumber")]),
    system("CRabbitMQ", "librabbitmq", apt: "librabbitmq-dev"),
    .target(
        name: "CRabbitMQShim", dependencies: ["CRabbitMQ"],
        linkerSettings: [.linkedLibrary("ssl"), .linkedLibrary("crypto")]),
    .target(name: "CRegex", linkerSettings: [.linkedLibrary("re2")]),
    .target(name: "CLinux"),
    system("CXXHash", "libxxhash", apt: "libxxhash-dev"),
    system("CZlib", "zlib", apt: "zlib1g-dev"),
]

/// What decides, and does no I/O.
let deciding: [Target] = [
    library("Altcraft", ["CXXHash", "JSON", "Outcome", "XML", crypto]),
    library("EventPattern", ["JSON"]),
    library("Functions", ["CPhoneNumber", "EventPattern", "JSON", crypto]),
    library("IRegexp", ["CRegex"]),
    library("JSON"),
    library("JSONPath", ["IRegexp", "JSON"]),
    library("Mapping", ["Altcraft", "EventPattern", "Files", "Functions", "JSON", "JSONPath", "Outcome"]),
    library("Outcome"),
    library("Relay", ["Altcraft", "Outcome", "Poll"]),
    library("XML", ["CLibXML2"]),
]

/// What does: one library for each counterpart, and the bridge that joins them.
let doing: [Target] = [
    library("AMQP", ["CRabbitMQ", "CRabbitMQShim", "Poll"]),
    library(
        "Bridge",
        [
            "AMQP", "Altcraft", "EventPattern", "Files", "Functions", "HTTPTransport", "Inflate", "JSON", "Ledger",
            "Mapping", "Outcome", "Poll", "Relay", "Settings", "Telemetry", crypto, logging,
        ]),
    library("Console", ["JSON", "Telemetry", hummingbird, logging, nioCore]),
    library("Files"),
    library("HTTPTransport", ["CCurl", "CCurlShim", "Poll"]),
    library("Inflate", ["CZlib"]),
    library("Ledger", ["Poll", crypto, grdb, grdbSQLite]),
    library("Poll", ["CLinux"]),
    library("Sandbox", ["Files", "JSON", "XML", crypto, hummingbird, logging, nioCore]),
    library(
        "Settings", ["AMQP", "EventPattern", "Files", "JSON", "Telemetry", argumentParser, configuration, logging]),
    library("Telemetry", ["Outcome", "Poll", coreMetrics, logging]),
]

/// What people start.
let programs: [Target] = [
    program("altcraft-sandbox", ["Files", "Sandbox", argumentParser, logging, unixSignals]),
    program("demo-shop", ["AMQP", "JSON", "Poll"]),
    program(
        "trigger-bridge",
        [
            "AMQP", "Altcraft", "Bridge", "Console", "EventPattern", "Files", "Functions", "JSON", "JSONPath", "Ledger",
            "Mapping", "Outcome", "Poll", "Relay", "Settings", "Telemetry", argumentParser, logging,
        ]),
]

/// What tests lean on: private counterparts, seeded schedules, benchmarks.
let testSupports: [Target] = [
    .target(name: "CHangingResolver", path: "Tests/CHangingResolver"),
    program("benchmark-load", ["AMQP", "Poll"], path: "Tests/Benchmarks/Load"),
    program(
        "benchmark-micro", ["Altcraft", "EventPattern", "Functions", "JSON", "Mapping"], path: "Tests/Benchmarks/Micro"),
    program("benchmark-stub", ["CLinux"], path: "Tests/Benchmarks/Stub"),
    program("http-probe", ["HTTPTransport", "Poll"], path: "Tests/HTTPProbe"),
    program("relay-simulator", ["RelaySimulator"], path: "Tests/RelaySimulatorTool"),
    testSupport("BrokerSupport", ["AMQP", "Poll"]),
    testSupport("HTTPSupport", ["Poll", "TestSupport"]),
    testSupport("RelaySimulator", ["Altcraft", "Outcome", "Poll", "Relay"]),
    testSupport("TestSupport"),
]

let testing: [Target] = [
    tests("AMQPTests", ["AMQP", "BrokerSupport", "Poll", "TestSupport"]),
    tests("AltcraftTests", ["Altcraft", "JSON", "Outcome", "TestSupport", "XML"]),
    tests(
        "BridgeTests",
        [
            "AMQP", "Altcraft", "Bridge", "BrokerSupport", "HTTPSupport", "HTTPTransport", "JSON", "Ledger", "Mapping",
            "Outcome", "Poll", "Relay", "Settings", "Telemetry", "TestSupport",
        ]),
    tests(
        "CommandTests",
        ["AMQP", "BrokerSupport", "HTTPSupport", "JSON", "Ledger", "Poll", "TestSupport", "trigger-bridge"]),
    tests(
        "ConsoleTests",
        [
            "Console", "JSON", "Outcome", "Telemetry", "TestSupport", hummingbird, hummingbirdTesting, logging, nioCore,
        ]),
    tests("DeployTests", ["AMQP", "BrokerSupport", "HTTPSupport", "JSON", "TestSupport", "demo-shop"]),
    tests(
        "DoctorTests",
        [
            "AMQP", "BrokerSupport", "HTTPSupport", "JSON", "Poll", "Settings", "TestSupport", "altcraft-sandbox",
            "trigger-bridge",
        ]),
    tests(
        "EndToEndTests",
        [
            "AMQP", "BrokerSupport", "CZlib", "HTTPSupport", "JSON", "Poll", "TestSupport", "altcraft-sandbox",
            "trigger-bridge",
        ]),
    tests("EventPatternTests", ["EventPattern", "JSON", "TestSupport"]),
    tests("FilesTests", ["Files", "TestSupport"]),
    tests("FunctionsTests", ["Functions", "JSON", "TestSupport"]),
    tests(
        "HTTPTransportTests",
        ["CCurl", "CHangingResolver", "HTTPSupport", "HTTPTransport", "Poll", "TestSupport", "http-probe"]),
    tests("IRegexpTests", ["IRegexp", "JSON", "TestSupport"]),
    tests("InflateTests", ["CZlib", "Inflate", "TestSupport"]),
    tests("JSONPathTests", ["IRegexp", "JSON", "JSONPath", "TestSupport"]),
    tests("JSONTests", ["JSON", "TestSupport"]),
    tests(
        "MappingTests",
        ["Altcraft", "EventPattern", "Functions", "JSON", "JSONPath", "Mapping", "Outcome", "TestSupport"]),
    tests("LedgerTests", ["Ledger", "Poll", "TestSupport", crypto, grdb]),
    tests("OutcomeTests", ["Outcome"]),
    tests("PollTests", ["Poll", "TestSupport"]),
    tests("RelayTests", ["Altcraft", "Outcome", "Poll", "Relay", "RelaySimulator"]),
    tests(
        "SandboxTests",
        [
            "JSON", "Sandbox", "TestSupport", "XML", "altcraft-sandbox", hummingbird, hummingbirdTesting, logging,
            nioCore, nioPosix,
        ]),
    tests(
        "SettingsTests",
        ["AMQP", "JSON", "Settings", "Telemetry", "TestSupport", argumentParser, configuration, logging],
        exclude: ["Golden"]),
    tests(
        "TelemetryTests", ["JSON", "Outcome", "Poll", "Telemetry", "TestSupport", coreMetrics, logging, metrics],
        exclude: ["Golden"]),
    tests("XMLTests", ["TestSupport", "XML"]),
]

let package = Package(
    name: "trigger-bridge",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", .upToNextMinor(from: "1.8.2")),
        .package(url: "https://github.com/apple/swift-configuration.git", .upToNextMinor(from: "1.4.0")),
        .package(url: "https://github.com/apple/swift-crypto.git", .upToNextMinor(from: "4.5.2")),
        .package(url: "https://github.com/apple/swift-log.git", .upToNextMinor(from: "1.16.2")),
        .package(url: "https://github.com/apple/swift-metrics.git", .upToNextMinor(from: "2.13.0")),
        .package(url: "https://github.com/apple/swift-nio.git", .upToNextMinor(from: "2.101.2")),
        .package(url: "https://github.com/groue/GRDB.swift.git", .upToNextMinor(from: "7.10.0")),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", .upToNextMinor(from: "2.28.1")),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", .upToNextMinor(from: "2.13.0")),
    ],
    targets: boundary + deciding + doing + programs + testSupports + testing,
    cxxLanguageStandard: .cxx17
)

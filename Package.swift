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

/// A test target beside the library of the same name.
func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

let package = Package(
    name: "trigger-bridge",
    targets: [
        .target(name: "CSystem"),
        library("JSON"),
        library("Outcome"),
        library("Poll", ["CSystem"]),
    ],
    cxxLanguageStandard: .cxx17
)

import BrokerSupport
import Foundation
import TestSupport
import Testing

/// `need_packages` and `need_swift`: what is missing is installed, what is there is left alone.
@Suite("Deploying: packages", .timeLimit(.minutes(1)))
struct PackageTests {
    /// What a script said, and which programs it called with what.
    private struct Run: Sendable {
        let said: String
        let calls: [String]
    }

    /// Runs with a Debian that has these packages, as a user with this number; `apt-get` fails at a word.
    private func run(
        _ lines: String, installed: [String], user: Int = 0, hasSudo: Bool = true, failing word: String = "never"
    ) async throws -> Run {
        try await onOwnThread {
            let script = try Script("step", "packages")
            let states =
                installed.map { "\($0)) printf 'install ok installed' ;;" } + [
                    "left-over) printf 'deinstall ok config-files' ;;",
                    "*) echo \"no packages found matching $4\" >&2; exit 1 ;;",
                ]
            try script.program("dpkg-query", "case $4 in\n\(states.joined(separator: "\n"))\nesac")
            try script.program("id", "echo \(user)")
            try script.program(
                "apt-get", "echo \"apt-get $* ($DEBIAN_FRONTEND)\" >>calls\n[[ \" $* \" != *' \(word) '* ]]")
            if hasSudo { try script.program("sudo", "echo \"sudo $1\" >>calls\nexec \"$@\"") }
            // A system's own sudo must not be found.
            let path = hasSudo ? "" : "command() { [ \"$2\" != sudo ] && builtin command \"$@\"; }\n"
            let said = try script.run(path + lines)
            return Run(said: said, calls: script.text("calls").split(separator: "\n").map(String.init))
        }
    }

    @Test("nothing is missing, so nothing is asked or said")
    func nothingMissing() async throws {
        let run = try await run("need_packages curl openssl", installed: ["curl", "openssl"])
        #expect(run.said == "exit 0\n" && run.calls == [])
    }

    @Test("what is missing is installed, and nothing else; the index is asked first")
    func missing() async throws {
        let run = try await run("need_packages curl zlib1g-dev openssl left-over", installed: ["curl", "openssl"])
        #expect(
            run.said == """
                  asking for the package index … 0 s
                  installing zlib1g-dev left-over … 0 s
                exit 0

                """)
        #expect(
            run.calls == [
                "apt-get update -qq (noninteractive)",
                "apt-get install -y -qq --no-install-recommends zlib1g-dev left-over (noninteractive)",
            ])
    }

    @Test("another user than root asks for the right, where there is a way to ask")
    func otherUsers() async throws {
        let asked = try await run("need_packages curl", installed: [], user: 1_000)
        #expect(asked.calls.filter { $0.hasPrefix("sudo") } == ["sudo apt-get", "sudo apt-get"])
        #expect(asked.calls.count == 4 && asked.said.hasSuffix("exit 0\n"))
        let refused = try await run("need_packages curl openssl", installed: ["curl"], user: 1_000, hasSudo: false)
        #expect(
            refused.said == "these packages are missing and only root can install them: openssl\nexit 1\n")
        #expect(refused.calls == [])
        let content = try await run("need_packages curl", installed: ["curl"], user: 1_000, hasSudo: false)
        #expect(content.said == "exit 0\n")
    }

    @Test("an index or a package that cannot be had ends the script")
    func failures() async throws {
        let index = try await run("need_packages curl", installed: [], failing: "update")
        #expect(index.said == "  asking for the package index … failed (exit 1)\nexit 1\n" && index.calls.count == 1)
        let package = try await run("need_packages curl\necho after", installed: [], failing: "curl")
        #expect(package.said.hasSuffix("  installing curl … failed (exit 1)\nexit 1\n") && package.calls.count == 2)
    }

    @Test("Swift is needed, and only looked for")
    func swift() async throws {
        let said = try await onOwnThread {
            let script = try Script("step", "packages")
            let without = try script.run("PATH=$PWD/bin\nneed_swift")
            try script.program("swift", "echo 'never run'")
            return [without, try script.run("PATH=$PWD/bin\nneed_swift")]
        }
        #expect(said[0].hasPrefix("Swift 6.3 or later is needed and `swift` is not on the PATH: https://"))
        #expect(said[0].hasSuffix("\nexit 1\n") && said[1] == "exit 0\n")
    }

    @Test("the lists name every library that the package links with, each once, in order")
    func lists() async throws {
        let said = try await onOwnThread {
            try Script("packages").run(
                #"printf '%s\n' "${build_packages[*]}" "${broker_packages[*]}" "${test_packages[*]}""#)
        }
        let lists = said.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        try #require(lists.count == 4)
        let manifest = try String(contentsOf: Corpora.root.appending(path: "Package.swift"), encoding: .utf8)
        let named = manifest.matches(of: /apt: "([^"]+)"/).map { String($0.output.1) }
        #expect(named.count == 5)
        // What is linked without pkg-config has no package beside it.
        #expect(
            Set(lists[0]).subtracting(["pkg-config"])
                == Set(named + ["libphonenumber-dev", "libre2-dev", "libsqlite3-dev"]))
        #expect(lists[1] == ["rabbitmq-server"])
        for list in lists[..<3] { #expect(list == list.sorted() && Set(list).count == list.count) }
    }
}

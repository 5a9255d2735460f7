import BrokerSupport
import Testing

/// `step`: one line for what is done, and all that is needed when it fails.
@Suite("Deploying: steps", .timeLimit(.minutes(1)))
struct StepTests {
    private func run(_ lines: String) async throws -> String {
        try await onOwnThread { try Script("step").run(lines) }
    }

    @Test("what succeeds is one line, whatever it says")
    func success() async throws {
        let said = try await run(#"step "doing it" bash -c 'echo out; echo err >&2'"# + "\necho after")
        #expect(said == "  doing it … 0 s\nafter\nexit 0\n")
    }

    @Test("what fails tells its exit code and everything it said, and ends the script", arguments: [1, 7, 126, 255])
    func failure(code: Int) async throws {
        let said = try await run(
            "step 'doing it' bash -c 'echo out; echo err >&2; exit \(code)'\necho 'never seen'")
        #expect(said == "  doing it … failed (exit \(code))\nout\nerr\nexit \(code)\n")
    }

    @Test("a program that is not there fails like any other")
    func noProgram() async throws {
        let said = try await run("step 'doing it' no-such-program --x")
        #expect(said.hasPrefix("  doing it … failed (exit 127)\n"))
        #expect(said.contains("no-such-program: command not found") && said.hasSuffix("\nexit 127\n"))
    }

    @Test("of many lines the last sixty are shown")
    func manyLines() async throws {
        let said = try await run("step 'counting' bash -c 'seq 1 1000; exit 3'")
        let lines = said.split(separator: "\n")
        #expect(lines.first == "  counting … failed (exit 3)" && lines.last == "exit 3")
        #expect(lines.dropFirst().dropLast().map { Int($0) } == Array(941...1_000))
    }

    @Test("a failure that is waited for does not end the script, and is told to whoever asks")
    func waitedFor() async throws {
        let said = try await run(
            """
            step one false || echo "it was $?"
            if step two true; then echo yes; fi
            """)
        #expect(said == "  one … failed (exit 1)\nit was 1\n  two … 0 s\nyes\nexit 0\n")
    }

    @Test("arguments reach the command as they are, functions are commands, and their variables stay")
    func arguments() async throws {
        let said = try await run(
            #"""
            keep() { kept=("$@"); }
            step "100 % of it" keep "a b" '' '*' $'c\nd' '%s'
            printf '<%s>' "${kept[@]}"
            echo
            """#)
        #expect(said == "  100 % of it … 0 s\n<a b><><*><c\nd><%s>\nexit 0\n")
    }

    @Test("the command has no input, so that what is typed is not eaten")
    func input() async throws {
        let said = try await run("printf 'kept\\n' | { step reading cat; cat; }")
        #expect(said == "  reading … 0 s\nkept\nexit 0\n")
    }

    @Test("no file is left behind")
    func files() async throws {
        let left = try await onOwnThread {
            let script = try Script("step")
            _ = try script.run("step one true\nstep two bash -c 'seq 1 100; exit 1' || true\nstep three false || true")
            return try script.names("tmp")
        }
        #expect(left == [])
    }
}

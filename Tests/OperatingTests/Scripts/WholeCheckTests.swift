import DeskTestSupport
import Foundation
import Testing

@Suite("Deploy/test, with a toolchain that only says what tests say")
struct WholeCheckTests {
    /// Runs the tests of one module, which end like this.
    private func check(_ said: String, status: Int = 0, sharedData: Bool = true) async throws -> BuiltProgram.Answer {
        let files = FileManager.default
        let folder = files.temporaryDirectory.appending(path: "meridian-check-\(UUID().uuidString)")
        defer { try? files.removeItem(at: folder) }
        for part in ["desk/Tests/WorkTests", "desk/Deploy", "bin"] + (sharedData ? ["shared/data"] : []) {
            try files.createDirectory(at: folder.appending(path: part), withIntermediateDirectories: true)
        }
        for name in ["test", "machine.sh", "desk.sh", "postfix.sh", "mail.sh", "fetchmail.sh"] {
            try files.copyItem(
                at: TestDesk.root.appending(path: "Deploy/\(name)"), to: folder.appending(path: "desk/Deploy/\(name)"))
        }
        let swift = folder.appending(path: "bin/swift")
        let version = "[ \"$1\" = --version ] && echo Swift version 6.3.1"
        let script = "#!/bin/sh\n\(version)\n[ \"$1\" = test ] || exit 0\ncat <<'SAID'\n\(said)\nSAID\nexit \(status)\n"
        // A process that another test forks while this one writes would keep the program busy: the shell writes it.
        let check = "cat >\"$0\" && chmod 755 \"$0\" && exec bash \"$1\" unit"
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return try await BuiltProgram(at: "/bin/bash", ["-c", check, swift.path])
            .run(
                [folder.appending(path: "desk/Deploy/test").path],
                environment: ["PATH": "\(folder.appending(path: "bin").path):\(path)"], input: Array(script.utf8))
    }

    @Test("passes where tests ran, and tells how many")
    func passes() async throws {
        let answer = try await check("✔ Test run with 3 tests in 1 suite passed after 0.1 seconds.")
        #expect(answer.status == 0, "\(answer.errorText)")
        #expect(answer.text.contains("WorkTests") && answer.text.contains("Test run with 3 tests"))
    }

    @Test(
        "fails where no test ran, whatever the exit status",
        arguments: ["✔ Test run with 0 tests in 0 suites passed after 0.001 seconds.", "error: no tests found"])
    func noTest(said: String) async throws {
        let answer = try await check(said)
        #expect(answer.status == 1)
        #expect(answer.text.contains("NO TEST RAN"))
        #expect(answer.errorText.contains("failed: unit"))
    }

    @Test("fails where a test failed, and shows which")
    func failed() async throws {
        let answer = try await check("✘ Test work() recorded an issue\n✔ Test run with 3 tests failed", status: 1)
        #expect(answer.status == 1)
        #expect(answer.text.contains("✘ Test work() recorded an issue"))
    }

    @Test("names what was skipped, and that the shared data is missing")
    func skipped() async throws {
        let said = """
            ➜ Test corpus() skipped: "The real mail is not there"
            ➜ Suite "Real requests" skipped
            ✔ Test run with 3 tests in 2 suites passed after 0.1 seconds.
            """
        let answer = try await check(said, sharedData: false)
        #expect(answer.status == 0)
        #expect(answer.text.contains("    ➜ Test corpus() skipped: \"The real mail is not there\""))
        #expect(answer.errorText.contains("2 tests were skipped; they are named above."))
        #expect(answer.errorText.contains("There is no ../shared/data beside this folder"))
    }
}

@Suite("Deploy/quickstart")
struct QuickstartTests {
    @Test("builds the programs, and nothing that only tests and benchmarks use")
    func programs() throws {
        func text(_ path: String) throws -> String {
            try String(contentsOf: TestDesk.root.appending(path: path), encoding: .utf8)
        }
        let builds = try text("Deploy/quickstart").matches(of: /\n(.*)swift build/).map { String($0.1) }
        #expect(!builds.isEmpty && builds.allSatisfy { $0.contains("MERIDIAN_BUILD=programs ") }, "\(builds)")
        let targets = try #require(text("Package.swift").firstMatch(of: /targets: ground [^,]*/)?.0)
        #expect(targets.hasPrefix("targets: ground + tools + desk + features + programs\n        + (isForUse ? [] : "))
    }
}

import Testing

@testable import Runtime

@Suite("The start of a program")
struct LaunchPlanTests {
    private let program = Program("some-program", "Does something for people.", version: "1.2.3")

    private func plan(_ arguments: [String], _ environment: [String: String] = [:]) -> LaunchPlan<Int> {
        LaunchPlan(program: program, arguments: arguments, reader: SettingsReader { environment[$0] }) {
            reader throws(SettingsFaults) in
            let number = reader.require("T_NUMBER", "The number.", "a number", Int.init)
            _ = reader.read("T_OTHER", default: 5, "The other number.", "a number", Int.init)
            return try reader.finish { number }
        }
    }

    @Test("With right settings it starts with them")
    func starts() {
        guard case .start(let common, 7) = plan([], ["T_NUMBER": "7", "MERIDIAN_LOOPS": "2"]) else {
            Issue.record("It should have started.")
            return
        }
        #expect(common.loops == 2)
    }

    @Test("Faults of the program's own settings and of the common ones are told together, with status 78")
    func faults() {
        guard case .refuse(let text, let status) = plan([], ["T_OTHER": "x", "MERIDIAN_GRACE": "y"]) else {
            Issue.record("It should have refused.")
            return
        }
        #expect(status == .configuration)
        for part in ["T_NUMBER is not set", "T_OTHER is \"x\"", "MERIDIAN_GRACE is \"y\"", "Try: some-program --help"] {
            #expect(text.contains(part))
        }
    }

    @Test("Help names the program, every setting with its sentence and default, and needs no setting")
    func help() {
        guard case .print(let text) = plan(["--help"]) else {
            Issue.record("It should have printed.")
            return
        }
        for part in [
            "some-program: Does something for people.", "T_NUMBER\n      The number. Required.",
            "T_OTHER\n      The other number. Default: 5", "MERIDIAN_LOG", "MERIDIAN_LOOPS", "MERIDIAN_GRACE",
            "--check",
        ] {
            #expect(text.contains(part), "missing: \(part)")
        }
    }

    @Test("Checking tells that the settings are right or why not, and the version is printed")
    func checks() {
        guard case .print(let right) = plan(["--check"], ["T_NUMBER": "7"]) else {
            Issue.record("It should have printed.")
            return
        }
        #expect(right == "The settings are right.\n")
        guard case .refuse(_, .configuration) = plan(["--check"]) else {
            Issue.record("It should have refused.")
            return
        }
        guard case .print("some-program 1.2.3\n") = plan(["--version"]) else {
            Issue.record("It should have printed the version.")
            return
        }
    }

    @Test("Any other word is not understood, with status 64 and what to try")
    func usage() {
        guard case .refuse(let text, .usage) = plan(["--hlep", "x"], ["T_NUMBER": "7"]) else {
            Issue.record("It should have refused.")
            return
        }
        #expect(text.contains("--hlep x"))
        #expect(text.contains("Try: some-program --help"))
    }
}

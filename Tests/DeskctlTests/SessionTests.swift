import Runtime
import Synchronization
import Testing

@testable import deskctl

@Suite("Asking deskctl")
struct SessionTests {
    private struct Answer: Equatable {
        var status: Runtime.ExitStatus
        var output: [String]
        var errors: [String]
    }

    /// Runs a deskctl of a few commands that say what they were given.
    private func ask(_ words: String...) async -> Answer {
        let heard = Mutex<(output: [String], errors: [String])>(([], []))
        let echo: @Sendable (String) -> @Sendable (Invocation) async throws -> Runtime.ExitStatus = { name in
            { invocation in
                let said = "\(name) \(invocation.operands) \(invocation.value("--state") ?? "-")"
                heard.withLock { $0.output.append(said + (invocation.has("--json") ? " json" : "")) }
                return .success
            }
        }
        let commands = [
            Command(words: ["migrate"], summary: "Bring the tables up to date", run: echo("migrate")),
            Command(
                words: ["ticket", "show"], summary: "Show a ticket", operands: ["NUMBER"], options: [.json],
                run: echo("show")),
            Command(
                words: ["ticket", "list"], summary: "List tickets",
                options: [.json, .value("--state", "STATE", "only these")], run: echo("list")),
            Command(words: ["fail"], summary: "Fail") { _ in
                throw CommandFault("the database is away.", advice: "deskctl doctor", status: .unavailable)
            },
        ]
        let session = Session(
            commands: commands, output: { line in heard.withLock { $0.output.append(line) } },
            errors: { line in heard.withLock { $0.errors.append(line) } })
        let status = await session.run(words)
        return heard.withLock { Answer(status: status, output: $0.output, errors: $0.errors) }
    }

    @Test("runs the command with its options and operands")
    func runs() async {
        #expect(await ask("migrate") == Answer(status: .success, output: ["migrate [] -"], errors: []))
        #expect(await ask("ticket", "show", "OSL-1", "--json").output == [#"show ["OSL-1"] - json"#])
        #expect(await ask("ticket", "list", "--state=new").output == ["list [] new"])
        #expect(await ask("ticket", "list", "--state", "new").output == ["list [] new"])
        #expect(await ask("ticket", "show", "--", "--json").output == [#"show ["--json"] -"#])
    }

    @Test(
        "says what was wrong and what to try",
        arguments: [
            (["migrat"], "there is no command \"migrat\".", "deskctl migrate"),
            (["elephant"], "there is no command \"elephant\".", "deskctl help"),
            (["ticket"], "ticket needs another word: show, list.", "deskctl ticket show"),
            (["ticket", "shwo", "OSL-1"], "ticket has no command \"shwo\".", "deskctl ticket show"),
            (["ticket", "show"], "NUMBER is missing.", "deskctl ticket show NUMBER [--json]"),
            (["ticket", "show", "A-1", "B-2"], "\"B-2\" is one word too many.", "deskctl ticket show NUMBER [--json]"),
            (["ticket", "list", "--sate", "new"], "ticket list has no option --sate.", "deskctl ticket list --state"),
            (["ticket", "list", "--state"], "--state needs a value.", "deskctl ticket list [--json] [--state STATE]"),
            (
                ["ticket", "list", "--json=yes"], "--json takes no value.",
                "deskctl ticket list [--json] [--state STATE]"
            ),
        ])
    func faults(words: [String], problem: String, advice: String) async {
        let answer: Answer =
            switch words.count {
            case 1: await ask(words[0])
            case 2: await ask(words[0], words[1])
            case 3: await ask(words[0], words[1], words[2])
            default: await ask(words[0], words[1], words[2], words[3])
            }
        #expect(answer == Answer(status: .usage, output: [], errors: ["deskctl: \(problem)", "Try: \(advice)"]))
    }

    @Test("passes on what a command says of its failure")
    func failure() async {
        let wanted = ["deskctl: the database is away.", "Try: deskctl doctor"]
        #expect(await ask("fail") == Answer(status: .unavailable, output: [], errors: wanted))
    }

    @Test("helps, and never runs what it was asked to explain")
    func help() async throws {
        let overview = await ask()
        #expect(overview.status == .success)
        #expect(overview.output.first?.contains("ticket show NUMBER  Show a ticket\n") == true)
        #expect(await ask("help") == overview)
        #expect(await ask("--help") == overview)

        let show = await ask("ticket", "show", "--help")
        #expect(show.output.first?.hasPrefix("deskctl ticket show NUMBER [--json]\n\nShow a ticket.\n") == true)
        #expect(await ask("help", "ticket", "show") == show)

        let tickets = try #require(await ask("ticket", "--help").output.first)
        #expect(tickets.contains("ticket list") && !tickets.contains("migrate"))
        #expect(await ask("help", "ticket").output == [tickets])
    }
}

import Runtime

/// One run of deskctl: finds the command that is meant, runs it, and tells how it went.
struct Session: Sendable {
    let commands: [Command]
    var output: @Sendable (String) -> Void = { Terminal.write($0, to: .output) }
    var errors: @Sendable (String) -> Void = { Terminal.write($0, to: .error) }

    func run(_ words: [String]) async -> ExitStatus {
        do throws(CommandFault) {
            guard let command = try find(words) else { return .success }
            let rest = Array(words.dropFirst(command.words.count))
            if rest.prefix(while: { $0 != "--" }).contains(where: { $0 == "--help" || $0 == "-h" }) {
                output(command.help)
                return .success
            }
            let invocation = try Invocation(rest, of: command)
            do { return try await command.run(invocation) } catch { throw CommandFault(telling: error) }
        } catch {
            errors("deskctl: \(error.problem)")
            if let advice = error.advice { errors("Try: \(advice)") }
            return error.status
        }
    }

    /// The command that these words begin with; nil if they ask for help, which is then given.
    private func find(_ words: [String]) throws(CommandFault) -> Command? {
        guard let first = words.first, first != "--help", first != "-h" else {
            output(overview(of: commands))
            return nil
        }
        if first == "help" {
            let subject = Array(words.dropFirst())
            if subject.isEmpty {
                output(overview(of: commands))
            } else if let command = commands.first(where: { $0.words == subject }) {
                output(command.help)
            } else {
                output(overview(of: try group(subject)))
            }
            return nil
        }
        let fitting = commands.filter { words.starts(with: $0.words) }
        if let command = fitting.max(by: { $0.words.count < $1.words.count }) { return command }
        let group = try group(words)
        guard words.count > 1 else {
            let seconds = group.compactMap { $0.words.dropFirst().first }.joined(separator: ", ")
            throw CommandFault(
                "\(first) needs another word: \(seconds).", advice: "deskctl \(group[0].name)", status: .usage)
        }
        if words[1] == "--help" || words[1] == "-h" {
            output(overview(of: group))
            return nil
        }
        throw missing(words[1], "\(first) has no command", among: group) { $0.words.dropFirst().first ?? "" }
    }

    /// The commands that share the first of these words.
    private func group(_ words: [String]) throws(CommandFault) -> [Command] {
        let group = commands.filter { $0.words.first == words.first }
        guard group.isEmpty else { return group }
        throw missing(words[0], "there is no command", among: commands) { $0.words[0] }
    }

    private func missing(
        _ word: String, _ what: String, among commands: [Command], by name: (Command) -> String
    ) -> CommandFault {
        let nearest = Suggestion.of(word, among: commands.map(name))
        let meant = commands.first { name($0) == nearest }
        return CommandFault(
            "\(what) \"\(word)\".", advice: meant.map { "deskctl \($0.name)" } ?? "deskctl help", status: .usage)
    }

    private func overview(of commands: [Command]) -> String {
        let rows = commands.map { (([$0.name] + $0.operands).joined(separator: " "), $0.summary) }
        return """
            deskctl COMMAND: what an operator of the desk does by hand.

            \(Table.text(rows, indent: 2))

            deskctl COMMAND --help says what a command takes.
            """
    }
}

import Glibc
import Runtime

/// What an operator of the desk does by hand.
@main
enum Deskctl {
    static func main() async {
        let words = Array(CommandLine.arguments.dropFirst())
        // Before the first thread starts, for each inherits what is blocked.
        if Command.all.contains(where: { $0.runsUntilStopped && words.starts(with: $0.words) }) {
            Launch.claimSignals()
        }
        exit(await Session(commands: Command.all).run(words).rawValue)
    }
}

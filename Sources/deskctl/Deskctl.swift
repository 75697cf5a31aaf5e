import Glibc
import Runtime

/// What an operator of the desk does by hand.
@main
enum Deskctl {
    static func main() async {
        let words = Array(CommandLine.arguments.dropFirst())
        exit(await Session(commands: Command.all).run(words).rawValue)
    }
}

import Glibc
import Runtime

/// What an operator of the desk does by hand.
@main
enum Deskctl {
    static func main() async {
        let status = await Session(commands: Command.all).run(Array(CommandLine.arguments.dropFirst()))
        exit(status.rawValue)
    }
}

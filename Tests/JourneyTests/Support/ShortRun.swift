import LocalCluster
import Synchronization

/// A run of a real program that ends by itself, and all that it said.
struct ShortRun: Sendable {
    let end: ChildEnd
    let output: String
    let errors: String

    /// Runs a program to its end, with this environment and no other.
    init(_ name: ProgramName, _ arguments: [String] = [], environment: [String: String] = [:]) async throws {
        let said = Said()
        let process = try await ChildProcess.start(
            ChildProgram(try name.executable, arguments, environment: environment),
            onLine: { channel, line in said.note(line, from: channel) })
        end = await process.exit()
        (output, errors) = said.all
    }

    private final class Said: Sendable {
        private let texts = Mutex((output: "", errors: ""))

        var all: (String, String) { texts.withLock { ($0.output, $0.errors) } }

        func note(_ line: String, from channel: ChildProcess.Channel) {
            texts.withLock { texts in
                switch channel {
                case .output: texts.output += line + "\n"
                case .error: texts.errors += line + "\n"
                }
            }
        }
    }
}

import SeedTestSupport
import Synchronization

/// Kills programs, each time after a few more things have happened.
final class Killer: Sendable {
    private let programs: [RunningProgram]
    private let kills: Int
    private let steps: ClosedRange<Int>
    private let progress: @Sendable () async throws -> Int
    private let state: Mutex<(generator: Seed, killed: [String])>

    /// - Parameters:
    ///   - steps: how much happens from one death to the next.
    ///   - progress: how much has happened so far.
    init(
        of programs: [RunningProgram], seed: Seed, kills: Int, every steps: ClosedRange<Int>,
        progress: @escaping @Sendable () async throws -> Int
    ) {
        (self.programs, self.kills, self.steps, self.progress) = (programs, kills, steps, progress)
        state = Mutex((seed, []))
    }

    var killed: [String] { state.withLock { $0.killed } }
    var isDone: Bool { killed.count == kills }

    func run() async throws {
        var goal = 0
        while !isDone {
            let (more, victim) = state.withLock { state in
                (
                    Int.random(in: steps, using: &state.generator),
                    Int.random(in: programs.indices, using: &state.generator)
                )
            }
            let program = programs[victim]
            goal += more
            try await until("\(goal) things have happened") { try await progress() >= goal ? () : nil }
            try await until("\(program.name.rawValue) lives, to be killed") { program.kill() ? () : nil }
            state.withLock { $0.killed.append("\(program.name.rawValue) \(victim) after \(goal)") }
        }
    }
}

import Postgres
import SeedTestSupport
import Synchronization
import Testing

extension RealProcessTests {
    @Suite("Programs are killed at random moments, and started again")
    struct RandomKillTests {
        @Test(
            "Through twenty kills, chosen by seed and set off by what tickets do, all journeys finish, each once"
        )
        func twentyKills() async throws {
            let seed = Seed.ofThisRun
            print("RandomKillTests: MERIDIAN_TEST_SEED=\(seed.number)")
            try await RunningDesk.run { desk in
                let killer = Killer(desk: desk, seed: seed, kills: 20)
                do {
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        group.addTask { try await killer.run() }
                        var journeys: [Journey] = []
                        var round = 0
                        while !killer.isDone {
                            journeys += try await desk.playTwo(round: round)
                            round += 1
                        }
                        try await group.waitForAll()
                        try await Verdict(desk: desk, journeys: journeys).check()
                    }
                } catch {
                    throw HarnessFault(
                        "With MERIDIAN_TEST_SEED=\(seed.number), after the kills \(killer.killed):\n\(error)")
                }
            }
        }
    }
}

/// Kills programs of the desk, each time after a few more events have come into the log.
private final class Killer: Sendable {
    private let desk: RunningDesk
    private let kills: Int
    private let state: Mutex<(generator: Seed, killed: [String])>

    init(desk: RunningDesk, seed: Seed, kills: Int) {
        (self.desk, self.kills) = (desk, kills)
        state = Mutex((seed, []))
    }

    var killed: [String] { state.withLock { $0.killed } }
    var isDone: Bool { killed.count == kills }

    func run() async throws {
        var goal = 0
        while !isDone {
            let (more, victim) = state.withLock { state in
                (
                    Int.random(in: 1...5, using: &state.generator),
                    ProgramName.ofDesk.randomElement(using: &state.generator)
                )
            }
            guard let victim, let program = desk.programs[victim] else { return }
            goal += more
            try await until("the log has \(goal) events") { () -> Void? in
                try await desk.database.first("select count(*) from event", as: Int.self) ?? 0 >= goal ? () : nil
            }
            try await until("\(victim.rawValue) lives, to be killed") { program.kill() ? () : nil }
            state.withLock { $0.killed.append("\(victim.rawValue) after \(goal)") }
        }
    }
}

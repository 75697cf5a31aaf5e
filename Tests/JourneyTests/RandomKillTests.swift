import Postgres
import SeedTestSupport
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
                let programs = ProgramName.ofDesk.compactMap { desk.programs[$0] }
                let killer = Killer(of: programs, seed: seed, kills: 20, every: 1...5) {
                    try await desk.database.first("select count(*) from event", as: Int.self) ?? 0
                }
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

import Foundation
import Postgres
import Synchronization
import Testing

extension RealProcessTests {
    @Suite("Programs are killed at random moments, and started again")
    struct RandomKillTests {
        /// The seed of a run that failed brings the same choices again.
        private static let seed =
            ProcessInfo.processInfo.environment["MERIDIAN_TEST_SEED"].flatMap { UInt64($0) } ?? .random(in: 1...999_999)

        @Test(
            "Through twenty kills, chosen by seed and set off by what tickets do, all journeys finish, each once"
        )
        func twentyKills() async throws {
            let seed = Self.seed
            print("RandomKillTests: MERIDIAN_TEST_SEED=\(seed)")
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
                    throw HarnessFault("With MERIDIAN_TEST_SEED=\(seed), after the kills \(killer.killed):\n\(error)")
                }
            }
        }
    }
}

/// Kills programs of the desk, each time after a few more events have come into the log.
private final class Killer: Sendable {
    private let desk: RunningDesk
    private let kills: Int
    private let state: Mutex<(generator: SeededGenerator, killed: [String])>

    init(desk: RunningDesk, seed: UInt64, kills: Int) {
        (self.desk, self.kills) = (desk, kills)
        state = Mutex((SeededGenerator(state: seed), []))
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

/// SplitMix64: the same numbers for the same seed, on every machine.
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

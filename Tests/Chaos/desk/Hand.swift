import DeskStore
import Jobs
import Moments
import Postgres
import Runtime
import SeedTestSupport
import Synchronization

/// A worker, with the job that it has claimed and not done yet.
struct Hand {
    let stepper: JobStepper
    /// Which of the programs it is one of.
    let program: Int
    var held: JobStepper.Held?

    /// How long nobody misses a worker that is gone; those that go on have all the time there is.
    static let lease = Duration.seconds(30)
    private static let longest = Duration.seconds(50 * 365 * 86_400)

    /// Workers that go on, some for each program.
    static func crew(of world: World, each count: Int) async throws -> [Hand] {
        var hands: [Hand] = []
        for _ in 0..<count { hands += try await hired(by: world, for: longest) }
        return hands
    }

    /// Workers that nobody will hear of again, one for each program.
    static func lost(to world: World) async throws -> [Hand] { try await hired(by: world, for: lease) }

    private static func hired(by world: World, for lease: Duration) async throws -> [Hand] {
        try await world.crew.steppers(
            lease: lease, at: world.time, log: world.complaints.log(world.time), chance: world.chance
        ).enumerated().map { Hand(stepper: $1, program: $0) }
    }
}

extension Simulation {
    /// Each worker has a turn, in any order: one that holds a job does it, the others claim one. So jobs are done in
    /// another order than they were claimed in, and between the two others act.
    ///
    /// - Returns: whether any of them had something to do.
    func workRound() async throws -> Bool {
        try await troubleWorkers()
        var hasWorked = false
        var idle: Set<Int> = []
        for place in hands.indices.shuffled(using: &random) {
            let hand = hands[place]
            if let held = hand.held {
                hands[place].held = nil
                outsideMoods()
                await hand.stepper.run(held)
                deeds[held.kind.rawValue, default: 0] += 1
                hasWorked = true
            } else if !idle.contains(hand.program) {
                let held = try await tolerate("a claim") { try await hand.stepper.claimNext() }
                hands[place].held = held
                if held == nil { idle.insert(hand.program) } else { hasWorked = true }
            }
        }
        return hasWorked
    }

    /// Others find the jobs of workers that are gone.
    func rescue() async throws {
        for hand in hands { _ = try await tolerate("rescue") { try await hand.stepper.rescue() } }
    }
}

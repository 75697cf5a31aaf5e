import DeskStore
import Jobs
import Moments
import Postgres
import Runtime
import SeedTestSupport
import Synchronization

/// Workers are lost, stand still, and die in the middle of a job.
extension Simulation {
    /// Lets happen to workers what is going to happen to them, if there is work that they could have claimed.
    func troubleWorkers() async throws {
        guard let kind = faults.ofWorkers.first else { return }
        let isDue = try await world.operators.database.first(
            "select exists (select from jobs.job where state = 'ready' and due <= \(now))", as: Bool.self)
        guard isDue == true else { return }
        try await disarm()
        faults.ofWorkers.removeFirst()
        report.faults["\(kind) with a job", default: 0] += 1
        switch kind {
        case "worker lost": try await loseWorkers()
        case "worker stalled": try await stallWorkers()
        default: try await killWorkers()
        }
    }

    /// Workers claim jobs and are never heard of again.
    func loseWorkers() async throws {
        for hand in try await Hand.lost(to: world) { _ = try await hand.stepper.claimNext() }
        agenda.plan(.rescue, at: now + Hand.lease + .seconds(1))
    }

    /// Workers claim jobs and stand still; when they go on, others have long taken what they hold.
    func stallWorkers() async throws {
        for hand in try await Hand.lost(to: world) {
            guard let held = try await hand.stepper.claimNext() else { continue }
            let pause = Hand.lease + .seconds(Int.random(in: 2...20_000, using: &random))
            stalled.append(Hand(stepper: hand.stepper, program: hand.program, held: held))
            agenda.plan(.awakening(stalled.count - 1), at: now + pause)
        }
        agenda.plan(.rescue, at: now + Hand.lease + .seconds(1))
    }

    /// A worker goes on with a job that is its own no longer.
    func awaken(_ place: Int) async throws {
        guard let held = stalled[place].held else { return }
        stalled[place].held = nil
        world.outside.expect([])
        await stalled[place].stepper.run(held)
        hearSuppliers()
    }

    /// Workers do a job up to where it would be written down, and die.
    func killWorkers() async throws {
        let routing = world.store(as: "meridian_routing", named: "doomed")
        let supplier = world.store(as: "meridian_supplier", named: "doomed")
        let death = Death()
        let log = world.complaints.log(world.time) { if $0.contains("could not be settled") { death.comes() } }
        let workshop = try Workshop(
            routing: routing, supplier: supplier, outside: world.outside, keys: world.keys, loops: world.loops,
            log: log)
        world.outside.expect([])
        let doomed = try await workshop.steppers(lease: Hand.lease, at: world.time, log: log) { .max / 2 }
        for stepper in doomed {
            guard let held = try await stepper.claimNext() else { continue }
            // What it says to those outside before it dies is said again by others.
            faults.broken += 1
            await death.of { await stepper.run(held) }
        }
        hearSuppliers()
        for store in [routing, supplier] { await store.database.close() }
        agenda.plan(.rescue, at: now + Hand.lease + .seconds(1))
    }
}

/// Cancels what is under way when a worker is to go on no longer.
private final class Death: Sendable {
    private let signal = Mutex<StopSignal>(StopSignal())

    func comes() { signal.withLock { $0 }.raise() }

    /// Runs `body` to its end, or until death comes.
    func of(_ body: @Sendable @escaping () async -> Void) async {
        let signal = StopSignal()
        self.signal.withLock { $0 = signal }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await body() }
            group.addTask { await signal.wait() }
            await group.next()
            group.cancelAll()
        }
    }
}

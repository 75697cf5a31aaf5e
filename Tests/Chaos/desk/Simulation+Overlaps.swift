import Desk
import DeskStore
import Jobs
import Postgres
import Routing
import Runtime
import SeedTestSupport
import Synchronization

/// Two transactions under way at once, of which the second comes upon what the first has not committed yet.
extension Simulation {
    /// Who else is at a ticket while somebody does something about it.
    enum Rival: String, CaseIterable {
        case agent, requester, deadlines, worker
    }

    /// Somebody does something about a ticket, and while that is not committed, another one does. The first is held at
    /// its commit until the second waits for it or is done.
    func overlap(_ act: Act, on ticket: Ticket) async throws {
        try await disarm()
        let rival = Rival.allCases.randomElement(using: &random) ?? .agent
        let second = Act.allCases.randomElement(using: &random) ?? .take
        world.outside.expect([])
        // Safe: both tasks and this one stay on one loop, and who draws from the seed waits for nobody in between.
        nonisolated(unsafe) let play = self
        let byAgent: Deed = { try await play.perform(act, on: ticket) }
        let byRival: Deed = {
            switch rival {
            case .agent: try await play.perform(second, on: ticket)
            case .requester: try await play.reply(about: ticket)
            case .deadlines: _ = try await play.world.deadlines.fire()
            case .worker: try await play.workAlone()
            }
        }
        let isAgentFirst = Bool.random(using: &random)
        let pair = Pair()
        try await pair.run(isAgentFirst ? [byAgent, byRival] : [byRival, byAgent], in: world)
        hearSuppliers()
        deeds["at once: an agent and \(rival.rawValue)", default: 0] += 1
        if pair.hasWaited { deeds["at once, and one waited", default: 0] += 1 }
        let names = "\(act.rawValue) and \(rival == .agent ? second.rawValue : rival.rawValue)"
        for error in pair.errors {
            guard Self.isRefusal(error) else {
                fail("of two at once each is taken or refused", about: "\(ticket.number)", "\(names): \(error)")
                continue
            }
            refusals["at once: an agent and \(rival.rawValue)", default: 0] += 1
        }
        if let stuck = pair.stuck {
            fail("two at once come to an end", about: "\(ticket.number)", "\(names): \(stuck)")
        }
    }

    /// One of the workers does a job, if there is one.
    private func workAlone() async throws {
        for place in hands.indices {
            if hands[place].held == nil { hands[place].held = try await hands[place].stepper.claimNext() }
            guard let held = hands[place].held else { continue }
            hands[place].held = nil
            await hands[place].stepper.run(held)
            return
        }
    }
}

private typealias Deed = @Sendable () async throws -> Void

/// Two that are at the same thing at once.
private final class Pair: Sendable {
    private struct State {
        var done = 0
        var errors: [any Error] = []
        var hasWaited = false
        var stuck: String?
    }
    private let state = Mutex(State())

    var errors: [any Error] { state.withLock { $0.errors } }
    /// Whether one of them waited until the other had committed.
    var hasWaited: Bool { state.withLock { $0.hasWaited } }
    /// What was under way when nobody came any further, for as long as anything may take.
    var stuck: String? { state.withLock { $0.stuck } }

    /// How long, of real time, somebody may be on his way: also where a connection was cut before.
    private static let patience = Duration.seconds(60)

    /// Starts the first and holds it at its commit, starts the second, and lets go when that waits or is done.
    func run(_ deeds: [Deed], in world: World) async throws {
        let database = world.operators.database
        let (isShut, isOpen) = (StopSignal(), StopSignal())
        try await database.run(
            "update chaos.fuse set at = (select last_value from chaos.passed) + 1, kind = 'held'")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { isShut.raise() }
                try await database.transaction { (gate: borrowing Transaction) in
                    try await gate.run("select pg_advisory_xact_lock(\(Stage.gate))")
                    isShut.raise()
                    await isOpen.wait()
                }
            }
            await isShut.wait()
            for (place, deed) in deeds.enumerated() {
                group.addTask { [self] in
                    do {
                        try await deed()
                        state.withLock { $0.done += 1 }
                    } catch {
                        state.withLock { state in
                            state.done += 1
                            state.errors.append(error)
                        }
                    }
                }
                try await untilStill(place + 1, database)
            }
            isOpen.raise()
            try await group.waitForAll()
        }
        try await database.run("update chaos.fuse set at = 0, kind = 'none'")
    }

    /// Returns when each of those that were started waits or is done.
    private func untilStill(_ started: Int, _ database: Database) async throws {
        let start = ContinuousClock.now
        while ContinuousClock.now - start < Self.patience {
            let waiting = try await database.first(
                """
                select count(*) from pg_stat_activity cross join pg_sleep(0.001)
                where datname = current_database() and state = 'active' and wait_event_type = 'Lock'
                """, as: Int.self)
            let isStill = state.withLock { state in
                if (waiting ?? 0) > 1 { state.hasWaited = true }
                return state.done + (waiting ?? 0) >= started
            }
            if isStill { return }
        }
        let activity = try await database.first(
            """
            select string_agg(format('%s %s %s: %s', usename, state, wait_event, left(query, 80)), '; ')
            from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
            """, as: String.self)
        state.withLock { $0.stuck = "\($0.done) of \(started) are done; \(activity ?? "")" }
    }
}

import DeskStore
import Jobs
import Moments
import Postgres
import SeedTestSupport

/// What is broken at the moment.
struct Faults {
    /// Whether a commit may fail or a connection may be gone.
    var isLit = false
    /// How many commits were made to fail, and connections cut.
    var broken = 0
    /// What is going to happen to workers as soon as there is work.
    var ofWorkers: [String] = []
    /// Until when no worker runs.
    var outUntil: Moment?
    var isOut: Bool { outUntil != nil }

    /// How those outside answer next; nil where they do as they should.
    func mood(_ random: inout Seed) -> Outside.Mood? {
        switch Int.random(in: 0..<60, using: &random) {
        case 0, 1: .busy
        case 2: .confused
        default: nil
        }
    }

    /// Whether an error is what was made to happen.
    func excuse(_ error: DatabaseError) -> Bool {
        isLit
            && ([.unreachable, .commitUnknown].contains(error.reason)
                || ["XX001", "40001", "57P01"].contains(error.sqlState?.rawValue))
    }
}

/// Commits fail, connections are cut, workers die or stand still.
extension Simulation {
    func makeFault() async throws {
        try await disarm()
        let kinds = ["fail", "conflict", "cut", "all cut", "worker lost", "worker stalled", "worker killed", "outage"]
        let kind = kinds.randomElement(using: &random) ?? "fail"
        let commits = Int.random(in: 1...12, using: &random)
        let hours = Int.random(in: 1...30, using: &random)
        report.faults[kind, default: 0] += 1
        switch kind {
        case "all cut":
            try await cutAll()
        case "worker lost", "worker stalled", "worker killed": faults.ofWorkers.append(kind)
        case "outage":
            faults.outUntil = now + .seconds(hours * 600)
            agenda.plan(.recovery, at: now + .seconds(hours * 600))
        default:
            faults.isLit = true
            faults.broken += 1
            try await world.operators.database.run(
                "update chaos.fuse set at = (select last_value from chaos.passed) + \(commits), kind = \(kind)")
        }
    }

    /// Cuts all connections while nobody uses them; each is gone before it is used again.
    private func cutAll() async throws {
        try await world.operators.database.run(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename like 'meridian_%'")
        // Whoever uses a connection next that is gone learns of it; when that is depends on when the news arrive.
        for store in [world.intake, world.routing, world.supplier, world.reporting] {
            for _ in 0..<World.connections { _ = try? await store.database.first("select 1", as: Int.self) }
        }
    }

    /// Nothing fails any more that is not a fault of the desk.
    func disarm() async throws {
        faults.isLit = false
        try await world.operators.database.run("update chaos.fuse set at = 0, kind = 'none'")
    }
}

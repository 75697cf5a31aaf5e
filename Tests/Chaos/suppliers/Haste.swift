import DeskStore
import Jobs
import Moments
import Postgres
import Runtime
import SeedTestSupport
import SupplierDeskTestSupport
import SupplierTestSupport

/// Has what is waited for pass quickly and the desk ask what is new, while suppliers' systems are started anew.
struct Haste {
    let desk: SupplierDesk
    let company: Company
    var random: Seed

    /// How much of what is waited for passes in a quarter of a second.
    private static let step = Duration.seconds(60)

    mutating func run(until stop: StopSignal) async throws {
        var step = 0
        while !stop.isRaised {
            try await SystemTime().wait(for: .milliseconds(250))
            step += 1
            company.tick()
            try await company.fetch(from: desk, &random)
            try await desk.pass(Self.step)
            if step.isMultiple(of: 4) { try await desk.ask() }
            guard step.isMultiple(of: 20), company.isStormy else { continue }
            let pause = Duration.milliseconds(Int.random(in: 100...1500, using: &random))
            company.members.randomElement(using: &random)?.startAnew(after: pause)
        }
    }
}

extension SupplierDesk {
    /// As if so much time had gone by for all that waits.
    func pass(_ span: Duration) async throws {
        try await store.database.run(
            "update jobs.job set due = due - \(span)::interval where state = 'ready' and due > now()")
        try await store.database.run(
            "update supplier_line set closed_until = closed_until - \(span)::interval where closed_until is not null")
    }

    /// Has all suppliers asked that are, as every minute.
    func ask() async throws {
        try await store.transaction { (transaction: borrowing Transaction) in
            _ = try await transaction.enqueue(PollSuppliers())
        }
    }
}

extension Company.Member {
    func startAnew(after pause: Duration) {
        weather.note("started anew")
        system.server.restart(after: pause)
    }
}

import Foundation
import LocalCluster
import Runtime
import SeedTestSupport
import SupplierDeskTestSupport
import Synchronization

/// Two supplier workers, one of which is killed from time to time and another one started in its place.
final class Crew: Sendable {
    private let desk: SupplierDesk
    private let log: @Sendable (String) -> Void
    private let state = Mutex<(workers: [ChildProcess], killed: Int)>(([], 0))

    /// What is lost is missed after two seconds, the shortest that can be set.
    private static let settings = ["MERIDIAN_LEASE": "2", "MERIDIAN_POOL": "4", "MERIDIAN_LOOPS": "1"]

    init(_ desk: SupplierDesk, log: @escaping @Sendable (String) -> Void) async throws {
        (self.desk, self.log) = (desk, log)
        for _ in 0..<2 { try await hire() }
    }

    var killed: Int { state.withLock(\.killed) }

    private func hire() async throws {
        let worker = try await desk.startWorker(Self.settings, log: log)
        state.withLock { $0.workers.append(worker) }
    }

    /// One of them is killed, and missed for a while, over and over.
    func disturb(_ random: Seed, with company: Company, until stop: StopSignal) async throws {
        var random = random
        while !stop.isRaised {
            try await SystemTime().wait(for: .milliseconds(Int.random(in: 500...4000, using: &random)))
            guard company.isStormy, !stop.isRaised else { continue }
            // The one that has been there for longer, or the other one.
            let place = Int.random(in: 0..<2, using: &random)
            let worker = state.withLock { state in
                state.killed += 1
                return state.workers.remove(at: place)
            }
            worker.send(SIGKILL)
            _ = await worker.exit()
            try await SystemTime().wait(for: .milliseconds(Int.random(in: 0...600, using: &random)))
            try await hire()
        }
    }

    func disband() async {
        let workers = state.withLock(\.workers)
        for worker in workers { worker.send(SIGKILL) }
        for worker in workers { _ = await worker.exit() }
    }
}

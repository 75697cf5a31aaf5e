import Foundation
import LocalCluster
import Runtime
import SeedTestSupport

/// Eight workers, every second of which is killed or frozen past its lease, over and over; the others are stopped and
/// started again as by a deployment.
final class Crew {
    /// How often what happened to workers.
    private(set) var happened: [String: Int] = [:]
    /// How workers ended that were told to stop and did not do it well.
    private(set) var failedStops: [ChildEnd] = []
    private let connection: String
    private var workers: [ChildProcess] = []
    private let log: @Sendable (String) -> Void

    static let size = 8
    /// The shortest that the setting allows, so that much happens in a minute.
    private static let lease = Duration.seconds(2)

    init(_ connection: String, log: @escaping @Sendable (String) -> Void) async throws {
        (self.connection, self.log) = (connection, log)
        for _ in 0..<Self.size { workers.append(try await start()) }
    }

    private func start() async throws -> ChildProcess {
        let own = [
            "MERIDIAN_DATABASE": connection, "MERIDIAN_LEASE": "\(Int(Self.lease / .seconds(1)))",
            "MERIDIAN_LOG": "json:warning", "MERIDIAN_POOL": "4", "MERIDIAN_LOOPS": "1", "MERIDIAN_GRACE": "10",
        ]
        let program = ChildProgram(
            CommandLine.arguments[0], [WorkersChaos.worker],
            environment: ChildProgram.ownEnvironment.merging(own) { $1 })
        return try await ChildProcess.start(program) { [log] _, line in log(line) }
    }

    /// Something happens to one of them.
    func disturb(_ random: inout Seed) async throws {
        let place = Int.random(in: 0..<Self.size, using: &random)
        if !place.isMultiple(of: 2) { return try await stop(place) }
        if Bool.random(using: &random) {
            count("killed")
            workers[place].send(SIGKILL)
            _ = await workers[place].exit()
            try await SystemTime().wait(for: .milliseconds(Int.random(in: 0...800, using: &random)))
            workers[place] = try await start()
        } else {
            count("frozen")
            workers[place].send(SIGSTOP)
            let beyond = Duration.milliseconds(Int.random(in: 200...2500, using: &random))
            try await SystemTime().wait(for: Self.lease + beyond)
            workers[place].send(SIGCONT)
        }
    }

    /// One is stopped as a deployment does it, and another takes its place.
    private func stop(_ place: Int) async throws {
        workers[place].send(SIGTERM)
        let end = await workers[place].exit()
        count(end == .signal(SIGTERM) ? "stopped while it started" : "stopped")
        if !end.isSuccess, end != .signal(SIGTERM) { failedStops.append(end) }
        workers[place] = try await start()
    }

    /// All of them end.
    func disband() async {
        for worker in workers { worker.send(SIGKILL) }
        for worker in workers { _ = await worker.exit() }
    }

    /// Their sessions were ended by the server so often.
    func noteCuts(_ number: Int) { happened["sessions cut", default: 0] += number }

    private func count(_ what: String) { happened[what, default: 0] += 1 }
}

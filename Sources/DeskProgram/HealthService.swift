import HTTP
import Postgres
public import Runtime

/// What a program does first and last: it answers those who run it, looks for its tables until they are there, and sees
/// to it that what the other services have committed is told.
public struct HealthService: Service {
    public let name = "health"
    private let listener: HealthListener
    private let database: Database
    private let gate: SchemaGate?

    /// - Parameter gate: nil where the tables have been seen.
    init(_ listener: HealthListener, _ database: Database, _ gate: SchemaGate?) {
        (self.listener, self.database, self.gate) = (listener, database, gate)
    }

    /// - Throws: `MigrationFault` when the tables are not those of this program; `SystemError`.
    public func run(until stop: StopSignal) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await listener.run(until: stop) }
            group.addTask { try await gate?.open(until: stop) }
            // The first failure ends the other.
            while try await group.next() != nil {}
        }
        // A worker that stops gives jobs back, and the others are to know at once.
        await database.untilTold()
    }
}

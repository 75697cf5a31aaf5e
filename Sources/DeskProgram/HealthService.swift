import HTTP
public import Runtime

/// What a program does first and last: it answers those who run it, and looks for its tables until they are there.
public struct HealthService: Service {
    public let name = "health"
    private let listener: HealthListener
    private let gate: SchemaGate?

    /// - Parameter gate: nil where the tables have been seen.
    init(_ listener: HealthListener, _ gate: SchemaGate?) { (self.listener, self.gate) = (listener, gate) }

    /// - Throws: `MigrationFault` when the tables are not those of this program; `SystemError`.
    public func run(until stop: StopSignal) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await listener.run(until: stop) }
            group.addTask { try await gate?.open(until: stop) }
            // The first failure ends the other.
            while try await group.next() != nil {}
        }
    }
}

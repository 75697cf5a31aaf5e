public import DeskStore
public import Jobs

/// Gives what came to somebody while he was merged into another to that other one.
public struct SettleMergeHandler: Sendable {
    let store: DeskStore

    public init(_ store: DeskStore) { self.store = store }

    public var handler: JobHandler {
        JobHandler(for: SettleMerge.self) { job, context in
            _ = try await store.settle(mergeOf: job.gone, cause: "job \(context.id)")
            return .done
        }
    }
}

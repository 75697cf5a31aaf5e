/// What was asked for did not happen within the time it was given.
public struct TimedOut: Error, Hashable, CustomStringConvertible {
    /// The time that was given.
    public let limit: Duration

    public init(after limit: Duration) { self.limit = limit }

    public var description: String { "not finished within \(limit)" }
}

/// Runs `body` and cancels it when `limit` has passed; on the loop of the caller if it has one.
///
/// A body that finishes in spite of the cancellation keeps its result; one that ignores it is waited for.
/// - Throws: ``TimedOut`` if the body failed after `limit`, else what the body throws.
public func withDeadline<Success: Sendable>(
    _ limit: Duration, _ body: sending @escaping @isolated(any) () async throws -> Success
) async throws -> Success {
    if let loop = EventLoop.current { return try await loop.withDeadline(limit, body) }
    // Safe: the handle is awaited below and cancelled with the caller.
    let task = Task(operation: body)
    let expiry = Expiry()
    // Safe: the handle is cancelled below on every way out.
    let alarm = Task {
        try await Task.sleep(for: limit)
        expiry.pass(task)
    }
    defer { alarm.cancel() }
    return try await expiry.value(of: task, limit: limit)
}

extension EventLoop {
    /// Runs `body` as a task on this loop and cancels it when `limit` has passed.
    ///
    /// A body that finishes in spite of the cancellation keeps its result; one that ignores it is waited for.
    /// - Throws: ``TimedOut`` if the body failed after `limit`, else what the body throws.
    public func withDeadline<Success: Sendable>(
        _ limit: Duration, _ body: sending @escaping @isolated(any) () async throws -> Success
    ) async throws -> Success {
        let task = spawn(body)
        let expiry = Expiry()
        let alarm = Alarm()
        reach { [self] in alarm.set(on: self, after: limit) { expiry.pass(task) } }
        defer { reach { alarm.withdraw() } }
        return try await expiry.value(of: task, limit: limit)
    }
}

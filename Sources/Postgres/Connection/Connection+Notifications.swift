import Runtime

extension Connection {
    /// Waits until something has been notified, and returns all that has.
    func nextNotifications(at origin: CallSite) async throws(DatabaseError) -> [Notification] {
        while true {
            let turn = turns
            guard notifications.isEmpty else { break }
            if let fault { throw DatabaseError(.unreachable, report: fault, at: origin) }
            if Task.isCancelled { throw DatabaseError(.cancelled, at: origin) }
            await withTaskCancellationHandler {
                await waitForSocket(since: turn)
            } onCancel: {
                loop.execute { self.assumeIsolated { $0.wake() } }
            }
        }
        defer { notifications = [] }
        return notifications
    }
}

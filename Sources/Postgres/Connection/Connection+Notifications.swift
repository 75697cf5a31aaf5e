import Runtime

extension Connection {
    /// Waits until something has been notified, and returns all that has.
    ///
    /// A server that has said nothing for as long as `silence` is asked for a sign of life, and has as long again to
    /// give it: a peer can be gone without a word, and to whoever only listens that looks like silence for ever.
    func nextNotifications(silence: Duration, at origin: CallSite) async throws(DatabaseError) -> [Notification] {
        while true {
            let turn = turns
            guard notifications.isEmpty else { break }
            if let fault { throw DatabaseError(.unreachable, report: fault, at: origin) }
            if Task.isCancelled { throw DatabaseError(.cancelled, at: origin) }
            var isSilent = false
            let alarm = loop.schedule(after: silence) { [weak self] in
                isSilent = true
                self?.assumeIsolated { $0.wake() }
            }
            await withTaskCancellationHandler {
                await waitForSocket(since: turn)
            } onCancel: {
                loop.execute { self.assumeIsolated { $0.wake() } }
            }
            alarm.cancel()
            if isSilent, !Task.isCancelled { try await askForSignOfLife(within: silence, at: origin) }
        }
        defer { notifications = [] }
        return notifications
    }

    private func askForSignOfLife(within patience: Duration, at origin: CallSite) async throws(DatabaseError) {
        let alarm = loop.schedule(after: patience) { [weak self] in
            self?.assumeIsolated { $0.breakOff("the server gave no sign of life within \(patience)") }
        }
        defer { alarm.cancel() }
        _ = try await exchange([Statement("select")], at: origin)
    }
}

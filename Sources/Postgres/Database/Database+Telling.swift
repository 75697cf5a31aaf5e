public import Runtime

extension Database {
    /// Gives a connection back to the pool, and has what was committed on it told. The caller waits for neither.
    func giveBack(_ connection: Connection, telling news: Set<Notification>) {
        pool.giveBack(connection)
        tell(news)
    }

    /// Sends notifications of what has been committed: at once, or with others as soon as those before them are sent.
    ///
    /// A transaction that does nothing but notify waits for no disk, so it holds up the commits of others for moments
    /// only.
    func tell(_ news: Set<Notification>) {
        guard outbox.put(news) else { return }
        (EventLoop.current ?? loops.next()).spawn { await self.sendNews() }
    }

    /// Returns when all that has been committed so far has been told.
    public func untilTold() async {
        await outbox.untilEmpty()
    }

    private func sendNews() async {
        while let news = outbox.take() {
            TellingPoint.committed.pass()
            do {
                try await run(.notify(news))
            } catch {
                log.debug("Notifications were not sent.", ["reason": .string(error.report)])
            }
        }
    }
}

/// Where a program can be killed by a test between a commit and what is told of it.
public enum TellingPoint: String, FaultPoints {
    case committed = "telling.committed"
}

extension Connection {
    /// Runs `body` in a transaction on this connection, which the caller has on loan.
    ///
    /// - Parameter news: what is to be told of the transaction; only where it has been committed.
    nonisolated func transaction<Result>(
        opening: [SQL], telling news: inout Set<Notification>, at origin: CallSite,
        _ body: (borrowing Transaction) async throws -> Result
    ) async throws -> Result {
        let transaction = Transaction(on: self, opening: opening)
        do {
            let result = try await body(transaction)
            guard transaction.hasWork else { return result }
            let waiting = transaction.takeWaiting()
            let answers = try await commit(after: waiting, at: origin)
            news = transaction.news.union(waiting.news(in: answers))
            return result
        } catch {
            if transaction.hasBegun { await rollBack(at: origin) }
            throw error
        }
    }

    /// Commits the open transaction; returns what was answered to the statements before. If the connection breaks
    /// meanwhile, nobody knows whether it has.
    private func commit(after waiting: [Statement], at origin: CallSite) async throws(DatabaseError) -> [Answer] {
        if Task.isCancelled { throw DatabaseError(.cancelled, at: origin) }
        let answers: [Answer]
        do {
            answers = try await exchange(waiting + [Statement("commit")], onCancellation: .waitBriefly, at: origin)
        } catch {
            throw error.ifSentAndLost(.commitUnknown)
        }
        // A transaction in which a statement failed is rolled back even if it is asked to commit.
        guard answers.last?.commandTag == "COMMIT" else {
            throw DatabaseError(
                .rejected(.failedTransaction, constraint: nil),
                report: "a statement had failed, so the transaction was rolled back", at: origin)
        }
        return answers
    }

    /// Gives up the open transaction. If that fails, the connection is not lent again, and the server ends it itself.
    private func rollBack(at origin: CallSite) async {
        guard !isReusable, fault == nil else { return }
        _ = try? await exchange([Statement("rollback")], onCancellation: .waitBriefly, at: origin)
    }
}

extension DatabaseError {
    /// The same error, but for another reason if the connection was lost after something had been sent on it.
    func ifSentAndLost(_ reason: Reason) -> DatabaseError {
        guard self.reason == .unreachable || self.reason == .cancelled, wasSent else { return self }
        return DatabaseError(reason, report: report, table: table, wasSent: true, origin: origin)
    }
}

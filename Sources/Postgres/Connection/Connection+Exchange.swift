import CPostgres
import Runtime

/// What happens to an exchange when the task that waits for it is cancelled.
enum OnCancellation {
    /// The server is asked to cancel; the connection can be used again.
    case askServer
    /// The exchange goes on, because its outcome matters; if the server takes too long, the connection is given up.
    case waitBriefly
}

extension Connection {
    /// How long a server may take to answer after a cancellation, and after how long it is asked again: a request that
    /// arrives before the statement does nothing.
    private static let patience = Duration.seconds(5)
    private static let pauseBetweenRequests = Duration.seconds(1)

    /// Sends the statements in one go and waits for all their answers.
    ///
    /// Outside of a transaction they are one transaction of their own. The first refusal is thrown; what follows it is
    /// not performed by the server. Called on the connection's own loop, they are on their way before anything else
    /// there has its turn, so that the server works while the caller's neighbours do.
    nonisolated func exchange(
        _ statements: [Statement], onCancellation: OnCancellation = .askServer, at origin: CallSite
    ) async throws(DatabaseError) -> [Answer] {
        if let fault = statements.lazy.compactMap(\.fault).first {
            throw DatabaseError(.misused, report: fault, at: origin)
        }
        if onCancellation == .askServer, Task.isCancelled { throw DatabaseError(.cancelled, at: origin) }
        guard let asked = askAtOnce(statements, at: origin) else {
            return try await askAndWait(statements, onCancellation, at: origin)
        }
        return try await answers(to: asked.get(), statements, onCancellation, at: origin)
    }

    /// For callers elsewhere, who change threads once.
    private func askAndWait(
        _ statements: [Statement], _ onCancellation: OnCancellation, at origin: CallSite
    ) async throws(DatabaseError) -> [Answer] {
        try await answers(to: ask(statements, at: origin).get(), statements, onCancellation, at: origin)
    }

    /// Statements that were handed to libpq.
    private struct Question: Sendable {
        /// The number of the exchange that has begun with them.
        let exchange: Int
        /// What will be answered; nil where libpq refused a statement.
        let steps: [Step]?
        /// Whether all of them are on their way: what is short is.
        let isSent: Bool
    }

    /// Nil if this is not the connection's own loop.
    private nonisolated func askAtOnce(
        _ statements: [Statement], at origin: CallSite
    ) -> Result<Question, DatabaseError>? {
        loop.isCurrent ? assumeIsolated { $0.ask(statements, at: origin) } : nil
    }

    private func ask(_ statements: [Statement], at origin: CallSite) -> Result<Question, DatabaseError> {
        Result { () throws(DatabaseError) in
            let number = try beginExchange(at: origin)
            let steps = send(statements)
            return Question(exchange: number, steps: steps, isSent: steps != nil && PQflush(handle.pointer) == 0)
        }
    }

    private func answers(
        to question: Question, _ statements: [Statement], _ onCancellation: OnCancellation, at origin: CallSite
    ) async throws(DatabaseError) -> [Answer] {
        try await conclude(question.exchange, onCancellation) {
            guard let steps = question.steps else { return .failure(self.lost(at: origin)) }
            if !question.isSent, await !self.flush() { return .failure(self.lost(at: origin)) }
            return await self.takeAnswers(to: steps, of: statements, at: origin)
        }
    }

    /// Runs one exchange with the server, and sees to it that a cancellation reaches this one and no other.
    func conduct(
        _ onCancellation: OnCancellation, at origin: CallSite,
        _ body: () async -> Result<[Answer], DatabaseError>
    ) async throws(DatabaseError) -> [Answer] {
        if onCancellation == .askServer, Task.isCancelled { throw DatabaseError(.cancelled, at: origin) }
        return try await conclude(try beginExchange(at: origin), onCancellation, body)
    }

    private func conclude(
        _ number: Int, _ onCancellation: OnCancellation, _ body: () async -> Result<[Answer], DatabaseError>
    ) async throws(DatabaseError) -> [Answer] {
        let outcome = await withTaskCancellationHandler {
            await body()
        } onCancel: {
            cancelSoon(number, onCancellation)
        }
        if cancelling == nil { endExchange() } else { await endExchangeWithItsRequest() }
        return try outcome.get()
    }

    /// Begins an exchange, which is the only one until it is ended; answers with its number.
    func beginExchange(at origin: CallSite) throws(DatabaseError) -> Int {
        if let fault { throw DatabaseError(.unreachable, report: fault, at: origin) }
        guard !isExchanging else {
            throw DatabaseError(
                .misused, report: "two statements at a time in one transaction; use pipeline", at: origin)
        }
        isExchanging = true
        exchange += 1
        exchanges.add()
        lastRefusal = nil
        unfinished = nil
        return exchange
    }

    /// Ends an exchange that the server may have been asked to cancel: the request must have reached it before the next
    /// statement can be sent, or it would hit that one.
    func endExchangeWithItsRequest() async {
        cancelling?.cancel()
        if fault == nil { _ = await cancelling?.result }
        cancelling = nil
        endExchange()
    }

    private func endExchange() {
        isExchanging = false
        updateReusability()
    }

    /// What a task does when it is cancelled in the middle of exchange `number`.
    nonisolated func cancelSoon(_ number: Int, _ how: OnCancellation) {
        loop.execute { self.assumeIsolated { $0.cancelExchange(number, how) } }
    }

    /// Called on the loop when the task of exchange `number` has been cancelled.
    func cancelExchange(_ number: Int, _ how: OnCancellation) {
        guard isExchanging, exchange == number, cancelling == nil, fault == nil else { return }
        _ = loop.schedule(after: Self.patience) { [weak self] in
            self?.assumeIsolated { connection in
                guard connection.isExchanging, connection.exchange == number else { return }
                connection.breakOff("the server did not answer within \(Self.patience) after a cancellation")
            }
        }
        guard how == .askServer, let request = CancelRequest(for: handle.pointer) else { return }
        cancelling = loop.spawn { [cancellations, loop] in
            while true {
                try await cancellations.run { request.send() }
                try await loop.sleep(for: Self.pauseBetweenRequests)
            }
        }
    }

    private func takeAnswers(
        to steps: [Step], of statements: [Statement], at origin: CallSite
    ) async -> Result<[Answer], DatabaseError> {
        var answers: [Answer] = []
        answers.reserveCapacity(statements.count)
        var refusal: (answer: Answer, origin: CallSite)?
        for step in steps {
            var turn = turns
            var taken = takeAnswer(to: step)
            while case .notYet = taken {
                await waitForSocket(since: turn)
                turn = turns
                taken = takeAnswer(to: step)
            }
            guard case .answer(let answer) = taken else { return .failure(lost(at: origin)) }
            settle(step, answer)
            if case .forget = step { continue }
            if refusal == nil, answer.isFailure {
                let statement = answers.count < statements.count ? statements[answers.count] : nil
                refusal = (answer, statement?.origin ?? origin)
            }
            if case .execute = step { answers.append(answer) }
        }
        guard let refusal else { return .success(answers) }
        return .failure(describe(refusal.answer, at: refusal.origin))
    }

    /// The server's refusal, unless it is what this task's own cancellation asked for.
    func describe(_ refusal: Answer, at origin: CallSite) -> DatabaseError {
        let error = refusal.error(at: origin)
        guard error.sqlState == .queryCancelled, cancelling != nil else { return error }
        return DatabaseError(.cancelled, at: origin)
    }

    /// The error for a connection that broke in the middle of an exchange. What the server said last explains it better
    /// than the library.
    func lost(at origin: CallSite) -> DatabaseError {
        takeLastWords()
        let report = lastRefusal?.error(at: origin).report ?? fault ?? handle.message
        breakOff(report)
        let reason = cancelling == nil ? DatabaseError.Reason.unreachable : .cancelled
        return DatabaseError(reason, report: report, wasSent: true, origin: origin.description)
    }
}

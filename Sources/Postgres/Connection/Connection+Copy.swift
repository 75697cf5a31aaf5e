import CPostgres
import Runtime

/// Which way the data of a `COPY` goes.
enum CopyDirection {
    case toServer
    case fromServer

    var status: ExecStatusType { self == .toServer ? PGRES_COPY_IN : PGRES_COPY_OUT }
    var name: String { self == .toServer ? "from stdin" : "to stdout" }
}

extension Connection {
    /// How many bytes of a `COPY` are gathered before they are handed on.
    static let copyChunk = 1 << 16

    /// Performs a `COPY` whose data `body` moves: by ``sendCopyData(_:at:)``, or by ``nextCopyData(at:)`` to the end.
    /// Where `body` throws, nothing is copied. Answers with the number of rows.
    ///
    /// It is the caller's task that runs `body`, and not the connection's loop.
    nonisolated func copy(
        _ statement: Statement, _ direction: CopyDirection, at origin: CallSite, _ body: () async throws -> Void
    ) async throws -> Int {
        if let fault = statement.copyFault { throw DatabaseError(.misused, report: fault, at: origin) }
        if Task.isCancelled { throw DatabaseError(.cancelled, at: origin) }
        let number = try await beginExchange(at: origin)
        let outcome: Result<Int, any Error> = await withTaskCancellationHandler {
            do {
                try await beginCopy(statement.text, direction, at: origin)
                do {
                    try await body()
                } catch {
                    await giveUpCopy(number, direction, at: origin)
                    throw error
                }
                return .success(try await endCopy(direction, at: origin))
            } catch {
                return .failure(error)
            }
        } onCancel: {
            cancelSoon(number, .askServer)
        }
        await endExchangeWithItsRequest()
        return try outcome.get()
    }

    /// `COPY` is not possible in pipeline mode, which is therefore left for so long.
    private func beginCopy(_ text: String, _ direction: CopyDirection, at origin: CallSite) async throws(DatabaseError)
    {
        guard PQexitPipelineMode(handle.pointer) != 0, PQsendQuery(handle.pointer, text) != 0, await flush(),
            let first = await nextResult()
        else { throw lost(at: origin) }
        if first?.status == direction.status { return }
        if first?.movesCopyData == true {
            breakOff("a copy was to go the other way")
            throw DatabaseError(.misused, report: "the statement does not copy \(direction.name)", at: origin)
        }
        _ = try await restOfCopy(after: first, at: origin)
        throw DatabaseError(.misused, report: "the statement is not a copy \(direction.name)", at: origin)
    }

    /// Hands data on, and waits until all of it is on its way.
    func sendCopyData(_ bytes: [UInt8], at origin: CallSite) async throws(DatabaseError) {
        if cancelling != nil { throw DatabaseError(.cancelled, at: origin) }
        let isTaken = bytes.withUnsafeBytes { buffer in
            PQputCopyData(
                handle.pointer, buffer.assumingMemoryBound(to: CChar.self).baseAddress, Int32(buffer.count)) == 1
        }
        guard fault == nil, isTaken, await flush() else { throw lost(at: origin) }
    }

    /// The next stretch of data, in whole rows, and whether it is the last one. Between two calls nothing is read from
    /// the server, which then waits.
    func nextCopyData(at origin: CallSite) async throws(DatabaseError) -> (bytes: [UInt8], isLast: Bool) {
        var bytes: [UInt8] = []
        try? watch?.update([.readable])
        while fault == nil {
            let turn = turns
            var row: UnsafeMutablePointer<CChar>?
            let length = PQgetCopyData(handle.pointer, &row, 1)
            if length > 0, let row {
                bytes.append(contentsOf: UnsafeRawBufferPointer(start: row, count: Int(length)))
                PQfreemem(row)
                guard bytes.count >= Self.copyChunk else { continue }
                try? watch?.update([])
                return (bytes, false)
            }
            if length == -1 { return (bytes, true) }
            guard length == 0, !handle.isBroken else { break }
            await waitForSocket(since: turn)
        }
        throw lost(at: origin)
    }

    private func endCopy(_ direction: CopyDirection, at origin: CallSite) async throws(DatabaseError) -> Int {
        if direction == .toServer {
            guard PQputCopyEnd(handle.pointer, nil) == 1, await flush() else { throw lost(at: origin) }
        }
        return try await restOfCopy(after: nil, at: origin)
    }

    /// Ends a copy so that nothing of it is done, and what follows on the connection is answered.
    private func giveUpCopy(_ number: Int, _ direction: CopyDirection, at origin: CallSite) async {
        guard fault == nil else { return }
        switch direction {
        case .toServer:
            guard PQputCopyEnd(handle.pointer, "given up") == 1, await flush() else { return breakOff(handle.message) }
        case .fromServer:
            cancelExchange(number, .askServer)
            while fault == nil, let next = try? await nextCopyData(at: origin), !next.isLast {}
        }
        _ = try? await restOfCopy(after: nil, at: origin)
    }

    /// What the server says at the end, which may be a refusal.
    private func restOfCopy(after first: Answer?, at origin: CallSite) async throws(DatabaseError) -> Int {
        var rows = first?.affectedRows ?? 0
        var refusal = first?.isFailure == true ? first : nil
        while true {
            guard let next = await nextResult() else { throw lost(at: origin) }
            guard let answer = next else { break }
            if answer.isFailure { refusal = refusal ?? answer } else { rows = answer.affectedRows }
        }
        guard PQenterPipelineMode(handle.pointer) != 0 else { throw lost(at: origin) }
        if let refusal { throw describe(refusal, at: origin) }
        return rows
    }
}

extension Statement {
    /// Why it cannot be performed as a `COPY`; nil if it can.
    fileprivate var copyFault: String? {
        if parameters.count > 0 {
            return "a copy takes no values; put them into a temporary table that it selects from"
        }
        return fault
    }
}

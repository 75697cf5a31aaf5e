import CPostgres
import Runtime

extension Connection {
    /// Gives what libpq has kept back to the system, and takes in answers meanwhile so that neither side waits for the
    /// other; false if the connection is broken.
    func flush() async -> Bool {
        while fault == nil {
            let turn = turns
            switch PQflush(handle.pointer) {
            case 0:
                return (try? watch?.update([.readable])) != nil
            case 1:
                guard (try? watch?.update([.readable, .writable])) != nil else { return false }
                await waitForSocket(since: turn)
            default:
                return false
            }
        }
        return false
    }

    /// The answer to a step; nil if the connection broke.
    func nextAnswer(to step: Step) async -> Answer? {
        if case .mark = step { return await nextMark() }
        guard let answer = await nextResult() ?? nil else { return nil }
        guard let end = await nextResult() else { return answer.isFailure ? answer : nil }
        return end == nil ? answer : nil
    }

    /// Reads up to the mark. Where statements are a transaction of their own, that is where it is committed, and the
    /// server may still refuse: then the answer is that refusal.
    private func nextMark() async -> Answer? {
        var refusal: Answer?
        while let next = await nextResult() {
            guard let answer = next else {
                // The end of the refusal's answers comes before the mark; without one there is nothing to end.
                if refusal == nil || handle.isBroken { breakOff("the answers of the server are out of step") }
                continue
            }
            if answer.status == PGRES_PIPELINE_SYNC { return refusal ?? answer }
            if !answer.isFailure { breakOff("the answers of the server are out of step") }
            refusal = refusal ?? answer
        }
        return nil
    }

    /// What libpq has next, which is nothing at the end of a statement's answers; nil if the connection broke.
    func nextResult() async -> Answer?? {
        while fault == nil {
            let turn = turns
            if PQisBusy(handle.pointer) == 0 || handle.isBroken {
                let answer = PQgetResult(handle.pointer).map { Answer(owning: $0) }
                if let answer, answer.sqlState != nil { lastRefusal = answer }
                guard handle.isBroken, answer?.isFailure == true else { return .some(answer) }
                breakOff(lastRefusal?.error(at: CallSite()).report ?? handle.message)
                return nil
            }
            await waitForSocket(since: turn)
        }
        return nil
    }

    /// Reads what the server may have sent before it closed the connection, when sending to it has failed.
    func takeLastWords() {
        for _ in 0..<4 where fault == nil && PQisBusy(handle.pointer) == 0 {
            guard let answer = PQgetResult(handle.pointer).map({ Answer(owning: $0) }) else { return }
            if answer.sqlState != nil { lastRefusal = answer }
        }
    }
}

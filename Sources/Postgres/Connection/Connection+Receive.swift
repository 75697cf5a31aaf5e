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

    /// What there is of the answer to a step.
    enum Taken {
        case answer(Answer)
        case notYet
        case broken
    }

    /// The answer to a step, if all of it has come. Nothing is waited for in here: nearly always everything comes at
    /// once, and each function that could wait costs as much as all of this.
    func takeAnswer(to step: Step) -> Taken {
        if case .mark = step { return takeMark() }
        while true {
            switch next() {
            case .notYet: return .notYet
            case .result(let answer) where unfinished == nil: unfinished = answer
            case .end:
                guard let answer = takeUnfinished() else { return .broken }
                return .answer(answer)
            default:
                // What the server refused before it went is an answer.
                guard let answer = takeUnfinished(), answer.isFailure else { return .broken }
                return .answer(answer)
            }
        }
    }

    /// Reads up to the mark. Where statements are a transaction of their own, that is where it is committed, and the
    /// server may still refuse: then the answer is that refusal.
    private func takeMark() -> Taken {
        while true {
            switch next() {
            case .notYet: return .notYet
            case .broken: return .broken
            case .end:
                // The end of the refusal's answers comes before the mark; without one there is nothing to end.
                if unfinished == nil || handle.isBroken { breakOff("the answers of the server are out of step") }
            case .result(let answer) where answer.status == PGRES_PIPELINE_SYNC:
                return .answer(takeUnfinished() ?? answer)
            case .result(let answer):
                if !answer.isFailure { breakOff("the answers of the server are out of step") }
                unfinished = unfinished ?? answer
            }
        }
    }

    private func takeUnfinished() -> Answer? {
        defer { unfinished = nil }
        return unfinished
    }

    /// What libpq has next.
    private enum Next {
        case result(Answer)
        /// The end of a statement's answers.
        case end
        case notYet
        case broken
    }

    private func next() -> Next {
        guard fault == nil else { return .broken }
        guard PQisBusy(handle.pointer) == 0 || handle.isBroken else { return .notYet }
        let answer = PQgetResult(handle.pointer).map { Answer(owning: $0) }
        if let answer, answer.isFailure, answer.sqlState != nil { lastRefusal = answer }
        guard handle.isBroken, answer?.isFailure == true else { return answer.map(Next.result) ?? .end }
        breakOff(lastRefusal?.error(at: CallSite()).report ?? handle.message)
        return .broken
    }

    /// What libpq has next, as soon as it has come, which is nothing at the end of a statement's answers; nil if the
    /// connection broke.
    func nextResult() async -> Answer?? {
        while true {
            let turn = turns
            switch next() {
            case .result(let answer): return .some(answer)
            case .end: return .some(nil)
            case .broken: return nil
            case .notYet: await waitForSocket(since: turn)
            }
        }
    }

    /// Reads what the server may have sent before it closed the connection, when sending to it has failed.
    func takeLastWords() {
        for _ in 0..<4 where fault == nil && PQisBusy(handle.pointer) == 0 {
            guard let answer = PQgetResult(handle.pointer).map({ Answer(owning: $0) }) else { return }
            if answer.sqlState != nil { lastRefusal = answer }
        }
    }
}

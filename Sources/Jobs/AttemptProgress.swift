import Synchronization

/// How far an attempt has come in this process.
final class AttemptProgress: Sendable {
    enum Stage: Sendable {
        case open
        /// Settled in a transaction whose commit somebody else makes.
        case entrusted
        case settled
    }

    private struct State {
        var stage = Stage.open
        var cancelled: ClaimedJob?
        var isAlone = false
        var work: JobHandler.Work?
    }

    private let state = Mutex(State())

    var stage: Stage { state.withLock { $0.stage } }

    /// The job as it is to be settled, if somebody cancelled it.
    var cancelled: ClaimedJob? { state.withLock { $0.cancelled } }

    /// Whether it is not to be made together with others, because that has failed.
    var isAlone: Bool { state.withLock { $0.isAlone } }

    func beAlone() { state.withLock { $0.isAlone = true } }

    /// Notes what is to be done, where that has been read with other jobs.
    func prepare(_ work: @escaping JobHandler.Work) { state.withLock { $0.work = work } }

    func takeWork() -> JobHandler.Work? {
        state.withLock { state in
            defer { state.work = nil }
            return state.work
        }
    }

    func move(to stage: Stage) { state.withLock { $0.stage = stage } }

    /// Notes that the job was cancelled.
    ///
    /// - Parameter job: the job with the token by which it is to be settled.
    func cancel(_ job: ClaimedJob) { state.withLock { $0.cancelled = job } }
}

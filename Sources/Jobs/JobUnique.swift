/// Which jobs of a kind are the same as another, so that only one of them is left.
public struct JobUnique<J: Job>: Sendable {
    /// For how long a job keeps others that are the same from being left.
    public enum Span: Sendable, Hashable {
        /// Until a worker claims it for the first time: what changes after that is worth another job.
        case waiting
        /// Until it has ended or died.
        case unfinished
        /// For so long from its being left on, whatever becomes of it.
        case period(Duration)
    }

    let word: @Sendable (J) -> String
    let span: Span

    /// - Parameter fields: those of the arguments by which two jobs are the same.
    public static func by(
        for span: Span = .unfinished, _ fields: @escaping @Sendable (J) -> [String]
    ) -> JobUnique {
        // With their lengths, so that no two lists make the same word.
        JobUnique(word: { fields($0).map { "\($0.utf8.count) \($0)" }.joined(separator: " ") }, span: span)
    }
}

/// What became of the wish to leave a job that is to be the only one of its kind.
public enum JobLeaving: Sendable, Hashable {
    case left(JobID)
    /// There is one already; nil if it has ended since, or was cancelled.
    case duplicate(of: JobID?)

    /// The job that was left.
    public var id: JobID? {
        if case .left(let id) = self { id } else { nil }
    }
}

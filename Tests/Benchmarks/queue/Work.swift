import Jobs
import Postgres

/// A kind of job whose rate is measured.
protocol MeasuredJob: Job {
    init(number: Int)
}

/// Work that is done as soon as it is begun.
struct Nothing: MeasuredJob {
    static let kind: JobKind = "bench.nothing"
    static let queue: JobQueue = "bench"

    var number: Int
}

/// The same, of which nothing is kept.
struct Forgotten: MeasuredJob {
    static let kind: JobKind = "bench.forgotten"
    static let queue: JobQueue = "bench"
    static let policy = JobPolicy(keepsHistory: false)

    var number: Int
}

/// The same, a hundred in one transaction.
struct Together: MeasuredJob {
    static let kind: JobKind = "bench.together"
    static let queue: JobQueue = "bench"

    var number: Int
}

/// The same, of which nothing is kept.
struct TogetherForgotten: MeasuredJob {
    static let kind: JobKind = "bench.together.forgotten"
    static let queue: JobQueue = "bench"
    static let policy = JobPolicy(keepsHistory: false)

    var number: Int
}

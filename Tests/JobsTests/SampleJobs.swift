import Jobs
import Runtime

/// A job that carries a number.
struct Note: Job {
    static let kind: JobKind = "test.note"
    static let queue: JobQueue = "notes"
    static let policy = JobPolicy(
        attempts: 3, retry: .backoff(Backoff(first: .seconds(10), most: .seconds(60))), timeout: .seconds(30))

    var number: Int
    var text: String?
}

/// A job of another kind in the same queue.
struct Memo: Job {
    static let kind: JobKind = "test.memo"
    static let queue: JobQueue = "notes"
    static let policy = JobPolicy(attempts: 3, retry: .schedule([.zero]), priority: .bulk)

    var number: Int
}

/// A job without which the later ones of its key make no sense.
struct Step: Job {
    static let kind: JobKind = "test.step"
    static let queue: JobQueue = "notes"
    static let policy = JobPolicy(attempts: 2, retry: .schedule([.zero]), blocksKey: true)

    var number: Int
}

/// A job that may take no time at all.
struct Hurry: Job {
    static let kind: JobKind = "test.hurry"
    static let queue: JobQueue = "hurry"
    static let policy = JobPolicy(attempts: 1, timeout: .milliseconds(1))
}

/// A job of which nobody wants to know afterwards.
struct Brief: Job {
    static let kind: JobKind = "test.brief"
    static let queue: JobQueue = "notes"
    static let policy = JobPolicy(attempts: 3, keepsHistory: false)

    var number: Int
}

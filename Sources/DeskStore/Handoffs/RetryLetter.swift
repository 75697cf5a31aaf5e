public import Jobs

/// Left by the sender of a letter for those to whom it could not go yet, each at a time of his own.
public struct RetryLetter: Job {
    public static let kind: JobKind = "letter.retry"
    /// A queue of its own: what waits in it is told from what waits because no mail goes out at all.
    public static let queue: JobQueue = "mail-retries"
    public static let policy = SendLetter.policy

    public let letter: Int64

    public init(letter: Int64) { self.letter = letter }
}

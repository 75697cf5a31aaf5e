public import Jobs

/// Left by every event that somebody has to be told of; the routing worker sends it by mail.
public struct SendLetter: Job {
    public static let kind: JobKind = "letter.send"
    /// A queue of its own: mail never waits behind routing, nor routing behind a slow mail server.
    public static let queue: JobQueue = "mail"
    /// Long enough for every mail that is begun to be ended, so that none is cut off when the server has it already.
    public static let policy = JobPolicy(timeout: .seconds(180))

    public let letter: Int64

    public init(letter: Int64) { self.letter = letter }
}

public import Jobs
import Moments

extension DeskStore {
    /// A letter that waits for longer has not gone out by itself: the smarthost is not set or does not take it.
    public static let lettersGoWithin = Duration.seconds(300)

    /// The letters that wait for longer than they should; nil if there are none.
    public func waitingLetters() async throws -> JobBacklog? {
        try await JobLedger(database).backlog(of: SendLetter.queue, before: now - Self.lettersGoWithin)
    }
}

import DeskStore
import Jobs
import Moments
import Runtime

extension Doctor {
    /// A letter that is older has not gone out by itself: the smarthost is not set or does not take it.
    static let lettersGoWithin = Duration.seconds(300)
    /// Letters are looked at along the queue's index, and no more than this many.
    private static let mostLetters = 1000

    /// Whether letters wait. Without a smarthost none is dropped, so nobody but the queue would tell.
    func lettersOut() async throws -> String {
        let ledger = JobLedger(store.database)
        let waiting = try await ledger.list(.ready, queue: SendLetter.queue, limit: Self.mostLetters).jobs
        let bound = store.timekeeper.now - Self.lettersGoWithin
        let late = waiting.filter { $0.enqueuedAt < bound }
        let isSet = !["MERIDIAN_SMTP", "MERIDIAN_SMTP_FILE"].allSatisfy { (connection.settings[$0] ?? "").isEmpty }
        guard let oldest = late.map(\.enqueuedAt).min() else {
            return isSet
                ? "no letter waits longer than 5 minutes"
                : "no letter waits longer than 5 minutes; MERIDIAN_SMTP is not set here, and routing-worker needs it"
        }
        let number = waiting.count == Self.mostLetters ? "\(late.count) or more" : "\(late.count)"
        let advice =
            isSet
            ? "Look into the log of routing-worker, and whether the server that MERIDIAN_SMTP names takes mail"
            : "MERIDIAN_SMTP is not set here: set it for routing-worker. Nothing is dropped meanwhile"
        throw Trouble("letters wait since \(oldest.rfc3339): \(number). \(advice)")
    }
}

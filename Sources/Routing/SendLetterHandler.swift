import Desk
public import DeskMail
public import DeskStore
public import Jobs
public import Mail
import Moments
import Postgres
public import Runtime

/// Writes a letter in each recipient's language and hands it to the smarthost.
///
/// Who has had it is written down one by one, so that a repetition goes to the others only, and each to whom it could
/// not go yet has a time of his own. Between the smarthost's answer and the note of it the mail may go out twice;
/// it then carries the same Message-ID.
public struct SendLetterHandler: Sendable {
    let store: DeskStore
    /// Nil while no smarthost is set: letters wait, nothing is dropped.
    let sender: LetterSender?
    let outage: SmarthostOutage

    /// How long letters wait for a smarthost that is not set.
    static let patience = Duration.seconds(15)
    /// How many mails of one letter go out in one turn, and for how long mails are begun; hundreds of followers take
    /// several. A mail that is begun in time is ended within the time of the job.
    static let batch = 50
    static let turn = Duration.seconds(60)
    /// How long an acknowledgement waits for its ticket to be routed, since it tells who has it and when to expect an
    /// answer.
    public static let longestWaitForRouting = Duration.seconds(60)

    public init(_ store: DeskStore, composer: LetterComposer, client: SMTPClient?, log: Log) {
        let outage = SmarthostOutage(store, log: log)
        (self.store, self.outage) = (store, outage)
        sender = client.map { LetterSender(store: store, composer: composer, pool: SMTPPool($0), outage: outage) }
    }

    public var handler: JobHandler {
        JobHandler(for: SendLetter.self) { job, context in try await send(job.letter, context) }
    }

    public var retryHandler: JobHandler {
        JobHandler(for: RetryLetter.self) { job, context in try await send(job.letter, context) }
    }

    private func send(_ id: Int64, _ context: JobContext) async throws -> JobOutcome {
        guard let sender else { return .snooze(Self.patience) }
        if let rest = outage.rest { return .snooze(rest) }
        guard let letter = try await read(id) else { return .discard(because: "there is no letter \(id)") }
        if let pause = pause(before: letter) { return .snooze(pause) }
        let began = ContinuousClock.now
        let now = store.timekeeper.now
        var (count, next) = (0, Moment?.none)
        for person in letter.recipients {
            let delivery = letter.deliveries[person.id] ?? Delivery()
            if delivery.isSettled { continue }
            if let due = delivery.nextTryAt, due > now {
                next = min(next ?? due, due)
                continue
            }
            if count == Self.batch || ContinuousClock.now - began > Self.turn { return .snooze(.zero) }
            count += 1
            guard let outcome = try await sender.send(letter, to: person, after: delivery) else {
                return .snooze(outage.rest ?? Self.patience)
            }
            if case .later(let due, _, _) = outcome { next = min(next ?? due, due) }
        }
        guard let next else { return .done }
        try await context.complete { (transaction: borrowing Transaction) in
            try await transaction.enqueue(RetryLetter(letter: id), at: next, site: context.site)
        }
        return .done
    }

    private func read(_ id: Int64) async throws -> OwedLetter? {
        try await store.transaction { (transaction: borrowing Transaction) -> OwedLetter? in
            guard let letter = try await store.letter(id, using: transaction) else { return nil }
            let settled = try await transaction.settleRecipients(of: letter, at: store.timekeeper.now)
            if !letter.deliveries.isEmpty {
                try await transaction.abandonDeliveries(of: settled, at: store.timekeeper.now)
            }
            return settled
        }
    }

    /// How long a letter waits for what it is to tell; longer each time, so that a backlog is not looked at for ever.
    private func pause(before letter: OwedLetter) -> Duration? {
        guard letter.kind == .acknowledgement, letter.record.ticket.state == .new else { return nil }
        let waited = store.timekeeper.now.duration(since: letter.writtenAt)
        return waited < Self.longestWaitForRouting ? max(waited, .seconds(1)) : nil
    }
}

import Desk
public import DeskMail
public import DeskStore
public import Jobs
public import Mail
import Moments
import Postgres
public import Runtime
import Sockets

/// Writes a letter in each recipient's language and hands it to the smarthost.
///
/// Who has had it is written down one by one, so that a repetition goes to the others only. Between the smarthost's
/// answer and the note of it the mail may go out twice; it then carries the same Message-ID.
public struct SendLetterHandler: Sendable {
    let store: DeskStore
    let composer: LetterComposer
    /// Nil while no smarthost is set: letters wait, nothing is dropped.
    let client: SMTPClient?
    let log: Log

    /// How long letters wait for a smarthost that is not set or not there.
    static let patience = Duration.seconds(15)
    static let timeLimit = Duration.seconds(40)
    /// How many mails of one letter go out in one turn; hundreds of followers take several.
    static let batch = 50
    /// How long an acknowledgement waits for its ticket to be routed, since it tells who has it and when to expect an
    /// answer.
    public static let longestWaitForRouting = Duration.seconds(60)

    public init(_ store: DeskStore, composer: LetterComposer, client: SMTPClient?, log: Log) {
        (self.store, self.composer, self.client, self.log) = (store, composer, client, log)
    }

    public var handler: JobHandler {
        JobHandler(for: SendLetter.self) { job, context in try await send(job.letter) }
    }

    private func send(_ id: Int64) async throws -> JobOutcome {
        let found = try await store.transaction { (transaction: borrowing Transaction) -> OwedLetter? in
            guard let letter = try await store.letter(id, using: transaction) else { return nil }
            return try await transaction.settleRecipients(of: letter, at: store.timekeeper.now)
        }
        guard let letter = found else { return .discard(because: "there is no letter \(id)") }
        if let pause = pause(before: letter) { return .snooze(pause) }
        guard let client else { return .snooze(Self.patience) }
        let waiting = letter.recipients.filter { !letter.settled.contains($0.id) }
        for person in waiting.prefix(Self.batch) {
            guard let draft = composer.draft(letter, for: person, at: store.timekeeper.now) else {
                try await settle(id, for: person, refused: "\(person.address) is no address that mail can be sent to")
                continue
            }
            do {
                let envelope = Envelope(sender: composer.returnAddress(of: letter, to: person), recipients: draft.to)
                let replies = try await client.send(try MessageWriter.write(draft), envelope, within: Self.timeLimit)
                RoutingPoint.letterSent.pass()
                let refusal = replies.first { !$0.isPositive }
                if let refusal, !refusal.isPermanent { throw SMTPFailure.temporary(refusal) }
                try await settle(id, for: person, refused: refusal?.description)
            } catch SMTPFailure.permanent(let reply) {
                try await settle(id, for: person, refused: reply.description)
            } catch SMTPFailure.unreachable(let reason) {
                log.warning("letters wait for the smarthost", ["reason": .string(reason)])
                return .snooze(Self.patience)
            }
        }
        return waiting.count > Self.batch ? .snooze(.zero) : .done
    }

    /// How long a letter waits for what it is to tell; longer each time, so that a backlog is not looked at for ever.
    private func pause(before letter: OwedLetter) -> Duration? {
        guard letter.kind == .acknowledgement, letter.record.ticket.state == .new else { return nil }
        let waited = store.timekeeper.now.duration(since: letter.writtenAt)
        return waited < Self.longestWaitForRouting ? max(waited, .seconds(1)) : nil
    }

    private func settle(_ letter: Int64, for person: PersonRecord, refused: String?) async throws {
        let now = store.timekeeper.now
        try await store.transaction { (transaction: borrowing Transaction) in
            try await transaction.settle(letter: letter, for: person, at: now, refused: refused)
        }
        RoutingPoint.letterSettled.pass()
    }
}

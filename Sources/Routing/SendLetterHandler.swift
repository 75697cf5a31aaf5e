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
        guard let (letter, turn) = try await read(id) else { return .discard(because: "there is no letter \(id)") }
        if let pause = turn.pause { return .snooze(pause) }
        let began = ContinuousClock.now
        var next = turn.next
        for (place, person) in turn.people.enumerated() {
            if ContinuousClock.now - began > Self.turn { return try await breakOff(letter, before: person, .zero) }
            let outcome = try await sender.send(
                letter, to: person, after: letter.deliveries[person.id] ?? Delivery(),
                before: turn.people.dropFirst(place + 1).first)
            guard let outcome else { return try await breakOff(letter, before: person, outage.rest ?? Self.patience) }
            if case .later(let due, _, _) = outcome { next = min(next ?? due, due) }
        }
        if !turn.isAll { return .snooze(.zero) }
        guard let next else { return .done }
        try await context.complete { (transaction: borrowing Transaction) in
            try await transaction.enqueue(RetryLetter(letter: id), at: next, site: context.site)
        }
        return .done
    }

    /// What is to be done with a letter now.
    private struct Turn {
        /// How long the letter waits for what it is to tell.
        var pause: Duration?
        /// Those to whom it goes, one after the other.
        var people: [PersonRecord] = []
        /// Whether nobody else is to have it now.
        var isAll = true
        /// When it goes to the next one to whom it does not go now.
        var next: Moment?
    }

    /// Reads a letter, and writes down that it is on its way to the first one to whom it goes. With what becomes of
    /// that it is written down for the one after him, so that no try is made of which nothing is known.
    private func read(_ id: Int64) async throws -> (OwedLetter, Turn)? {
        try await store.transaction { (transaction: borrowing Transaction) -> (OwedLetter, Turn)? in
            let now = store.timekeeper.now
            guard let letter = try await store.letter(id, using: transaction) else { return nil }
            let settled = try await transaction.settleRecipients(of: letter, at: now)
            if !letter.deliveries.isEmpty { try await transaction.abandonDeliveries(of: settled, at: now) }
            var turn = turn(of: settled, at: now)
            if letter.exchange != nil, !turn.people.isEmpty {
                turn.pause = try await transaction.waitsForEarlier(id, patience: DeliveryRules.patience, at: now)
                if turn.pause != nil { turn.people = [] }
            }
            if let first = turn.people.first { try await transaction.begin(id, to: first, at: now) }
            return (settled, turn)
        }
    }

    private func turn(of letter: OwedLetter, at now: Moment) -> Turn {
        var turn = Turn(pause: pause(before: letter))
        if turn.pause != nil { return turn }
        for person in letter.recipients {
            let delivery = letter.deliveries[person.id] ?? Delivery()
            if delivery.isSettled { continue }
            if let due = delivery.nextTryAt, due > now {
                turn.next = min(turn.next ?? due, due)
            } else if turn.people.count < Self.batch {
                turn.people.append(person)
            } else {
                turn.isAll = false
            }
        }
        return turn
    }

    /// Goes on with a letter another time, which is not on its way to the next one after all.
    private func breakOff(
        _ letter: OwedLetter, before person: PersonRecord, _ pause: Duration
    ) async throws -> JobOutcome {
        let delivery = letter.deliveries[person.id] ?? Delivery()
        try await store.transaction { (transaction: borrowing Transaction) in
            try await transaction.letGo(letter.id, of: person, delivery)
        }
        return .snooze(pause)
    }

    /// How long a letter waits for what it is to tell; longer each time, so that a backlog is not looked at for ever.
    private func pause(before letter: OwedLetter) -> Duration? {
        guard letter.kind == .acknowledgement, letter.record.ticket.state == .new else { return nil }
        let waited = store.timekeeper.now.duration(since: letter.writtenAt)
        return waited < Self.longestWaitForRouting ? max(waited, .seconds(1)) : nil
    }
}

import Desk
import JSON
import Moments
import Postgres

/// What happens to a ticket, decided and not yet written.
struct Happening: Sendable {
    let before: TicketRecord
    private(set) var steps: [Step] = []

    /// An event, with the ticket as it is after it.
    struct Step: Sendable {
        let event: Ticket.Event
        let ticket: Ticket
        let effects: [Effect]
    }

    init(to record: TicketRecord) { before = record }

    var after: Ticket { steps.last?.ticket ?? before.ticket }

    mutating func add(_ event: Ticket.Event, at moment: Moment, by actor: Ticket.Actor) throws(Refusal) {
        var ticket = after
        let effects = try ticket.apply(event, at: moment, by: actor)
        steps.append(Step(event: event, ticket: ticket, effects: effects))
    }

    /// Whether people are told something and no more comes of it.
    var isWord: Bool {
        after.hasOnlyAged(since: before.ticket)
            && steps.allSatisfy { step in
                step.event.supplierState == nil
                    && step.effects.allSatisfy { if case .tell = $0 { true } else { false } }
            }
    }
}

extension DeskStore {
    /// Writes what happens to many tickets, which the transaction holds: what only has people told goes set by set, and
    /// all else ticket by ticket.
    func write(
        _ happenings: [Happening], _ recording: Recording, in directory: Directory,
        using transaction: borrowing Transaction
    ) async throws {
        let words = happenings.filter(\.isWord)
        let steps = words.flatMap(\.steps)
        let letters = steps.flatMap { step in
            step.effects.compactMap { effect -> OwedWord? in
                guard case .tell(let audience, let letter, let entry) = effect else { return nil }
                let site = directory.code(of: step.ticket.responsibility.place.site)
                return OwedWord(letter, to: audience, about: step.ticket, entry: entry, sent: site)
            }
        }
        let keys = try await transaction.newKeys(of: "letter", count: letters.count)
        transaction.append(steps, by: recording.actor, cause: recording.cause)
        transaction.age(words.map(\.after))
        try transaction.owe(letters, as: keys)
        for word in words {
            try transaction.leaveAutomation(
                of: word.steps.map(\.event), from: word.before.ticket, to: word.after, by: recording.actor,
                chain: recording.chain, in: directory)
        }
        for happening in happenings where !happening.isWord {
            _ = try await write(
                happening.steps.map(\.event), to: happening.before, recording, in: directory, using: transaction)
        }
    }
}

extension Transaction {
    /// The events in the log: what every later reader knows of them.
    borrowing func append(_ steps: some Collection<Happening.Step>, by actor: Ticket.Actor, cause: String?) {
        if steps.isEmpty { return }
        let tickets = steps.map(\.ticket)
        later(
            """
            insert into event (ticket, revision, episode, kind, at, actor_kind, actor, cause, data)
            select ticket, revision, episode, kind, at, \(actor.kind), \(actor.identifier), \(cause), data
            from unnest(\(tickets.map(\.id)), \(tickets.map(\.revision)), \(tickets.map(\.episode))::int[],
                \(steps.map(\.event.kind)), \(tickets.map(\.updatedAt)), \(steps.map(\.event.data.text)))
                as step (ticket, revision, episode, kind, at, data)
            """)
        for ticket in Set(tickets.map(\.id)) { tell(DeskStore.ticketChannel, ticket.description) }
    }

    /// Saves tickets of which nothing is different but their age and how far up they have been carried.
    fileprivate borrowing func age(_ tickets: [Ticket]) {
        if tickets.isEmpty { return }
        later(
            """
            update ticket set revision = aged.revision, updated_at = aged.at, escalation = aged.escalation,
                escalated_at = aged.escalated_at
            from unnest(\(tickets.map(\.id)), \(tickets.map(\.revision)), \(tickets.map(\.updatedAt)),
                \(tickets.map(\.undertakings.escalation)), \(tickets.map(\.undertakings.escalatedAt)))
                as aged (id, revision, at, escalation, escalated_at)
            where ticket.id = aged.id
            """)
    }
}

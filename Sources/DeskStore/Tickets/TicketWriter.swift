import Desk
import JSON
import Moments
import Postgres

extension Query<TicketRecord> {
    /// The ticket, held against other changes until the transaction ends.
    static func held(_ number: TicketNumber) -> Self {
        "select \(columns: TicketRecord.self) from ticket t where t.number = \(number) for no key update of t"
    }

    static func held(_ id: TicketID) -> Self {
        "select \(columns: TicketRecord.self) from ticket t where t.id = \(id) for no key update of t"
    }

    static func numbered(_ number: TicketNumber) -> Self {
        "select \(columns: TicketRecord.self) from ticket t where t.number = \(number)"
    }
}

extension Transaction {
    borrowing func insert(_ ticket: Ticket, subject: String) async throws {
        let (class_, place) = (ticket.classification, ticket.responsibility.place)
        try await run(
            """
            insert into ticket (id, number, site, kind, subject, state, impact, urgency, priority, category, channel,
                language, requester, holder, holder_site, tier, team, position, person, owner, episode, held_since,
                opened_at, last_update_at, team_since, first_line_since, updated_at, revision)
            values (\(ticket.id), \(ticket.number), \(ticket.origin), \(class_.kind), \(subject), \(ticket.state),
                \(class_.impact), \(class_.urgency), \(class_.priority), \(class_.category), \(ticket.channel),
                \(ticket.language), \(ticket.requester), \(ticket.holder.kind), \(place.site), \(place.tier),
                \(place.team), \(ticket.responsibility.position), \(ticket.responsibility.person), \(ticket.owner),
                \(ticket.episode), \(ticket.heldSince), \(ticket.times.opened), \(ticket.times.lastUpdate),
                \(ticket.times.teamSince), \(ticket.times.firstLineSince), \(ticket.updatedAt), \(ticket.revision))
            """)
    }

    borrowing func save(_ ticket: Ticket, subject: String) async throws {
        let (class_, place) = (ticket.classification, ticket.responsibility.place)
        let (open, ties) = (ticket.undertakings, ticket.ties)
        try await run(
            """
            update ticket set kind = \(class_.kind), subject = \(subject), state = \(ticket.state),
                outcome = \(ticket.outcome), impact = \(class_.impact), urgency = \(class_.urgency),
                priority = \(class_.priority), category = \(class_.category), language = \(ticket.language),
                holder = \(ticket.holder.kind), holder_site = \(place.site), tier = \(place.tier), team = \(place.team),
                supplier = \(ticket.holder.supplier), position = \(ticket.responsibility.position),
                person = \(ticket.responsibility.person), episode = \(ticket.episode), held_since = \(ticket.heldSince),
                first_response_at = \(ticket.times.firstResponse), resolved_at = \(ticket.times.resolved),
                closed_at = \(ticket.times.closed), last_update_at = \(ticket.times.lastUpdate),
                team_since = \(ticket.times.teamSince), first_line_since = \(ticket.times.firstLineSince),
                updated_at = \(ticket.updatedAt), revision = \(ticket.revision),
                owner = \(ticket.owner), callback_due = \(open.callback?.due),
                callback_promised_at = \(open.callback?.promisedAt), offered_site = \(open.offer?.site),
                offered_tier = \(open.offer?.tier), offered_team = \(open.offer?.team),
                sufficient = \(open.isSufficient), returns = \(open.returns), escalation = \(open.escalation),
                parent = \(ties.parent), merged_into = \(ties.mergedInto), major = \(ties.isMajor),
                followed = \(ties.hasFollowers)
            where id = \(ticket.id)
            """)
    }

    /// The event in the log: what every later reader knows of it.
    borrowing func append(_ event: Ticket.Event, to ticket: Ticket, by actor: Ticket.Actor, cause: String?) async throws
    {
        try await run(
            """
            insert into event (ticket, revision, episode, kind, at, actor_kind, actor, cause, data)
            values (\(ticket.id), \(ticket.revision), \(ticket.episode), \(event.kind), \(ticket.updatedAt),
                \(actor.kind), \(actor.identifier), \(cause), \(event.data.text))
            """)
    }
}

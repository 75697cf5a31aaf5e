import Desk
import JSON
import Moments
import Postgres

extension Query<TicketRecord> {
    static func numbered(_ number: TicketNumber) -> Self {
        "select \(columns: TicketRecord.self) from ticket t where t.number = \(number)"
    }

    /// - Parameter condition: on the ticket as t.
    fileprivate static func wanted(_ condition: SQL) -> Self {
        "select \(columns: TicketRecord.self) from ticket t where \(condition) order by t.id"
    }
}

extension SQL {
    /// What holds tickets against other changes until the transaction ends, and then reads them.
    ///
    /// Two statements: whoever had to wait for a ticket would get its newest row from one, but suppliers and
    /// questions, which are rows of their own, as they were before the wait.
    ///
    /// - Parameter condition: on the ticket as t.
    static func holding(_ condition: SQL) -> [SQL] {
        [
            "select t.id from ticket t where \(condition) order by t.id for no key update of t",
            Query<TicketRecord>.wanted(condition).sql,
        ]
    }
}

extension Transaction {
    /// The ticket, held against other changes until the transaction ends.
    borrowing func hold(_ number: TicketNumber) async throws -> TicketRecord? {
        try await hold("t.number = \(number)").first
    }

    borrowing func hold(_ id: TicketID) async throws -> TicketRecord? { try await hold("t.id = \(id)").first }

    /// The tickets, in the order of their keys.
    borrowing func hold(_ ids: [TicketID]) async throws -> [TicketRecord] { try await hold("t.id = any (\(ids))") }

    private borrowing func hold(_ condition: SQL) async throws -> [TicketRecord] {
        let answers = try await pipeline(SQL.holding(condition))
        let held = Set(try answers[0].rows(as: TicketID.self))
        // One that came into sight between the two is not held.
        return try answers[1].rows(of: TicketRecord.self).filter { held.contains($0.ticket.id) }
    }
}

extension Transaction {
    borrowing func insert(_ ticket: Ticket, subject: String) {
        let (class_, place) = (ticket.classification, ticket.responsibility.place)
        later(
            """
            insert into ticket (id, number, site, kind, subject, state, impact, urgency, priority,
                priority_basis, priority_reason, tags, category, channel, language, requester, holder, holder_site,
                tier, team, position, person, owner, episode, held_since, opened_at, first_response_at, last_update_at,
                team_since, first_line_since, updated_at, revision, client)
            values (\(ticket.id), \(ticket.number), \(ticket.origin), \(class_.kind), \(subject), \(ticket.state),
                \(class_.impact), \(class_.urgency), \(class_.priority),
                \(class_.basis), \(class_.priorityReason), \(class_.tags), \(class_.category), \(ticket.channel),
                \(ticket.language), \(ticket.requester), \(ticket.holder.kind), \(place.site), \(place.tier),
                \(place.team), \(ticket.responsibility.position), \(ticket.responsibility.person), \(ticket.owner),
                \(ticket.episode), \(ticket.heldSince), \(ticket.times.opened), \(ticket.times.firstResponse),
                \(ticket.times.lastUpdate), \(ticket.times.teamSince), \(ticket.times.firstLineSince),
                \(ticket.updatedAt), \(ticket.revision), \(ticket.client))
            """)
    }

    /// - Parameter old: the ticket as it stands in the database.
    borrowing func save(_ ticket: Ticket, subject: String, over old: Ticket) {
        keep(tags: ticket.classification.tags, of: ticket.id, over: old.classification.tags)
        let (class_, place) = (ticket.classification, ticket.responsibility.place)
        let (open, ties) = (ticket.undertakings, ticket.ties)
        later(
            """
            update ticket set kind = \(class_.kind), subject = \(subject), state = \(ticket.state),
                outcome = \(ticket.outcome), impact = \(class_.impact), urgency = \(class_.urgency),
                priority = \(class_.priority), priority_basis = \(class_.basis),
                priority_reason = \(class_.priorityReason), tags = \(class_.tags),
                category = \(class_.category), language = \(ticket.language),
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
                escalated_at = \(open.escalatedAt), resumes_at = \(open.resumesAt), means = \(open.means),
                parent = \(ties.parent), merged_into = \(ties.mergedInto), major = \(ties.isMajor),
                followed = \(ties.hasFollowers), listeners = \(ties.listeners),
                waits_for_parent = \(ties.waitsForParent), passed_on = \(ticket.wasPassedOn)
            where id = \(ticket.id)
            """)
    }

    /// Each tag's row, by which tickets are found.
    private borrowing func keep(tags: [String], of ticket: TicketID, over old: [String]) {
        let (gone, new) = (old.filter { !tags.contains($0) }, tags.filter { !old.contains($0) })
        if !gone.isEmpty { later("delete from ticket_tag where tag = any (\(gone)) and ticket = \(ticket)") }
        if !new.isEmpty {
            later("insert into ticket_tag (tag, ticket) select tag, \(ticket) from unnest(\(new)) tag")
        }
    }
}

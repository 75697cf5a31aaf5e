public import Desk
import Jobs
import Moments
public import Postgres
import TimeZones

/// What came of having a ticket routed.
public enum RoutingOutcome: Sendable {
    case routed(TicketRecord, RoutingDecision)
    /// The table says what is so already.
    case stays(TicketRecord, RoutingDecision)
    /// Somebody has taken care of the ticket before the table could.
    case wasTakenCareOf(TicketRecord)
    case noSuchTicket
    /// The table names what the organisation does not have.
    case cannot(RoutingDecision)
}

extension DeskStore {
    /// Decides by the routing table what a ticket is and where it belongs, and gives it to the team, or to a person of
    /// it where the team's tickets are shared out.
    ///
    /// - Parameters:
    ///   - again: whether somebody asks for it although the ticket has been routed.
    ///   - cause: what caused it, for the log.
    /// - Throws: `Refusal` where a ticket that has ended is to be routed again; `DatabaseError`.
    public func route(
        _ id: TicketID, again: Bool = false, by actor: Ticket.Actor = .program, cause: String?,
        using transaction: borrowing Transaction
    ) async throws -> RoutingOutcome {
        guard let brief = try await brief(of: id, again: again, using: transaction) else { return .noSuchTicket }
        let (record, directory) = (brief.record, brief.directory)
        let state = record.ticket.state
        if state != .new, !again { return .wasTakenCareOf(record) }
        if state == .resolved || state == .closed {
            throw Refusal(reason: state == .closed ? .isClosed : .isResolved, state: state, event: .routed)
        }
        let decision = try await decide(brief, using: transaction)
        guard let site = directory.sites[decision.site], let key = directory.teams[decision.team],
            let team = directory.organisation.team(decision.team),
            var to = directory.responsibility(of: key, at: site, position: directory.positions[decision.position])
        else { return .cannot(decision) }
        let old = record.ticket.classification
        let changes = decision.changes(
            to: old, category: decision.category.flatMap { directory.categories[$0] },
            withdrawing: brief.facts.ruledTags)
        var events: [Ticket.Event] = changes.isEmpty ? [] : [.changed(changes)]
        let stays = state != .new && record.ticket.responsibility.isAlready(to)
        if !stays {
            let isShared = team.assignment != .queue
            let chosen = isShared ? try await assignee(of: team, for: to, in: directory, using: transaction) : nil
            if let chosen { (to.position, to.person) = (chosen.position, chosen.person) }
            let why = decision.reasons(
                version: directory.version, assignment: chosen == nil ? nil : team.assignment, isAgain: again)
            events.append(.routed(to, rule: decision.rule, why: why))
        }
        if state == .new, let supplier = decision.supplier.flatMap({ directory.suppliers[$0] }) {
            events.append(.referred(supplier, note: nil))
        }
        if events.isEmpty { return .stays(record, decision) }
        var after = try await write(
            events, to: record, Recording(by: actor, cause: cause), in: directory, using: transaction)
        if state == .new {
            after = try await joinDisturbance(after, in: directory, cause: cause, using: transaction)
        }
        return stays ? .stays(after, decision) : .routed(after, decision)
    }

    /// Has a ticket that has been routed routed once more, in a transaction of its own.
    public func routeAgain(_ number: TicketNumber, cause: String) async throws -> RoutingOutcome {
        try await transaction { (transaction: borrowing Transaction) -> RoutingOutcome in
            let id = try await transaction.first("select id from ticket where number = \(number)", as: TicketID.self)
            guard let id else { return .noSuchTicket }
            return try await route(id, again: true, cause: cause, using: transaction)
        }
    }

    /// Leaves it to the routing worker to route a ticket once more.
    ///
    /// - Throws: `NoSuchTicket` where these eyes see none, `Refusal` where it has ended; `DatabaseError`.
    public func askForRouting(of number: TicketNumber, by person: PersonID, seeing sight: Sight) async throws {
        try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            guard let record = try await transaction.first(.numbered(number)) else {
                throw NoSuchTicket(number: number.description)
            }
            let ticket = record.ticket
            if ticket.state == .resolved || ticket.state == .closed {
                throw Refusal(
                    reason: ticket.state == .closed ? .isClosed : .isResolved, state: ticket.state, event: .routed)
            }
            let site = try await directory(using: transaction).code(of: ticket.responsibility.place.site)
            try transaction.enqueueLater(RouteTicket(ticket: ticket.id, asker: person), site: site)
        }
    }

    /// Decides by the rules, and by how the teams stand between which they leave the choice: read together, and once
    /// more only where those of the own site are full and others come into question.
    private func decide(
        _ brief: RoutingBrief, using transaction: borrowing Transaction
    ) async throws -> RoutingDecision {
        let organisation = brief.directory.organisation
        var situation = situation(brief.directory)
        let opinion = organisation.routing.weigh(brief.facts, in: organisation, situation)
        while true {
            let unknown = opinion.unknownTeams(in: organisation, situation)
            if unknown.isEmpty { return opinion.decision(in: organisation, situation) }
            let found = try await standings(of: unknown, in: brief.directory, using: transaction)
            situation.standings.merge(found) { $1 }
        }
    }

    /// Who of a team is given its next ticket. The team's turns are locked until the transaction ends, so that any
    /// number of workers share tickets out evenly; workers that route to other teams do not wait.
    private func assignee(
        of team: Team, for to: Responsibility, in directory: Directory, using transaction: borrowing Transaction
    ) async throws -> Assignee? {
        let key = to.place.team
        var posts = directory.organisation.workingPositions(of: team).compactMap { directory.positions[$0.code] }
        // A position that a rule names, such as the lead's, is meant alone.
        if !posts.contains(to.position) { posts = [to.position] }
        let answers = try await transaction.pipeline([
            "select pg_advisory_xact_lock(hashtext('meridian.assignment'), \(Int32(truncatingIfNeeded: key.rawValue)))",
            .assignees(of: key, in: posts, now: now),
        ])
        let people = try answers[1].rows(as: (PersonID, PositionID, Int64?, Int).self)
        let chosen = team.assignee(
            among: people.map { Assignee(person: $0.0, position: $0.1, lastTurn: $0.2, open: $0.3) })
        guard let chosen else { return nil }
        transaction.later(
            """
            insert into assignment_turn (team, person, turn) values (\(key), \(chosen.person), nextval('assignment_order'))
            on conflict (team, person) do update set turn = excluded.turn
            """)
        return chosen
    }
}

extension SQL {
    /// Who holds one of these positions, is there and available, with his turn and the number of his open tickets.
    static func assignees(of team: TeamID, in positions: [PositionID], now: Moment) -> SQL {
        """
        select h.person, min(h.post), (select a.turn from assignment_turn a where a.team = \(team)
                and a.person = h.person),
            (select count(*) from ticket t where t.person = h.person and t.state <> 'closed' and t.state <> 'resolved')
        from holding(\(now)) h
        where h.post = any (\(positions)) and not \(isAbsent("h.person", at: now))
            and coalesce((\(availability(of: "h.person", now: now))), 'available') = 'available'
        group by h.person order by h.person
        """
    }
}

extension Responsibility {
    /// Whether a decision of the table, which names no person, says what is so. A person of the team who has the ticket
    /// keeps it, by whichever position he has it.
    fileprivate func isAlready(_ decided: Responsibility) -> Bool {
        place == decided.place && (person != nil || position == decided.position)
    }
}

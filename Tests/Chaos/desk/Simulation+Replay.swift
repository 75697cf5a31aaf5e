import Desk
import DeskStore
import Jobs
import Moments
import Postgres

/// Each ticket told anew from its log alone, and held against what is kept.
extension Simulation {
    func checkReplay(of view: TicketView) async throws {
        let (ticket, number) = (view.ticket, "\(view.ticket.number)")
        let log = view.log.map(\.recorded)
        let states: [(ticket: Ticket, effects: [Effect])]
        do {
            states = try Ticket.replay(log, id: ticket.id)
        } catch {
            return fail("a log can be replayed", about: number, "\(error)")
        }
        if let last = states.last?.ticket, last != ticket {
            let difference = Self.difference(last, ticket)
            if !difference.isEmpty { fail("the ticket is what its log says", about: number, difference) }
        }
        let audited = Ledger(states: zip(states, log).map { ($0.ticket, $1.event.kind) })
        if audited.legs != view.legs {
            fail("legs are what the log says", about: number, "\(audited.legs) \(view.legs)")
        }
        // Several events at one instant are a microsecond apart.
        let end = max(view.asOf, ticket.updatedAt)
        let life = Self.life(states.map(\.ticket), until: end)
        let attribution = Attribution(view.legs, until: end)
        if attribution.total != life {
            fail("all time is somebody's", about: number, "\(life) µs of life, \(attribution.total) attributed")
        }
        try await checkClocks(of: view, states, until: end)
        try await checkDeadlines(of: view)
        try await checkSight(of: ticket, in: view.directory)
    }

    /// How long a ticket was open in all its episodes, by its states alone, in microseconds.
    private static func life(_ states: [Ticket], until end: Moment) -> Int64 {
        let ends = states.dropFirst().map(\.updatedAt) + [end]
        return zip(states, ends).reduce(0) { sum, stretch in
            let (ticket, next) = stretch
            return ticket.state == .closed
                ? sum : sum + max(0, next.duration(since: ticket.updatedAt).wholeMicroseconds)
        }
    }

    /// What is different, but for whether the team is a confidential one: that is not the log's to say.
    private static func difference(_ one: Ticket, _ other: Ticket) -> String {
        func words(_ ticket: Ticket) -> [(name: String, value: String)] {
            Mirror(reflecting: ticket).children.map { child in
                guard let place = child.value as? Responsibility else { return (child.label ?? "", "\(child.value)") }
                return (child.label ?? "", "\(place.place) \(place.position) \(place.person as Any)")
            }
        }
        return zip(words(one), words(other)).filter { $0.value != $1.value }
            .map { "\($0.name): log \($0.value), row \($1.value)" }.joined(separator: "; ")
    }

    /// What is armed is what the clocks say: what has not fired yet, at the instant at which it is due.
    private func checkDeadlines(of view: TicketView) async throws {
        let rows = try await world.operators.database.all(
            """
            select d.clock, d.kind, d.percent::int, d.due_at, d.fired_at is not null, d.retry_at is not null
            from deadline d where d.clock in (select id from clock where ticket = \(view.ticket.id))
            """, as: (Int64, DeadlineKind, Int, Moment?, Bool, Bool).self)
        // What could not be told is tried again, whatever has happened to its clock meanwhile.
        let late = Set(rows.filter { !$0.4 && $0.5 }.map(\.0))
        for kept in view.clocks where !late.contains(kept.id) {
            let own = rows.filter { $0.0 == kept.id }
            let fired = Set(own.filter(\.4).map { "\($0.1) \($0.2)" })
            let armed = own.filter { !$0.4 }.map { "\($0.1) \($0.2) at \($0.3?.rfc3339 ?? "no time")" }.sorted()
            let expected = kept.clock.deadlines.filter { !fired.contains("\($0.kind) \($0.percent)") }
                .map { "\($0.kind) \($0.percent) at \($0.at.rfc3339)" }.sorted()
            if armed != expected {
                fail(
                    "what is armed is what the clock says", about: "\(view.ticket.number)",
                    "\(kept.clock.measure): armed \(armed), expected \(expected)")
            }
        }
    }

    /// The circles that see it: its own, and unless it is confidential the homes of the teams that have to do with it
    /// and work for none of its sites.
    private func checkSight(of ticket: Ticket, in directory: Directory) async throws {
        let kept = Set(
            try await world.operators.database.all(
                """
                select s.kind || ' ' || s.subject from ticket_access a join scope s on s.id = a.scope
                where a.ticket = \(ticket.id) order by 1
                """, as: String.self))
        var expected = Set(ticket.scopes.map(Self.word))
        if !ticket.responsibility.isConfidential {
            let owner = directory.position(ticket.owner).flatMap { directory.teams[$0.team] }
            for team in ticket.places.map(\.team) + [owner].compactMap(\.self) {
                let sites = directory.team(team)?.sites.compactMap { directory.sites[$0] } ?? []
                let words = sites.map { Self.word(.site($0)) }
                if let home = words.first, expected.isDisjoint(with: words) { expected.insert(home) }
            }
        }
        // At home elsewhere may be those who had to do with what is closed.
        let isOfPast = !ticket.responsibility.isConfidential && ticket.state == .closed
        if isOfPast ? !kept.isSuperset(of: ticket.scopes.map(Self.word)) : kept != expected {
            // Whoever was to write it down anew may be lost with that; others find it, and in the end it has been done.
            if try await isLeft(RefreshAccess.kind) { return }
            fail(
                "who sees a ticket follows from it", about: "\(ticket.number)",
                "sees \(kept.sorted()), should \(expected.sorted())")
        }
    }

    private func isLeft(_ kind: JobKind) async throws -> Bool {
        try await world.operators.database.first(
            "select exists (select from jobs.job where kind = \(kind.rawValue))", as: Bool.self) ?? false
    }

    private static func word(_ scope: Scope) -> String { "\(scope.kind.rawValue) \(scope.subject)" }
}

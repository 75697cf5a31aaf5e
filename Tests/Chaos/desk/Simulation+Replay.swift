import Desk
import DeskStore
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
            fail("the ticket is what its log says", about: number, Self.difference(last, ticket))
        }
        let audited = Ledger(states: zip(states, log).map { ($0.ticket, $1.event.kind) })
        if audited.legs != view.legs {
            fail("legs are what the log says", about: number, "\(audited.legs) \(view.legs)")
        }
        let life = Self.life(states.map(\.ticket), until: view.asOf)
        let attribution = Attribution(view.legs, until: view.asOf)
        if attribution.total != life {
            fail("all time is somebody's", about: number, "\(life) µs of life, \(attribution.total) attributed")
        }
        checkClocks(of: view, states)
        try await checkDeadlines(of: view)
        try await checkSight(of: ticket)
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

    private static func difference(_ one: Ticket, _ other: Ticket) -> String {
        zip(Mirror(reflecting: one).children, Mirror(reflecting: other).children)
            .filter { "\($0.value)" != "\($1.value)" }
            .map { "\($0.label ?? ""): log \($0.value), row \($1.value)" }.joined(separator: "; ")
    }

    /// What is armed is what the clocks say: what has not fired yet, at the instant at which it is due.
    private func checkDeadlines(of view: TicketView) async throws {
        let rows = try await world.operators.database.all(
            """
            select d.clock, d.kind, d.percent::int, d.due_at, d.fired_at is not null from deadline d
            where d.clock in (select id from clock where ticket = \(view.ticket.id))
            """, as: (Int64, DeadlineKind, Int, Moment?, Bool).self)
        for kept in view.clocks {
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

    private func checkSight(of ticket: Ticket) async throws {
        let kept = try await world.operators.database.all(
            """
            select s.kind || ' ' || s.subject from ticket_access a join scope s on s.id = a.scope
            where a.ticket = \(ticket.id) order by 1
            """, as: String.self)
        let expected = Set(ticket.scopes.map { "\($0.kind.rawValue) \($0.subject)" }).sorted()
        if kept.sorted() != expected {
            fail("who sees a ticket follows from it", about: "\(ticket.number)", "sees \(kept), should \(expected)")
        }
    }
}

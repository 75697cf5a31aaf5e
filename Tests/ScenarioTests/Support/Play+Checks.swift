import Desk
import DeskStore
import DeskSuppliers
import DeskTestSupport
import JSON
import Mail
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing

/// What the journey in `JourneyOfAMailTests` must have left behind.
extension Play {
    /// Eight legs, from minute to minute, that hold the whole life; and a log from which the ticket can be told anew.
    func checkLedger() async throws {
        let view = try await view()
        #expect(view.ticket.state == .closed && view.ticket.outcome == .solved)
        let legs = view.legs.map { [minute($0.startedAt), minute($0.endedAt)] }
        #expect(
            legs == [[0, 1], [1, 20], [20, 220], [220, 240], [240, 250], [250, 290], [290, 300], [300, 310]])
        #expect(view.legs.map(\.holder.kind) == [.team, .team, .team, .supplier, .team, .supplier, .team, .requester])
        #expect(view.legs.prefix(3).map { directory.code(of: $0.place.site) } == ["OSL", "OSL", "AMS"])
        #expect(view.legs.prefix(3).map(\.place.tier) == [1, 1, 2])
        let replayed = try Ticket.replay(view.log.map(\.recorded), id: view.ticket.id)
        #expect(replayed.last?.ticket == view.ticket)
        #expect(view.bonds.map(\.state) == [.resolved] && view.bonds.first?.theirReference == "PW-7")
    }

    /// The first response came an hour and more too late; the solution in time, without Amsterdam's lunch.
    func checkClocks() async throws {
        let clocks = try await view().clocks.map(\.clock)
        let response = try #require(clocks.first { $0.measure == .firstResponse })
        #expect(response.state == .missed && minute(response.dueAt) == 270 && minute(response.stoppedAt) == 300)
        #expect(response.elapsed(at: scenario.time.now) == 270 * 60_000_000)
        let resolution = try #require(clocks.first { $0.measure == .resolution })
        #expect(resolution.state == .met && minute(resolution.stoppedAt) == 300)
    }

    /// The supplier heard the referral, the answer and the end, each once; the requester an acknowledgement and the
    /// solution.
    func checkWordsOutside() async throws {
        let events = scenario.outside.events
        #expect(events.map(\.payload.kind) == [.referral, .answer, .closure])
        #expect(events.map { $0.payload.disclosure[.note] } == ["Is it the cable?", "The third.", nil])
        let letters = scenario.outside.letters
        let requester = try await view().requester.address
        let toRequester = letters.filter { $0.header["To"]?.contains(requester) == true }
        #expect(toRequester.count == 2)
        #expect(Set(letters.compactMap(\.messageID)).count == letters.count, "each letter has a name of its own")
        let kinds = try await TestDatabase.current.all("select kind from letter order by id", as: String.self)
        #expect(kinds.count { $0 == "acknowledgement" } == 1 && kinds.count { $0 == "resolution" } == 1)
        #expect(kinds.count { $0 == "supplier_asked" } == 1 && kinds.count { $0 == "handed_over" } == 1)
    }

    /// What the reports count from.
    func checkFigures() async throws {
        let rows = try await scenario.reporting.database.all(
            """
            select number, top_tier, outcome, opened_at, resolved_at, closed_at from figure_ticket
            """, as: (TicketNumber, Int16, Ticket.Outcome, Moment, Moment, Moment).self)
        #expect(rows.map(\.0) == [number] && rows.map(\.1) == [2] && rows.map(\.2) == [.solved])
        #expect(rows.map { [minute($0.3), minute($0.4), minute($0.5)] } == [[0, 300, 310]])
        let held = try await scenario.reporting.database.all(
            """
            select holder, sum(extract(epoch from ended_at - started_at))::bigint / 60 from figure_leg
            group by 1 order by 1
            """,
            as: (Holder.Kind, Int64).self)
        #expect(held.map(\.0) == [.supplier, .team] && held.map(\.1) == [60, 240])
    }
}

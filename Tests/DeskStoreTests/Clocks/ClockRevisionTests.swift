import Desk
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@testable import DeskStore

@Suite("Clocks that are counted anew", .database(template: TestDesk.template))
struct ClockRevisionTests {
    private static let reason = "the target of an hour was a slip of the keyboard"

    /// Gives every target of the time to resolve another length.
    private func apply(resolution: String, to desk: TestDesk) async throws {
        let edited = try TestDesk.organisation { document in
            var targets = try #require(document["targets"] as? [[String: Any]])
            for index in targets.indices where targets[index]["measure"] as? String == "resolution" {
                targets[index]["within"] = resolution
            }
            document["targets"] = targets
        }
        _ = try await desk.store.apply(edited, by: "the tests")
    }

    private func resolution(of ticket: Ticket, _ desk: TestDesk) async throws -> ClockView {
        let view = try #require(await desk.store.view(of: ticket.number, seeing: .desk, including: true))
        return try #require(view.clocks.first { $0.clock.measure == .resolution })
    }

    private func fire(_ desk: TestDesk) async throws -> Int {
        try await desk.store.transaction { (transaction: borrowing Transaction) in
            let due = try await desk.store.claimDeadlines(100, at: nil, now: desk.time.now, using: transaction)
            try await desk.store.fire(due, using: transaction)
            return due.count
        }
    }

    @Test("After a mistake in a target, what it did is repaired and recorded; what has fired never fires again")
    func target() async throws {
        let desk = try TestDesk()
        let right = try await resolution(of: desk.accept(), desk).clock
        desk.time.advance(by: .seconds(1))
        try await apply(resolution: "1h", to: desk)
        let ticket = try await desk.accept()
        let wrong = try await resolution(of: ticket, desk)
        desk.time.advance(by: .seconds(2 * 3600))
        #expect(try await fire(desk) > 0)
        desk.time.advance(by: .seconds(1))
        _ = try await desk.store.apply(TestDesk.exampleOrganisation(), by: "the tests")

        func recount(isRehearsal: Bool = false) async throws -> [ClockShift] {
            try await desk.store.reevaluateClocks(
                of: ticket.number, because: Self.reason, cause: "the tests", isRehearsal: isRehearsal)
        }
        let rehearsed = try await recount(isRehearsal: true)
        #expect(try await resolution(of: ticket, desk) == wrong)
        #expect(try await recount() == rehearsed)
        let kept = try await resolution(of: ticket, desk)
        #expect(kept.id == wrong.id && kept.clock.target == right.target && kept.clock.state == .running)
        #expect(kept.clock.elapsed(at: desk.time.now) == wrong.clock.elapsed(at: desk.time.now))
        let due = try #require(kept.clock.dueAt)
        #expect(kept.clock.remaining(at: due) == 0 && due > desk.time.now)
        #expect(rehearsed == [ClockShift(ClockMark(.resolution), before: wrong.clock.dueAt, after: due)])

        let view = try #require(await desk.store.view(of: ticket.number, seeing: .desk, including: true))
        let last = try #require(view.log.last)
        guard case .clocksReevaluated(rehearsed, let note) = last.recorded.event else {
            Issue.record("\(last)")
            return
        }
        #expect(last.cause == "the tests" && view.entries.contains { $0.id == note && $0.text == Self.reason })
        #expect(try Ticket.replay(view.log.map(\.recorded), id: ticket.id).last?.ticket == view.ticket)

        #expect(try await recount() == [])
        desk.time.advance(by: .seconds(60 * 86_400))
        _ = try await fire(desk)
        let told = try await desk.store.database.all(
            """
            select kind || coalesce(data::json ->> 'percent', '') from event
            where ticket = \(ticket.id) and data like '%resolution%'
            """, as: String.self)
        #expect(told.count == Set(told).count, "\(told)")
    }

    @Test("A holiday that was forgotten is taken out of what has been counted, unless hours of that time are asked for")
    func holiday() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept()
        let other = try await resolution(of: ticket, desk)
        desk.time.advance(by: .seconds(4 * 3600))
        let edited = try TestDesk.organisation { document in
            var calendars = try #require(document["calendars"] as? [String: [String: Any]])
            for code in calendars.keys where code != "always" { calendars[code]?["holidays"] = ["2026-03-02"] }
            document["calendars"] = calendars
        }
        _ = try await desk.store.apply(edited, by: "the tests")
        let then = try await desk.store.reevaluateClocks(
            of: ticket.number, by: .ofTheirTime, because: Self.reason, cause: "the tests")
        #expect(then == [])
        let shifts = try await desk.store.reevaluateClocks(of: ticket.number, because: Self.reason, cause: "the tests")
        #expect(shifts.contains { $0.mark.measure == .resolution })
        let kept = try await resolution(of: ticket, desk)
        #expect(other.clock.elapsed(at: desk.time.now) > 0 && kept.clock.elapsed(at: desk.time.now) == 0)
        #expect(try #require(kept.clock.dueAt) > (try #require(other.clock.dueAt)))
        let armed = try await desk.store.database.all(
            "select kind, percent, due_at from deadline where clock = \(kept.id)", as: (DeadlineKind, Int, Moment).self)
        #expect(Set(armed.map { Deadline(kind: $0.0, percent: $0.1, at: $0.2) }) == Set(kept.clock.deadlines))
        #expect(try await desk.store.reevaluateClocks(of: ticket.number, because: "again", cause: "the tests") == [])
    }
}

import Desk
import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Routing
import RoutingTestSupport
import Runtime
import Testing

@Suite("Clocks follow other targets and hours", .database(template: TestDesk.template))
struct FollowTermsHandlerTests {
    @Test("Another target holds for the clocks of open tickets from then on, and what was counted stays")
    func target() async throws {
        let desk = try TestDesk()
        var numbers: [TicketNumber] = []
        for number in 0..<55 {
            numbers.append(try await desk.store.accept(TestDesk.submission(from: "p\(number)@x.example")).ticket.number)
        }
        try await settle(desk)
        try await desk.store.record(on: numbers[0], seeing: .desk, Recording(by: .program)) { _ in
            .resolved(.solved, note: nil)
        }
        desk.time.advance(by: .seconds(2 * 3600))
        let before = try await views(of: numbers, desk)
        func promise(_ document: inout [String: Any]) throws {
            var targets = try #require(document["targets"] as? [[String: Any]])
            for index in targets.indices where targets[index]["measure"] as? String == "resolution" {
                targets[index]["within"] = "90h"
            }
            document["targets"] = targets
        }
        let edited = try TestDesk.organisation(edited: promise)
        _ = try await desk.store.apply(edited, by: "the tests")
        desk.time.advance(by: .seconds(60))
        try await settle(desk)

        let after = try await views(of: numbers, desk)
        #expect(after[0].clocks == before[0].clocks)
        #expect(!after[0].log.contains { $0.recorded.event.kind == .termsChanged })
        for (old, new) in zip(before, after).dropFirst() {
            let (was, now) = (try resolution(old), try resolution(new))
            #expect(now.target.seconds == 90 * 3600 && now.segments.count == was.segments.count + 1)
            #expect(now.elapsed(at: desk.time.now) == was.elapsed(at: desk.time.now))
            let due = try #require(now.dueAt)
            #expect(now.remaining(at: due) == 0)
            let shift = ClockShift(ClockMark(.resolution), before: was.dueAt, after: due)
            #expect(new.log.last?.recorded.event == .termsChanged([shift]))
        }

        // What concerns no clock leaves nothing to do.
        let renamed = try TestDesk.organisation { document in
            try promise(&document)
            document["name"] = "Another name"
        }
        _ = try await desk.store.apply(renamed, by: "the tests")
        #expect(try await waiting() == 0)
    }

    @Test("Other hours count from then on")
    func hours() async throws {
        let desk = try TestDesk()
        let number = try await desk.store.accept(TestDesk.submission()).ticket.number
        try await settle(desk)
        desk.time.advance(by: .seconds(3600))
        let before = try resolution(await views(of: [number], desk)[0])
        let edited = try TestDesk.organisation { document in
            var calendars = try #require(document["calendars"] as? [String: [String: Any]])
            for code in calendars.keys where code != "always" { calendars[code]?["holidays"] = ["2026-03-03"] }
            document["calendars"] = calendars
        }
        _ = try await desk.store.apply(edited, by: "the tests")
        try await settle(desk)
        let after = try resolution(await views(of: [number], desk)[0])
        #expect(after.elapsed(at: desk.time.now) == before.elapsed(at: desk.time.now))
        #expect(after.segments.first?.calendar == before.segments.first?.calendar)
        #expect(after.calendar != before.calendar)
        #expect(try #require(after.dueAt) > (try #require(before.dueAt)))
    }

    /// Lets the routing worker do all that waits.
    private func settle(_ desk: TestDesk) async throws {
        let worker = try TestDesk(as: "meridian_routing", time: desk.time)
        try await RoutingRun(worker).drain("routing")
        await worker.store.database.close()
    }

    private func waiting() async throws -> Int {
        try await TestDatabase.current.first(
            "select count(*) from jobs.job where kind = 'clocks.follow-terms'", as: Int.self) ?? 0
    }

    private func views(of numbers: [TicketNumber], _ desk: TestDesk) async throws -> [TicketView] {
        var views: [TicketView] = []
        for number in numbers {
            views.append(try #require(await desk.store.view(of: number, seeing: .desk, including: true)))
        }
        return views
    }

    private func resolution(_ view: TicketView) throws -> Clock {
        try #require(view.clocks.first { $0.clock.measure == .resolution }).clock
    }
}

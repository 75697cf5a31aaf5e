import Desk
import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Routing
import Runtime
import SeedTestSupport
import Testing

@Suite("Following the sun", .database(template: TestDesk.template))
struct ShiftWatchTests {
    /// Oslo, Singapore and a desk on the west coast of America, eight hours each; Singapore has Wednesday off.
    private static func aroundTheWorld(action: String) throws -> Organisation {
        try TestDesk.organisation { document in
            var calendars = try #require(document["calendars"] as? [String: [String: Any]])
            func hours(_ zone: String, from: String, to: String, holidays: [String] = []) -> [String: Any] {
                let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map { ($0, [[from, to]]) }
                return ["zone": zone, "weekly": Dictionary(uniqueKeysWithValues: days), "holidays": holidays]
            }
            let sites = try #require(document["sites"] as? [[String: Any]])
            func calendar(of site: String) throws -> String {
                try #require(sites.first { $0["code"] as? String == site }?["calendar"] as? String)
            }
            calendars[try calendar(of: "OSL")] = hours("Europe/Oslo", from: "08:00", to: "16:30")
            calendars[try calendar(of: "SIN")] = hours(
                "Asia/Singapore", from: "07:00", to: "16:00", holidays: ["2026-03-04"])
            calendars[try calendar(of: "WAW")] = hours("America/Los_Angeles", from: "07:00", to: "16:00")
            document["calendars"] = calendars
            var teams = try #require(document["teams"] as? [[String: Any]])
            for index in teams.indices where teams[index]["tier"] as? Int == 1 { teams[index]["calendar"] = nil }
            document["teams"] = teams
            document["shifts"] = [
                [
                    "name": "Around the world", "priorities": [1, 2], "sites": ["OSL", "WAW", "SIN"], "action": action,
                ]
            ]
        }
    }

    private func responsibility(_ code: String, _ directory: Directory) throws -> Responsibility {
        let team = try #require(directory.organisation.team(code))
        let site = try #require(team.sites.first.flatMap { directory.sites[$0] })
        let key = try #require(directory.teams[code])
        return try #require(directory.responsibility(of: key, at: site))
    }

    /// A ticket that the first line of Oslo has.
    private func arrive(_ desk: TestDesk, urgency: Urgency) async throws -> TicketNumber {
        var submission = TestDesk.submission(at: try await desk.store.directory().sites["OSL"])
        (submission.impact, submission.urgency) = (.high, urgency)
        let number = try await desk.store.accept(submission).ticket.number
        try await desk.store.record(on: number, seeing: .desk, Recording(by: .program)) {
            .routed(try responsibility("osl-first", $0.directory), rule: "test")
        }
        return number
    }

    @Test("Through a week with a holiday at one site, no urgent ticket is with a closed desk while another is open")
    func week() async throws {
        let desk = try TestDesk()
        desk.time.advance(by: .seconds(1))
        _ = try await desk.store.apply(Self.aroundTheWorld(action: "hand_over"), by: "the tests")
        let directory = try await desk.store.directory()
        let watch = ShiftWatch(try TestDesk(as: "meridian_routing", time: desk.time).store, log: .silent)
        var seed = Seed(20_260_302)
        var (moves, closedWithoutRelief) = (0, 0)
        for _ in 0..<(7 * 48) {
            if Int.random(in: 0..<12, using: &seed) == 0 { _ = try await arrive(desk, urgency: .high) }
            desk.time.advance(by: .seconds(1800))
            while case let moved = try await watch.move(), moved > 0 { moves += moved }
            let held = try await desk.store.database.all(
                "select team, owner from ticket where state <> 'closed'", as: (TeamID, PositionID?).self)
            for (team, owner) in held {
                #expect(owner != nil)
                let group = try #require(directory.team(team))
                if directory.isOpen(directory.organisation.calendar(of: group), at: desk.time.now) { continue }
                closedWithoutRelief += 1
                let others = ["osl-first", "sin-first", "waw-first"].filter { code in
                    directory.organisation.team(code).map {
                        directory.isOpen(directory.organisation.calendar(of: $0), at: desk.time.now)
                    } ?? false
                }
                #expect(others.isEmpty, "\(group.code) is closed at \(desk.time.now.rfc3339), but \(others) is not")
            }
        }
        #expect(moves > 50, "\(moves) moves, \(closedWithoutRelief) looks in vain")
    }

    @Test("A ticket that is offered stays until the next desk accepts; what it declined is not offered at once again")
    func offers() async throws {
        let desk = try TestDesk(at: Moment(seconds: 1_772_442_000 + 7 * 3600))
        _ = try await desk.store.apply(Self.aroundTheWorld(action: "offer"), by: "the tests")
        let number = try await arrive(desk, urgency: .high)
        let calm = try await arrive(desk, urgency: .low)
        let watch = ShiftWatch(desk.store, log: .silent)
        #expect(try await watch.move() == 1)
        func ticket(_ number: TicketNumber) async throws -> Ticket {
            try #require(await desk.store.view(of: number, seeing: .desk, including: true)).ticket
        }
        let offered = try await ticket(number)
        #expect(offered.undertakings.offer != nil && offered.responsibility.place != offered.undertakings.offer)
        #expect(try await ticket(calm).undertakings.offer == nil)
        #expect(try await watch.move() == 0)
        try await desk.store.record(on: number, seeing: .desk, Recording(by: .program)) { _ in .offerDeclined(note: nil)
        }
        #expect(try await watch.move() == 0)
    }
}

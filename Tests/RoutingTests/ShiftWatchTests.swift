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
    private static func aroundTheWorld(
        action: String, edited edit: (inout [String: Any]) throws -> Void = { _ in }
    ) throws -> Organisation {
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
            try edit(&document)
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
        let note = try #require(
            await desk.store.view(of: number, seeing: .desk, including: true)?.entries.last { $0.kind == .system })
        #expect(note.text.contains("Around the world") && note.text.contains("Smoke comes out of it."))
        try await desk.store.record(on: number, seeing: .desk, Recording(by: .program)) { _ in .offerDeclined(note: nil)
        }
        #expect(try await watch.move() == 0)
    }

    @Test("An offer that nobody answers goes on when the desk closes that has it; who declined it is not asked again")
    func offersGoOn() async throws {
        // Monday 17:00 in Oslo, which is closed; the west coast opens at 07:00 there, or 16:00 in Oslo.
        let desk = try TestDesk(at: Moment(seconds: 1_772_442_000 + 7 * 3600))
        _ = try await desk.store.apply(Self.aroundTheWorld(action: "offer"), by: "the tests")
        let number = try await arrive(desk, urgency: .high)
        let watch = ShiftWatch(desk.store, log: .silent)
        let directory = try await desk.store.directory()
        func offered() async throws -> String? {
            let view = try #require(await desk.store.view(of: number, seeing: .desk, including: true))
            return view.ticket.undertakings.offer.map { directory.teams.code(of: $0.team) }
        }
        _ = try await watch.move()
        #expect(try await offered() == "waw-first")
        // Tuesday 01:00 in Oslo: the west coast closes, Singapore is open.
        desk.time.advance(by: .seconds(8 * 3600))
        #expect(try await watch.move() == 1)
        #expect(try await offered() == "sin-first")
        try await desk.store.record(on: number, seeing: .desk, Recording(by: .program)) { _ in .offerDeclined(note: nil)
        }
        #expect(try await watch.move() == 0)
        // 17:00 again: the west coast is asked, which has not declined.
        desk.time.advance(by: .seconds(16 * 3600))
        #expect(try await watch.move() == 1)
        #expect(try await offered() == "waw-first")
    }

    @Test("Through a week of offers, whatever is urgent is offered to an open desk that has not declined it")
    func weekOfOffers() async throws {
        let desk = try TestDesk()
        desk.time.advance(by: .seconds(1))
        _ = try await desk.store.apply(Self.aroundTheWorld(action: "offer"), by: "the tests")
        let directory = try await desk.store.directory()
        let watch = ShiftWatch(desk.store, log: .silent)
        func isOpen(_ team: TeamID) throws -> Bool {
            let group = try #require(directory.team(team))
            return directory.isOpen(directory.organisation.calendar(of: group), at: desk.time.now)
        }
        let lines = try ["osl-first", "sin-first", "waw-first"].map { try #require(directory.teams[$0]) }
        var seed = Seed(20_260_309)
        var declined: [TicketNumber: [TeamID: Moment]] = [:]
        var accepted = 0
        for _ in 0..<(7 * 48) {
            if Int.random(in: 0..<16, using: &seed) == 0 { _ = try await arrive(desk, urgency: .high) }
            desk.time.advance(by: .seconds(1800))
            while try await watch.move() > 0 {}
            let held = try await desk.store.database.all(
                "select number, team, offered_team from ticket order by id", as: (TicketNumber, TeamID, TeamID?).self)
            for (number, team, offer) in held where try !isOpen(team) {
                let willing = try lines.filter { line in
                    let last = declined[number]?[line]
                    return try line != team && isOpen(line)
                        && last.map { desk.time.now > $0 + .seconds(12 * 3600) } ?? true
                }
                if willing.isEmpty { continue }
                let asked = try #require(offer, "\(number) is offered to nobody at \(desk.time.now.rfc3339)")
                #expect(try isOpen(asked), "\(number) is offered to a closed desk at \(desk.time.now.rfc3339)")
                switch Int.random(in: 0..<8, using: &seed) {
                case 0:
                    try await desk.store.record(on: number, seeing: .desk, Recording(by: .program)) { _ in
                        .offerDeclined(note: nil)
                    }
                    declined[number, default: [:]][asked] = desk.time.now
                case 1:
                    try await desk.store.record(on: number, seeing: .desk, Recording(by: .program)) { occasion in
                        let place = try #require(occasion.ticket.undertakings.offer)
                        return .offerAccepted(
                            try #require(occasion.directory.responsibility(of: place.team, at: place.site)))
                    }
                    accepted += 1
                default: break
                }
            }
        }
        #expect(accepted > 10 && declined.count > 5, "\(accepted) accepted, \(declined.count) declined")
    }

    @Test("A lunch break is not the end of a shift, a long evening is")
    func lunch() async throws {
        let desk = try TestDesk(at: TestDesk.monday)
        let organisation = try Self.aroundTheWorld(action: "hand_over") { document in
            var calendars = try #require(document["calendars"] as? [String: [String: Any]])
            let sites = try #require(document["sites"] as? [[String: Any]])
            let oslo = try #require(sites.first { $0["code"] as? String == "OSL" }?["calendar"] as? String)
            let hours = [["08:00", "11:00"], ["12:00", "16:30"]]
            calendars[oslo]?["weekly"] = ["mon": hours, "tue": hours, "wed": hours]
            document["calendars"] = calendars
            var shifts = try #require(document["shifts"] as? [[String: Any]])
            // Singapore is open until nine in the morning of Oslo, so the rule needs another desk for noon.
            shifts[0]["sites"] = ["OSL", "AMS"]
            document["shifts"] = shifts
        }
        _ = try await desk.store.apply(organisation, by: "the tests")
        let number = try await arrive(desk, urgency: .high)
        let watch = ShiftWatch(desk.store, log: .silent)
        // 11:30 in Oslo; Amsterdam works.
        desk.time.advance(to: TestDesk.monday + .seconds(5400))
        #expect(try await watch.move() == 0)
        // 16:45, and Amsterdam works until half past five.
        desk.time.advance(to: TestDesk.monday + .seconds(24_300))
        #expect(try await watch.move() == 1)
        let ticket = try #require(await desk.store.view(of: number, seeing: .desk, including: true)).ticket
        #expect(try await desk.store.directory().teams.code(of: ticket.responsibility.place.team) == "ams-first")
    }

    @Test("A ticket that cannot be moved does not keep the others, nor what other rules move")
    func poison() async throws {
        let desk = try TestDesk(at: Moment(seconds: 1_772_442_000 + 7 * 3600))
        _ = try await desk.store.apply(Self.aroundTheWorld(action: "hand_over"), by: "the tests")
        var numbers: [TicketNumber] = []
        for _ in 0..<3 { numbers.append(try await arrive(desk, urgency: .high)) }
        try await TestDatabase.current.run(
            script: """
                create function spoil() returns trigger language plpgsql as $$
                begin
                    if new.ticket = (select id from ticket where number = '\(numbers[1])') then
                        raise exception 'this one does not move';
                    end if;
                    return new;
                end $$;
                create trigger spoil before insert on event for each row
                    when (new.kind = 'handed_over') execute function spoil();
                """)
        let watch = ShiftWatch(desk.store, log: .silent)
        #expect(try await watch.move() == 2)
        let teams = try await TestDatabase.current.all("select team from ticket order by id", as: TeamID.self)
        #expect(teams[0] == teams[2] && teams[1] != teams[0])
        #expect(try await watch.move() == 0)
    }
}

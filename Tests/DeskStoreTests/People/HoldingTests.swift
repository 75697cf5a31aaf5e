import Desk
import DeskStore
import DeskTestSupport
import JSON
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@Suite("Who holds a position when", .database(template: TestDesk.template))
struct HoldingTests {
    private static let kari = "kari.nordmann@norrsken.example"

    /// The desk after an edit of the position of Oslo's first line.
    private func desk(_ roster: [[String: Any]], people: [[String: Any]] = []) async throws -> TestDesk {
        let desk = try TestDesk()
        let changed = try TestDesk.organisation { document in
            let positions = try #require(document["positions"] as? [[String: Any]])
            document["positions"] = positions.map {
                $0["code"] as? String == "osl-first-agent" ? $0.merging(["roster": roster]) { $1 } : $0
            }
            document["people"] = (document["people"] as? [[String: Any]] ?? []) + people
        }
        _ = try await desk.store.apply(changed, by: "the tests")
        return desk
    }

    private func position(on desk: TestDesk) async throws -> PositionID {
        try #require(await desk.store.directory().positions["osl-first-agent"])
    }

    private func names(_ desk: TestDesk, at instant: String) async throws -> [String] {
        let moment = try #require(Moment(rfc3339: instant))
        return try await desk.store.holders(of: [position(on: desk)], at: moment).map(\.name)
    }

    private static func colleague(_ name: String) -> [String: Any] {
        [
            "email": "\(name.lowercased())@norrsken.example", "name": name, "language": "nb", "site": "OSL",
            "positions": ["osl-first-agent"],
        ]
    }

    @Test("Hours of the week are those of the wall of the team's home, on both sides of a change of the clocks")
    func week() async throws {
        let desk = try await desk([["person": Self.kari, "days": ["sat", "mon"], "between": ["08:00", "16:00"]]])
        // Monday 9 March: Oslo is one hour ahead of UTC. Half-open: not at four.
        #expect(try await names(desk, at: "2026-03-09T06:59:59.999999Z") == [])
        #expect(try await names(desk, at: "2026-03-09T07:00:00Z") == ["Kari Nordmann"])
        #expect(try await names(desk, at: "2026-03-09T14:59:59.999999Z") == ["Kari Nordmann"])
        #expect(try await names(desk, at: "2026-03-09T15:00:00Z") == [])
        #expect(try await names(desk, at: "2026-03-10T10:00:00Z") == [], "not on a Tuesday")
        // Monday 30 March: two hours ahead.
        #expect(try await names(desk, at: "2026-03-30T06:00:00Z") == ["Kari Nordmann"])
        #expect(try await names(desk, at: "2026-03-30T05:59:59Z") == [])
        #expect(try await names(desk, at: "2026-03-30T14:00:00Z") == [])
    }

    @Test("A night belongs to the day on which it begins, from Sunday to Monday too; another site's wall may be named")
    func nights() async throws {
        let desk = try await desk([
            ["person": Self.kari, "days": ["sun"], "between": ["22:00", "06:00"]],
            ["person": Self.kari, "days": ["wed"], "between": ["09:00", "10:00"], "site": "SIN"],
        ])
        #expect(try await names(desk, at: "2026-03-08T20:59:59Z") == [])
        #expect(try await names(desk, at: "2026-03-08T21:00:00Z") == ["Kari Nordmann"])
        #expect(try await names(desk, at: "2026-03-09T04:59:59Z") == ["Kari Nordmann"])
        #expect(try await names(desk, at: "2026-03-09T05:00:00Z") == [])
        #expect(try await names(desk, at: "2026-03-09T21:30:00Z") == [], "Monday's night is somebody else's")
        #expect(try await names(desk, at: "2026-03-11T01:30:00Z") == ["Kari Nordmann"])
    }

    @Test(
        "Who stands in no line of the roster holds the position always; a dated entry adds somebody, or takes a place")
    func dated() async throws {
        let desk = try await desk(
            [["person": Self.kari, "days": ["mon"], "between": ["08:00", "16:00"]]],
            people: [
                Self.colleague("Bo")
            ])
        #expect(try await names(desk, at: "2026-03-03T10:00:00Z") == ["Bo"])
        let (kari, bo) = (try await desk.person("kari.nordmann"), try await desk.person("bo"))
        let daan = try await desk.person("daan.bakker")
        let position = try await position(on: desk)
        let (from, to) = try (
            #require(Moment(rfc3339: "2026-03-09T09:00:00Z")), #require(Moment(rfc3339: "2026-03-09T12:00:00Z"))
        )
        let instead = try await desk.store.roster(
            daan, as: position, since: from, until: to, insteadOf: kari, by: .program)
        #expect(try await names(desk, at: "2026-03-09T08:59:59Z") == ["Bo", "Kari Nordmann"])
        #expect(try await names(desk, at: "2026-03-09T09:00:00Z") == ["Bo", "Daan Bakker"])
        #expect(try await names(desk, at: "2026-03-09T12:00:00Z") == ["Bo", "Kari Nordmann"])
        // He who stands in may be replaced himself.
        _ = try await desk.store.roster(bo, as: position, since: from, until: to, insteadOf: daan, by: .program)
        #expect(try await names(desk, at: "2026-03-09T10:00:00Z") == ["Bo"])
        try await desk.store.end(rosterEntry: instead.id, by: .program)
        #expect(try await names(desk, at: "2026-03-09T10:00:00Z") == ["Bo", "Kari Nordmann"])
        await #expect(throws: UnfitRosterEntry.unknown) {
            try await desk.store.end(rosterEntry: instead.id, by: .program)
        }
        await #expect(throws: UnfitRosterEntry.isOver) {
            _ = try await desk.store.roster(bo, as: position, since: to, until: from, by: .program)
        }
    }

    @Test(
        "Who stands in sees what the position's people see, for that time alone; the hours of a week take nothing away")
    func sight() async throws {
        let desk = try await desk([["person": Self.kari, "days": ["sat"], "between": ["08:00", "09:00"]]])
        let (kari, daan) = (try await desk.person("kari.nordmann"), try await desk.person("daan.bakker"))
        let position = try await position(on: desk)
        #expect(try await desk.store.rights(of: kari).positions.contains(position))
        #expect(try await !desk.store.rights(of: daan).positions.contains(position))
        let until = desk.time.now + .seconds(3600)
        _ = try await desk.store.roster(daan, as: position, since: desk.time.now, until: until, by: .program)
        #expect(try await desk.store.rights(of: daan).positions.contains(position))
        desk.time.advance(by: .seconds(3600))
        #expect(try await !desk.store.rights(of: daan).positions.contains(position))
    }

    @Test("A document whose roster names somebody who does not hold the position is refused, with the place")
    func unfit() throws {
        do {
            _ = try TestDesk.organisation { document in
                let positions = try #require(document["positions"] as? [[String: Any]])
                let line: [String: Any] = ["person": "daan.bakker@norrsken.example", "between": ["08:00", "16:00"]]
                document["positions"] = positions.map {
                    $0["code"] as? String == "osl-first-agent" ? $0.merging(["roster": [line]]) { $1 } : $0
                }
            }
            Issue.record("it was taken")
        } catch let faults as JSONFaults {
            #expect(faults.list.map { "\($0.pointer)" } == ["/positions/0/roster/0/person"])
        }
    }

    @Test(
        "Put through is only to who says that he is available, has his hours and is not absent, while the team is open")
    func presence() async throws {
        let desk = try await desk(
            [["person": "bo@norrsken.example", "days": ["mon"], "between": ["08:00", "12:00"]]],
            people: [Self.colleague("Bo")])
        let bo = try await desk.person("bo")
        let directory = try await desk.store.directory()
        let place = try (#require(directory.organisation.team("osl-first")), #require(directory.sites["OSL"]))
        func people() async throws -> [PersonID] {
            try await desk.store.presence(of: [(team: place.0, site: place.1)], in: directory)[0].people.map(\.id)
        }
        #expect(try await people() == [], "nobody has said that he is available")
        try await desk.store.setAvailability(.available, of: bo)
        #expect(try await people() == [bo])
        try await desk.store.setAvailability(.busy, of: bo, until: desk.time.now + .seconds(60))
        #expect(try await people() == [])
        desk.time.advance(by: .seconds(60))
        #expect(try await people() == [], "what has ended says nothing")
        try await desk.store.setAvailability(.available, of: bo)
        let absence = try await desk.store.enter(AbsenceDraft(.sickness), of: bo, by: .person(bo))
        #expect(try await people() == [])
        desk.time.advance(by: .seconds(60))
        try await desk.store.end(absence: absence.id, by: .person(bo))
        #expect(try await people() == [bo])
        // One o'clock in Oslo: the team is open, and his hours are over.
        desk.time.advance(by: .seconds(3 * 3600))
        #expect(directory.isOpen(directory.organisation.calendar(of: place.0), at: desk.time.now))
        #expect(try await people() == [])
    }
}

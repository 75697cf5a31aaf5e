import Desk
import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import RoutingTestSupport
import Runtime
import Testing

@Suite("Absences", .database(template: TestDesk.template))
struct AbsenceTests {
    private static let day = Duration.seconds(86_400)

    private func person(_ name: String, on desk: TestDesk) async throws -> PersonID {
        try #require(await desk.store.person(at: "\(name)@norrsken.example")).id
    }

    /// A ticket that Kari works on.
    private func taken(by person: PersonID, kind: Ticket.Kind = .incident, on desk: TestDesk) async throws -> Ticket {
        var submission = TestDesk.submission(at: try await desk.store.directory().sites["OSL"])
        submission.kind = kind
        let number = try await desk.store.accept(submission).ticket.number
        return try await desk.store.record(on: number, seeing: .desk, Recording(by: .person(person))) { _ in
            .taken(person)
        }.ticket
    }

    /// Runs what the routing worker is left, as if its hour had come by the database's clock.
    private func work(_ desk: TestDesk) async throws {
        try await TestDatabase.current.run(
            "update jobs.job set due = clock_timestamp() - interval '1 second' where kind = 'people.release-tickets'")
        let worker = try TestDesk(as: "meridian_routing", time: desk.time)
        try await RoutingRun(worker).drain("routing")
        await worker.store.database.close()
    }

    private func hands(on desk: TestDesk) async throws -> [PersonID?] {
        try await TestDatabase.current.all("select person from ticket order by id", as: PersonID?.self)
    }

    @Test(
        "When a holiday begins, and not before, tickets go back to their position's queue; nothing returns with him"
    )
    func holiday() async throws {
        let desk = try TestDesk()
        let kari = try await person("kari.nordmann", on: desk)
        let ticket = try await taken(by: kari, on: desk)
        let begins = desk.time.now + Self.day
        let draft = AbsenceDraft(.holiday, since: begins, until: begins + Self.day)
        let absence = try await desk.store.enter(draft, of: kari, by: .person(kari))
        #expect(
            try await TestDatabase.current.first(
                "select due from jobs.job where kind = 'people.release-tickets'", as: Moment.self) == begins)
        try await work(desk)
        #expect(try await hands(on: desk) == [kari], "it has not begun")
        desk.time.advance(to: begins - .seconds(60))
        try await work(desk)
        #expect(try await hands(on: desk) == [kari], "it has not begun")
        desk.time.advance(to: begins)
        try await work(desk)
        #expect(try await hands(on: desk) == [nil])
        let view = try #require(await desk.store.view(of: ticket.number, seeing: .desk, including: true))
        #expect(view.ticket.state == .assigned && view.log.last?.recorded.event == .released)
        #expect(view.ticket.responsibility.position == ticket.responsibility.position)
        desk.time.advance(to: begins + Self.day)
        try await work(desk)
        #expect(try await hands(on: desk) == [nil], "nothing is taken back")
        #expect(absence.holds(at: begins) && !absence.holds(at: begins + Self.day), "half-open")
    }

    @Test("Of a holiday only the kinds that the organisation names go back; of sickness all do, at once")
    func kinds() async throws {
        try await TestDesk.apply(process: ["releases_when_absent": ["incident"]])
        let desk = try TestDesk()
        let (kari, ola) = (try await person("kari.nordmann", on: desk), try await person("ola.hansen", on: desk))
        _ = try await taken(by: kari, on: desk)
        _ = try await taken(by: kari, kind: .serviceRequest, on: desk)
        _ = try await taken(by: ola, kind: .serviceRequest, on: desk)
        _ = try await desk.store.enter(AbsenceDraft(.holiday), of: kari, by: .person(kari))
        try await work(desk)
        #expect(try await hands(on: desk) == [nil, kari, ola])
        _ = try await desk.store.enter(AbsenceDraft(.sickness), of: ola, by: .person(kari))
        try await work(desk)
        #expect(try await hands(on: desk) == [nil, kari, nil])
    }

    @Test("A holiday that was called off moves nothing, and one that was cut short ends there")
    func withdrawn() async throws {
        let desk = try TestDesk()
        let kari = try await person("kari.nordmann", on: desk)
        _ = try await taken(by: kari, on: desk)
        let draft = AbsenceDraft(.holiday, since: desk.time.now + Self.day)
        let off = try await desk.store.enter(draft, of: kari, by: .person(kari))
        try await desk.store.end(absence: off.id, by: .person(kari))
        desk.time.advance(by: Self.day + Self.day)
        try await work(desk)
        #expect(try await hands(on: desk) == [kari])
        #expect(try await desk.store.absences(of: [kari]).isEmpty)
        await #expect(throws: UnfitAbsence.unknown) { try await desk.store.end(absence: off.id, by: .program) }
    }

    @Test("What an absence may not say is refused, each with its reason")
    func unfit() async throws {
        let desk = try TestDesk()
        let kari = try await person("kari.nordmann", on: desk)
        let now = desk.time.now
        let drafts: [(AbsenceDraft, UnfitAbsence)] = [
            (AbsenceDraft(.holiday, since: now + Self.day, until: now + Self.day), .isOver),
            (AbsenceDraft(.holiday, since: now - Self.day, until: now), .isOver),
            (AbsenceDraft(.holiday, since: now - .seconds(40 * 86_400)), .isFarAway),
            (AbsenceDraft(.holiday, since: now + .seconds(800 * 86_400)), .isFarAway),
            (AbsenceDraft(.holiday, deputy: kari), .ownDeputy),
        ]
        for (draft, fault) in drafts {
            await #expect(throws: fault) { try await desk.store.enter(draft, of: kari, by: .program) }
        }
    }

    @Test("Routing gives nothing to somebody who is absent, and again once he is back")
    func sharing() async throws {
        let desk = try TestDesk()
        let bo: [String: Any] = [
            "email": "bo@norrsken.example", "name": "Bo", "language": "nb", "site": "OSL",
            "positions": ["osl-first-agent"],
        ]
        _ = try await desk.store.apply(
            TestDesk.organisation(team: "osl-first", with: ["assignment": "round_robin"], people: [bo]), by: "the tests"
        )
        let (kari, other) = (try await person("kari.nordmann", on: desk), try await person("bo", on: desk))
        let until = desk.time.now + Self.day
        _ = try await desk.store.enter(AbsenceDraft(.other, until: until), of: kari, by: .program)
        let oslo = try await desk.store.directory().sites["OSL"]
        for _ in 0..<3 { _ = try await desk.store.accept(TestDesk.submission(at: oslo, subject: "Hei")) }
        try await RoutingRun(TestDesk(as: "meridian_routing", time: desk.time)).drain("routing")
        #expect(try await hands(on: desk) == [other, other, other])
        desk.time.advance(to: until)
        for _ in 0..<2 { _ = try await desk.store.accept(TestDesk.submission(at: oslo, subject: "Hei")) }
        try await RoutingRun(TestDesk(as: "meridian_routing", time: desk.time)).drain("routing")
        #expect(try await hands(on: desk).suffix(2).contains(kari))
    }

    @Test("A ticket that is reopened in the hands of somebody absent goes to the queue at once")
    func reopened() async throws {
        let desk = try TestDesk()
        let kari = try await person("kari.nordmann", on: desk)
        let ticket = try await taken(by: kari, on: desk)
        let recording = Recording(by: .person(kari))
        try await desk.store.record(on: ticket.number, seeing: .desk, recording) { _ in .resolved(.solved, note: nil) }
        _ = try await desk.store.enter(AbsenceDraft(.sickness), of: kari, by: .program)
        try await work(desk)
        let after = try await desk.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) { _ in
            .reopened(.notSolved, note: nil)
        }.ticket
        #expect(after.responsibility.person == nil && after.state == .assigned)
    }
}

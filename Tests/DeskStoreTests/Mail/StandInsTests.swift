import Desk
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@testable import DeskStore

@Suite("Who is told instead of somebody absent", .database(template: TestDesk.template))
struct StandInsTests {
    /// The desk with two more people who share Kari's position.
    private func desk() async throws -> TestDesk {
        let people: [[String: Any]] = ["ane", "bo"].map {
            [
                "email": "\($0)@norrsken.example", "name": $0, "language": "nb", "site": "OSL",
                "positions": ["osl-first-agent"], "roles": [["role": "agent", "site": "OSL"]],
            ]
        }
        let desk = try TestDesk()
        _ = try await desk.store.apply(
            TestDesk.organisation(team: "osl-first", with: [:], people: people), by: "the tests")
        desk.time.advance(by: .seconds(1))
        return desk
    }

    /// The addresses, up to the @, to which the newest letter of a ticket goes.
    private func told(of ticket: Ticket, on desk: TestDesk) async throws -> [String] {
        let id = try #require(
            await TestDatabase.current.first(
                "select max(id) from letter where ticket = \(ticket.id)", as: Int64.self))
        let letter = try #require(
            await desk.store.transaction { (transaction: borrowing Transaction) in
                try await desk.store.letter(id, using: transaction)
            })
        return letter.recipients.map { String($0.address.prefix { $0 != "@" }) }.sorted()
    }

    /// A ticket with the first line of Oslo.
    private func ticket(on desk: TestDesk) async throws -> Ticket {
        let ticket = try await desk.accept()
        return try await desk.record(on: ticket) {
            .routed(try $0.directory.responsibility(of: "osl-first"), rule: "test")
        }
    }

    @Test("A position's letters go to those of its holders who are there; an absent one's also to his deputy")
    func position() async throws {
        let desk = try await desk()
        let ticket = try await ticket(on: desk)
        #expect(try await told(of: ticket, on: desk) == ["ane", "bo", "kari.nordmann"])
        let kari = try await desk.person("kari.nordmann")
        let absence = try await desk.store.enter(AbsenceDraft(.holiday), of: kari, by: .program)
        #expect(try await told(of: ticket, on: desk) == ["ane", "bo"])
        desk.time.advance(by: .seconds(1))
        try await desk.store.end(absence: absence.id, by: .program)
        let ola = try await desk.person("ola.hansen")
        _ = try await desk.store.enter(AbsenceDraft(.holiday, deputy: ola), of: kari, by: .program)
        #expect(try await told(of: ticket, on: desk) == ["ane", "bo", "ola.hansen"])
    }

    @Test("A mention goes to the deputy, along a chain of absences; without one to those who share the position")
    func mention() async throws {
        let desk = try await desk()
        let ticket = try await ticket(on: desk)
        let (kari, ane, bo) = try await (desk.person("kari.nordmann"), desk.person("ane"), desk.person("bo"))
        try await desk.record(on: ticket, note: "@ane look") { .noteAdded(try #require($0.entry)) }
        #expect(try await told(of: ticket, on: desk) == ["ane"])
        let alone = try await desk.store.enter(AbsenceDraft(.sickness), of: ane, by: .program)
        #expect(try await told(of: ticket, on: desk) == ["bo", "kari.nordmann"])
        desk.time.advance(by: .seconds(1))
        try await desk.store.end(absence: alone.id, by: .program)
        _ = try await desk.store.enter(AbsenceDraft(.sickness, deputy: bo), of: ane, by: .program)
        #expect(try await told(of: ticket, on: desk) == ["bo"])
        _ = try await desk.store.enter(AbsenceDraft(.holiday, deputy: kari), of: bo, by: .program)
        #expect(try await told(of: ticket, on: desk) == ["kari.nordmann"])
        // Round in a circle: those who share the position are told, and with nobody left those it was meant for.
        _ = try await desk.store.enter(AbsenceDraft(.holiday, deputy: ane), of: kari, by: .program)
        let lead = try await desk.store.directory().organisation.people.first {
            $0.positions.contains("osl-first-lead")
        }
        #expect(try await told(of: ticket, on: desk) == [lead.map { String($0.email.prefix { $0 != "@" }) }])
    }

    @Test("A deputy who may not see a confidential ticket is not told of it")
    func confidential() async throws {
        let desk = try await desk()
        let secret = try #require(await desk.store.directory().organisation.teams.first { $0.isConfidential })
        let ticket = try await desk.accept()
        try await desk.record(on: ticket) {
            .routed(try $0.directory.responsibility(of: secret.code), rule: "test")
        }
        let holders = try await told(of: ticket, on: desk)
        #expect(!holders.isEmpty)
        let bo = try await desk.person("bo")
        for name in holders {
            _ = try await desk.store.enter(
                AbsenceDraft(.holiday, deputy: bo), of: try await desk.person(name), by: .program)
        }
        let told = try await told(of: ticket, on: desk)
        #expect(!told.contains("bo") && !told.isEmpty, "\(told)")
    }

    @Test("Outside everybody's hours a letter still goes to those appointed to the position")
    func atNight() async throws {
        let desk = try await desk()
        let ticket = try await ticket(on: desk)
        try await TestDatabase.current.run(
            """
            insert into roster_week (position, person, weekday, starts, ends, zone)
            select h.position, h.person, 6, 0, 3600, 'UTC' from position_holder h
            where h.position = \(ticket.responsibility.position)
            """)
        #expect(try await told(of: ticket, on: desk) == ["ane", "bo", "kari.nordmann"])
        try await TestDatabase.current.run(
            """
            delete from roster_week where person = (select person from position_holder h where h.until is null
                and h.person = \(try await desk.person("bo")) limit 1)
            """)
        #expect(try await told(of: ticket, on: desk) == ["bo"], "he holds it at this hour")
    }
}

import Desk
import DeskStore
import DeskTestSupport
import Foundation
import JSON
import Jobs
import Postgres
import PostgresTestSupport
import Routing
import RoutingTestSupport
import Runtime
import Testing

@Suite("Teams and positions that end", .database(template: TestDesk.template))
struct RehomeTicketsHandlerTests {
    private let desk: TestDesk

    init() throws { desk = try TestDesk() }

    /// A ticket of Oslo that a team has.
    private func ticket(with team: String, by person: String? = nil) async throws -> Ticket {
        let oslo = try await desk.store.directory().sites["OSL"]
        let number = try await desk.store.accept(TestDesk.submission(at: oslo)).ticket.number
        var found: PersonID?
        if let person { found = try #require(await desk.store.person(at: person)).id }
        let worker = found
        return try await desk.store.record(on: number, seeing: .desk, Recording(by: .program)) { occasion in
            let key = try #require(occasion.directory.teams[team])
            let home = try #require(occasion.directory.team(key)?.sites.first.flatMap { occasion.directory.sites[$0] })
            var to = try #require(occasion.directory.responsibility(of: key, at: home))
            to.person = worker
            return .assigned(to)
        }.ticket
    }

    private func view(_ ticket: Ticket) async throws -> TicketView {
        try #require(await desk.store.view(of: ticket.number, seeing: .desk, including: true))
    }

    private func apply(_ edit: (inout [String: Any]) throws -> Void) async throws {
        desk.time.advance(by: .seconds(60))
        _ = try await desk.store.apply(TestDesk.organisation(edited: edit), by: "the tests")
    }

    private func work() async throws {
        let worker = try TestDesk(as: "meridian_routing", time: desk.time)
        try await RoutingRun(worker).drain("routing")
        await worker.store.database.close()
    }

    @Test("A team's tickets go to the intake of their site with a note; the team that is left keeps its own")
    func team() async throws {
        let (one, other) = try await (ticket(with: "osl-platform"), ticket(with: "osl-first"))
        let resolved = try await ticket(with: "osl-platform")
        try await desk.store.record(on: resolved.number, seeing: .desk, Recording(by: .program)) { _ in
            .resolved(.solved, note: nil)
        }
        try await apply { try TestDesk.leaveOut("osl-platform", from: &$0) }
        try await work()
        let moved = try await view(one)
        #expect(moved.directory.teams.code(of: moved.ticket.responsibility.place.team) == "osl-first")
        #expect(moved.log.last?.recorded.event.kind == .handedOver)
        #expect(moved.entries.last?.kind == .system)
        #expect(try await view(other).ticket.revision == other.revision)
        #expect(try await view(resolved).ticket.hasEnded)
        try await desk.store.record(on: resolved.number, seeing: .desk, Recording(by: .program)) { _ in
            .reopened(.notSolved, note: nil)
        }
        try await work()
        let back = try await view(resolved)
        #expect(back.directory.teams.code(of: back.ticket.responsibility.place.team) == "osl-first")
    }

    @Test(
        "A major incident of a team that ends goes to an intake that everybody sees; without one it is stood down",
        arguments: [false, true])
    func major(isAllSecret: Bool) async throws {
        let ticket = try await ticket(with: "osl-platform")
        let words = ["en": Announcement.Words(title: "The network is down", text: "We know of it.")]
        try await desk.store.transaction { (transaction: borrowing Transaction) in
            try await desk.store.announce(
                ticket.number, at: nil, words, Recording(by: .program), using: transaction)
        }
        try await apply { document in
            try TestDesk.leaveOut("osl-platform", from: &document)
            let teams = document["teams"] as? [[String: Any]] ?? []
            document["teams"] = teams.map { team in
                let isSecret = isAllSecret || team["code"] as? String == "osl-first"
                return isSecret ? team.merging(["confidential": true]) { $1 } : team
            }
        }
        try await work()
        let after = try await view(ticket)
        #expect(after.directory.team(after.ticket.responsibility.place.team) != nil)
        #expect(after.ticket.responsibility.isConfidential == isAllSecret)
        #expect(after.ticket.ties.isMajor == !isAllSecret)
        #expect(
            try await TestDatabase.current.first(
                "select count(*) from jobs.job where state = 'dead' or kind = 'organisation.rehome-tickets'",
                as: Int.self)
                == 0)
    }

    @Test("A ticket that comes back is owned by who has it, where its owner's position ended meanwhile")
    func formerOwner() async throws {
        let ticket = try await ticket(with: "osl-first")
        try await desk.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) { occasion in
            .ownerChanged(try #require(occasion.directory.positions["osl-platform-lead"]))
        }
        try await desk.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) { _ in
            .resolved(.solved, note: nil)
        }
        try await apply { try TestDesk.leaveOut("osl-platform", from: &$0) }
        try await work()
        try await desk.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) { _ in
            .reopened(.notSolved, note: nil)
        }
        try await work()
        let after = try await view(ticket).ticket
        #expect(after.owner == after.responsibility.position && after.responsibility == ticket.responsibility)
    }

    @Test("The tickets of a position go to another one of the team, with whoever works on them")
    func position() async throws {
        let ticket = try await ticket(with: "osl-first", by: "kari.nordmann@norrsken.example")
        try await desk.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) { occasion in
            .ownerChanged(try #require(occasion.directory.positions["osl-first-agent"]))
        }
        try await apply { document in
            func renamed(_ value: Any) -> Any {
                switch value {
                case let text as String: return text == "osl-first-agent" ? "osl-first-desk" : text
                case let list as [Any]: return list.map(renamed)
                case let object as [String: Any]: return object.mapValues(renamed)
                default: return value
                }
            }
            document = try #require(renamed(document) as? [String: Any])
        }
        try await work()
        let after = try await view(ticket)
        #expect(after.directory.position(after.ticket.responsibility.position)?.code == "osl-first-desk")
        #expect(after.directory.position(after.ticket.owner)?.code == "osl-first-desk")
        #expect(after.ticket.responsibility.person == ticket.responsibility.person)
    }

    @Test("A confidential team cannot end while it has tickets: nobody else may see them")
    func confidential() async throws {
        let secret = try await ticket(with: "osl-staff")
        let faults = await #expect(throws: JSONFaults.self) {
            try await apply { try TestDesk.leaveOut("osl-staff", from: &$0) }
        }
        #expect(
            faults?.description.contains("osl-staff") == true && faults?.description.contains("1 open ticket") == true)
        for event in [Ticket.Event.resolved(.solved, note: nil), .closed] {
            try await desk.store.record(on: secret.number, seeing: .desk, Recording(by: .program)) { _ in event }
        }
        try await apply { try TestDesk.leaveOut("osl-staff", from: &$0) }
        #expect(try await desk.store.directory().organisation.team("osl-staff") == nil)
    }
}

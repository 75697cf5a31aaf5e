import Desk
import DeskStore
import DeskTestSupport
import Postgres
import PostgresTestSupport
import Routing
import RoutingTestSupport
import Runtime
import Testing

@Suite("A team becomes confidential, or ceases to be", .database(template: TestDesk.template))
struct RefreshAccessHandlerTests {
    private func apply(confidential: Bool, on desk: TestDesk) async throws {
        try await apply(try TestDesk.organisation(team: "osl-first", with: ["confidential": confidential]), on: desk)
    }

    private func apply(_ edited: Organisation, on desk: TestDesk) async throws {
        desk.time.advance(by: .seconds(60))
        _ = try await desk.store.apply(edited, by: "the tests")
        let worker = try TestDesk(as: "meridian_routing", time: desk.time)
        try await RoutingRun(worker).drain("routing")
        await worker.store.database.close()
    }

    /// How many tickets somebody sees under the gateway's role.
    private func seen(by name: String, on desk: TestDesk) async throws -> Int {
        let person = try #require(await desk.store.person(at: "\(name)@norrsken.example")).id
        let sight = try await desk.store.rights(of: person).sight
        let gateway = try TestDesk(as: "meridian_intake")
        let count = try await gateway.store.tickets(TicketFilter(), limit: 500, seeing: sight).count
        await gateway.store.database.close()
        return count
    }

    @Test("Its tickets, the closed ones too, go out of everybody else's sight, and come back into it")
    func bothWays() async throws {
        let desk = try TestDesk()
        let directory = try await desk.store.directory()
        let oslo = directory.sites["OSL"]
        for index in 0..<120 {
            let submission = TestDesk.submission(from: "r\(index % 20)@customer.example", at: oslo)
            let number = try await desk.store.accept(submission).ticket.number
            try await desk.store.record(on: number, seeing: .desk, Recording(by: .program)) {
                .routed($0.ticket.responsibility, rule: "test")
            }
            if index % 10 > 0 { continue }
            let recording = Recording(by: .program, note: Note("Done.", visibility: .public))
            try await desk.store.record(on: number, seeing: .desk, recording) {
                .resolved(.solved, note: $0.entry)
            }
            try await desk.store.record(on: number, seeing: .desk, Recording(by: .program)) { _ in .closed }
        }
        // An administrator of every site, somebody of another team of the site, and somebody of the team itself.
        let (administrator, neighbour, member) = ("ingrid.solberg", "marit.dahl", "kari.nordmann")
        for name in [administrator, neighbour, member] { #expect(try await seen(by: name, on: desk) == 120, "\(name)") }
        try await apply(confidential: true, on: desk)
        #expect(try await seen(by: administrator, on: desk) == 0)
        #expect(try await seen(by: neighbour, on: desk) == 0)
        #expect(try await seen(by: member, on: desk) == 120)
        try await apply(confidential: false, on: desk)
        for name in [administrator, neighbour, member] { #expect(try await seen(by: name, on: desk) == 120, "\(name)") }
    }

    @Test("A team that works for another site is seen there to own a ticket, and where it worked before no more")
    func owner() async throws {
        let desk = try TestDesk()
        let directory = try await desk.store.directory()
        let owner = try #require(directory.positions["waw-network-agent"])
        let number = try await desk.store.accept(TestDesk.submission(at: directory.sites["OSL"])).ticket.number
        try await desk.store.record(on: number, seeing: .desk, Recording(by: .program)) { _ in .ownerChanged(owner) }
        #expect(try await seen(by: "jan.kowalski", on: desk) == 1)
        try await apply(try TestDesk.organisation(team: "waw-network", with: ["sites": ["SIN"]]), on: desk)
        #expect(try await seen(by: "jan.kowalski", on: desk) == 0)
        #expect(try await seen(by: "mei.tan", on: desk) == 1)
    }

    @Test("A team that was closed down and is there again as a confidential one keeps what it had to itself")
    func again() async throws {
        let desk = try TestDesk()
        let directory = try await desk.store.directory()
        let team = try #require(directory.teams["waw-network"])
        let site = try #require(directory.sites["WAW"])
        let place = try #require(directory.responsibility(of: team, at: site))
        let number = try await desk.store.accept(TestDesk.submission(at: site)).ticket.number
        try await desk.store.record(on: number, seeing: .desk, Recording(by: .program)) { _ in
            .routed(place, rule: "test")
        }
        let recording = Recording(by: .program, note: Note("Done.", visibility: .public))
        try await desk.store.record(on: number, seeing: .desk, recording) { .resolved(.solved, note: $0.entry) }
        try await desk.store.record(on: number, seeing: .desk, Recording(by: .program)) { _ in .closed }
        try await apply(try TestDesk.organisation(without: "waw-network"), on: desk)
        #expect(try await seen(by: "jan.kowalski", on: desk) == 1)
        try await apply(try TestDesk.organisation(team: "waw-network", with: ["confidential": true]), on: desk)
        #expect(try await seen(by: "jan.kowalski", on: desk) == 0)
        #expect(try await seen(by: "ewa.mazur", on: desk) == 1)
    }

    @Test("An organisation in which nobody's sight is different leaves nothing to do")
    func nothing() async throws {
        let desk = try TestDesk()
        let edited = try TestDesk.organisation(team: "osl-first", with: ["name": "Another name"])
        _ = try await desk.store.apply(edited, by: "the tests")
        let jobs = try await TestDatabase.current.first(
            "select count(*) from jobs.job where kind = 'access.refresh'", as: Int.self)
        #expect(jobs == 0)
    }
}

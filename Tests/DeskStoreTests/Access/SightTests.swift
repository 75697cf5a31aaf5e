import Desk
import DeskStore
import DeskTestSupport
import Postgres
import PostgresTestSupport
import Testing

@Suite("Who sees a ticket, as the gateway's role", .database(template: TestDesk.template))
struct SightTests {
    /// The numbers that the list shows; each of them, and no other, can also be opened.
    private func seen(_ sight: Sight) async throws -> [String] {
        var numbers: [String] = []
        try await TestDesk.playing("meridian_intake") { desk in
            let listed = try await desk.store.tickets(TicketFilter(), seeing: sight)
            numbers = listed.map(\.ticket.number.description).sorted()
            let all = try await TestDatabase.current.all("select number from ticket", as: TicketNumber.self)
            for number in all {
                let view = try await desk.store.view(of: number, seeing: sight, including: true)
                #expect((view != nil) == numbers.contains(number.description), "\(number)")
            }
        }
        return numbers
    }

    @Test("An agent of one site sees the tickets that came in there, and one of every site sees all")
    func site() async throws {
        let desk = try TestDesk()
        for site in ["OSL", "AMS", "SIN"] { _ = try await desk.accept(at: site) }
        #expect(try await seen(desk.sight(of: "kari.nordmann")) == ["OSL-1"])
        #expect(try await seen(desk.sight(of: "anouk.devries")) == ["AMS-1"])
        #expect(try await seen(desk.sight(of: "daan.bakker")) == ["AMS-1", "OSL-1", "SIN-1"])
    }

    @Test(
        "Handing over lets the new site see a ticket, and handing back takes that away; the origin sees it throughout")
    func handOver() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept(at: "OSL")
        let (oslo, amsterdam) = (try await desk.sight(of: "kari.nordmann"), try await desk.sight(of: "anouk.devries"))
        #expect(try await seen(amsterdam) == [])
        try await desk.handOver(ticket, to: "ams-workplace")
        #expect(try await seen(amsterdam) == ["OSL-1"])
        #expect(try await seen(oslo) == ["OSL-1"])
        try await desk.handOver(ticket, to: "osl-first")
        #expect(try await seen(amsterdam) == [])
        #expect(try await seen(oslo) == ["OSL-1"])
    }

    @Test("A ticket of a confidential team is seen by that team and its requester alone")
    func confidential() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept(at: "OSL")
        try await desk.handOver(ticket, to: "osl-staff")
        for outside in ["kari.nordmann", "ola.hansen", "ingrid.solberg", "sofie.berg"] {
            #expect(try await seen(desk.sight(of: outside)) == [], "\(outside)")
        }
        #expect(try await seen(desk.sight(of: "marit.dahl")) == ["OSL-1"])
        #expect(try await seen(Sight(requester: ticket.requester)) == ["OSL-1"])
    }

    @Test("A requester sees what he asked for, and nobody else's")
    func requester() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept()
        let other = try await desk.accept(from: "per@customer.example")
        #expect(try await seen(Sight(requester: ticket.requester)) == ["OSL-1"])
        #expect(try await seen(Sight(requester: other.requester)) == ["OSL-2"])
        #expect(try await seen(Sight(requester: PersonID(999_999))) == [])
    }

    @Test("A supplier sees a ticket from its referral to its recall")
    func supplier() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept()
        func sight(of code: String) async throws -> Sight {
            let scope = try await TestDatabase.current.first(
                """
                select c.id from scope c join supplier s on s.id = c.subject
                where c.kind = 'supplier' and s.code = \(code)
                """, as: Int64.self)
            return Sight(scopes: [try #require(scope)])
        }
        #expect(try await seen(sight(of: "fjordnett")) == [])
        try await desk.refer(ticket, to: "fjordnett")
        #expect(try await seen(sight(of: "fjordnett")) == ["OSL-1"])
        #expect(try await seen(sight(of: "printwerk")) == [])
        let fjordnett = try #require(await desk.store.directory().suppliers["fjordnett"])
        try await desk.record(on: ticket) { .recalled(fjordnett, note: $0.entry) }
        #expect(try await seen(sight(of: "fjordnett")) == [])
    }

    @Test("Under the gateway's role an agent works on a ticket and gives it where he no longer sees it himself")
    func giveAway() async throws {
        let kari = try await TestDesk().person("kari.nordmann")
        let sight = try await TestDesk().sight(of: "kari.nordmann")
        try await TestDesk.playing("meridian_intake") { desk in
            let ticket = try await desk.accept(at: "OSL", uploads: [Upload(name: "a", type: "text/plain", bytes: [1])])
            try await desk.record(on: ticket, by: .person(kari), seeing: sight) { _ in .taken(kari) }
            try await desk.handOver(ticket, to: "osl-staff", by: .person(kari), seeing: sight)
            await #expect(throws: NoSuchTicket.self) {
                try await desk.record(on: ticket, by: .person(kari), seeing: sight) { _ in .taken(kari) }
            }
            // The same bytes again, by somebody who does not see where they are.
            _ = try await desk.accept(
                at: "SIN", from: "li@customer.example", uploads: [Upload(name: "b", type: "text/plain", bytes: [1])])
        }
        #expect(try await seen(sight) == [])
    }
}

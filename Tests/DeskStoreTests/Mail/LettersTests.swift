import Desk
import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing
import TimeZones

@Suite("Letters that are owed", .database(template: TestDesk.template))
struct LettersTests {
    private func owed(_ desk: TestDesk, where condition: SQL = "true") async throws -> OwedLetter {
        try await desk.store.transaction { (transaction: borrowing Transaction) in
            let id = try await transaction.first(
                "select id from letter where \(condition) order by id desc", as: Int64.self)
            let letter = try await desk.store.letter(#require(id), using: transaction)
            return try #require(letter)
        }
    }

    @Test("The acknowledgement goes to the requester, with the ticket and the identity of its conversation")
    func acknowledgement() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept()
        let letter = try await owed(desk)
        #expect(letter.kind == .acknowledgement)
        #expect(letter.recipients.map(\.id) == [ticket.requester])
        #expect(letter.recipients.map(\.address) == ["kari@customer.example"])
        #expect(letter.record.ticket == ticket)
        #expect(letter.zone?.name == "Europe/Oslo")
        #expect(letter.deliveries.isEmpty)
    }

    @Test("What is carried up does not end at a level that nobody fills: the next one above hears of it")
    func emptyLevels() async throws {
        let desk = try TestDesk()
        // Stockholm has a lead and no manager of its own.
        let ticket = try await desk.accept(at: "STO")
        try await desk.record(on: ticket) { _ in .escalated(.site, .lacksPeople) }
        let site = try await owed(desk, where: "audience = 'managers'")
        #expect(site.recipients.map(\.name) == ["Henrik Lund"])
        let leaderless = try TestDesk.organisation { document in
            var people = try #require(document["people"] as? [[String: Any]])
            for index in people.indices {
                let positions = people[index]["positions"] as? [String] ?? []
                people[index]["positions"] = positions.filter { $0 != "osl-first-lead" && $0 != "sto-first-lead" }
            }
            document["people"] = people
        }
        _ = try await desk.store.apply(leaderless, by: "the tests")
        func told(at site: String) async throws -> [String] {
            let ticket = try await desk.accept(at: site)
            try await desk.record(on: ticket) { _ in .escalated(.lead, .lacksPeople) }
            return try await owed(desk, where: "audience = 'leads'").recipients.map(\.name)
        }
        #expect(try await told(at: "STO") == ["Henrik Lund"])
        let manager = leaderless.people.filter { person in
            person.roles.contains { $0.role == .manager && $0.site == "OSL" }
        }
        #expect(try await told(at: "OSL") == manager.map(\.name))
    }

    @Test("A letter to a position goes to those who hold it when it is sent, not when it was written")
    func position() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept(at: "OSL")
        try await desk.handOver(ticket, to: "ams-network")
        let before = try await owed(desk, where: "audience = 'position'")
        #expect(before.recipients.map(\.name) == ["Daan Bakker"])

        desk.time.advance(by: .seconds(60))
        let changed = try TestDesk.organisation { document in
            var people = try #require(document["people"] as? [[String: Any]])
            for index in people.indices {
                let positions = people[index]["positions"] as? [String] ?? []
                if people[index]["name"] as? String == "Femke Smit" {
                    people[index]["positions"] = positions + ["ams-network-agent"]
                } else {
                    people[index]["positions"] = positions.filter { $0 != "ams-network-agent" }
                }
            }
            document["people"] = people
        }
        _ = try await desk.store.apply(changed, by: "the tests")
        let after = try await owed(desk, where: "audience = 'position'")
        #expect(after.recipients.map(\.name) == ["Femke Smit"])
    }

    @Test("A missed deadline is told to the leads of the team, with the instant that was missed")
    func leads() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept(at: "OSL")
        try await desk.record(on: ticket) { _ in .deadlineMissed(ClockMark(.resolution)) }
        let letter = try await owed(desk, where: "audience = 'leads'")
        #expect(letter.recipients.map(\.name) == ["Ola Hansen"])
        let view = try #require(await desk.store.view(of: ticket.number, seeing: .desk, including: true))
        #expect(letter.due == view.clocks.first { $0.clock.measure == .resolution }?.clock.dueAt)
        #expect(letter.due != nil)
    }

    @Test("Whom it was sent to is remembered for each person, as is a refusal; sending again changes nothing else")
    func settled() async throws {
        let desk = try TestDesk()
        _ = try await desk.accept()
        let letter = try await owed(desk)
        let requester = try #require(letter.recipients.first)
        for refusal in ["550 no such user", nil] as [String?] {
            try await desk.store.transaction { (transaction: borrowing Transaction) in
                let outcome: Delivery.Outcome = refusal.map { .refused($0) } ?? .sent
                try await transaction.note(outcome, of: letter.id, for: requester, at: TestDesk.monday)
            }
            let deliveries = try await owed(desk).deliveries
            #expect(deliveries.keys.map(\.self) == [requester.id] && deliveries[requester.id]?.isSettled == true)
            let (sent, refused) = try #require(
                await TestDatabase.current.first("select sent_at, refused from delivery", as: (Moment?, String?).self))
            #expect((sent, refused) == (refusal == nil ? TestDesk.monday : nil, refusal))
        }
    }
}

import Desk
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Testing

@testable import DeskStore

@Suite("Who is told what", .database(template: TestDesk.template))
struct NoticesTests {
    /// Settles every letter of a ticket, all at once, and tells who is to have which by mail.
    private static func settle(_ ticket: Ticket, on desk: TestDesk) async throws -> [PersonID] {
        let ids = try await TestDatabase.current.all(
            "select id from letter where ticket = \(ticket.id) order by id", as: Int64.self)
        return try await withThrowingTaskGroup(of: [PersonID].self) { group in
            for id in ids {
                group.addTask {
                    try await desk.store.transaction { (transaction: borrowing Transaction) in
                        let letter = try #require(await desk.store.letter(id, using: transaction))
                        return try await transaction.settleRecipients(of: letter, at: TestDesk.monday)
                            .recipients.map(\.id)
                    }
                }
            }
            var told: [PersonID] = []
            for try await people in group { told += people }
            return told
        }
    }

    @Test("Whoever holds the position and leads the team is told once of an event, however the letters race")
    func onlyOnce() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept()
        try await desk.record(on: ticket) { .routed($0.ticket.responsibility, rule: "test") }
        try await TestDatabase.current.run(
            """
            insert into position_holder (position, person, since)
            select l.id, h.person, '2020-01-01' from position_holder h join position p on p.id = h.position
            join position l on l.team = p.team and l.id <> p.id where h.position = \(ticket.responsibility.position)
            on conflict do nothing
            """)
        try await desk.record(on: ticket) { _ in .deadlineMissed(ClockMark(.resolution)) }
        let told = try await Self.settle(ticket, on: desk)
        let missed = try await TestDatabase.current.all(
            """
            select n.person from notice n join letter l on l.id = n.letter where l.kind = 'deadline_missed'
            """, as: PersonID.self)
        #expect(!missed.isEmpty && Set(missed).count == missed.count)
        #expect(Set(missed).isSubset(of: Set(told)))
        let again = try await Self.settle(ticket, on: desk)
        #expect(again.sorted() == told.sorted(), "settling again gives the same answer")
    }

    /// Who holds the position that answers for a ticket.
    private static func holder(of ticket: Ticket) async throws -> PersonID {
        let holder: SQL = "select person from position_holder where position = \(ticket.responsibility.position)"
        return try #require(await TestDatabase.current.first(holder, as: PersonID.self))
    }

    @Test("Nobody is told of his own act, not as the holder of the position either")
    func ownAct() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept()
        let holder = try await Self.holder(of: ticket)
        try await desk.record(on: ticket, by: .person(holder)) { .routed($0.ticket.responsibility, rule: "test") }
        let told = try await Self.settle(ticket, on: desk)
        #expect(!told.contains(holder))
    }

    @Test("A person chooses page or nothing, but what would lie unseen stays on the page; the list is read and marked")
    func choices() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept()
        let holder = try await Self.holder(of: ticket)
        try await desk.store.choose([.assigned: .off, .reopened: .off], for: holder)
        #expect(try await desk.store.noticeWays(of: holder)[.assigned] == .mail)
        try await desk.store.choose([.assigned: .page], for: holder)
        #expect(try await desk.store.noticeWays(of: holder)[.reopened] == .off)
        try await desk.record(on: ticket) { .routed($0.ticket.responsibility, rule: "test") }
        try await desk.record(on: ticket) { _ in .resolved(.solved, note: nil) }
        try await desk.record(on: ticket) { _ in .reopened(.notSolved, note: nil) }
        #expect(try await !Self.settle(ticket, on: desk).contains(holder))
        let rights = try await desk.store.rights(of: holder)
        let notices = try await desk.store.notices(of: rights)
        #expect(notices.map(\.kind) == [.assigned] && notices.map(\.isRead) == [false])
        try await desk.store.markRead(through: notices[0].id, for: rights)
        #expect(try await desk.store.notices(of: rights).map(\.isRead) == [true])
        #expect(try await desk.store.notices(of: rights, before: notices[0].id).isEmpty)
    }

    @Test("Names after @ are read from a note as people write them")
    func names() {
        let text = "@kari.nordmann, see this (@ola@norrsken.example). Mail a@b.example, not @x; @Kari.Nordmann again"
        #expect(Mentions(in: text).names == ["kari.nordmann", "ola@norrsken.example"])
    }

    @Test("A colleague who may see the ticket is told that a note names him; others are not")
    func mentioned() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept()
        let kari = try await desk.person("kari.nordmann")
        let far = try #require(
            await desk.store.directory().organisation.people.first { person in
                person.site != "OSL" && person.roles.allSatisfy { $0.site != nil && $0.site != "OSL" }
                    && !person.positions.isEmpty && person.positions.allSatisfy { !$0.hasPrefix("osl") }
            })
        try await desk.record(on: ticket, note: "@kari.nordmann and @\(far.email), look") {
            .noteAdded(try #require($0.entry))
        }
        let log = try #require(await desk.store.view(of: ticket.number, seeing: .desk, including: true)).log
        guard case .mentioned(let people, _) = log.last?.recorded.event else {
            Issue.record("nobody was mentioned")
            return
        }
        #expect(people == [kari])
    }
}

import Desk
import DeskStore
import DeskTestSupport
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@Suite("Bonds with suppliers", .database(template: TestDesk.template))
struct BondWriterTests {
    private func bonds(_ ticket: Ticket, _ desk: TestDesk) async throws -> [BondView] {
        try #require(await desk.store.view(of: ticket.number, seeing: .desk, including: true)).bonds
    }

    @Test(
        "A bond goes from sent to acknowledged with their reference, through question and answer, to resolved and ended"
    )
    func life() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept()
        try await desk.refer(ticket, to: "fjordnett")
        let fjordnett = try #require(await desk.store.directory().suppliers["fjordnett"])
        func state() async throws -> SupplierState? { try await bonds(ticket, desk).last?.state }
        #expect(try await state() == .sent)
        try await desk.record(on: ticket) { _ in .supplierAcknowledged(fjordnett, reference: "F-1") }
        #expect(try await state() == .acknowledged)
        let acknowledged = desk.time.now
        try await desk.record(on: ticket, note: "Which?") { .supplierAsked(fjordnett, note: try #require($0.entry)) }
        #expect(try await state() == .waitingForUs)
        try await desk.record(on: ticket, note: "That.") { .supplierAnswered(fjordnett, note: try #require($0.entry)) }
        #expect(try await state() == .inProgress)
        try await desk.record(on: ticket, note: "Done.") { .supplierResolved(fjordnett, note: $0.entry) }
        let bond = try #require(await bonds(ticket, desk).last)
        #expect((bond.state, bond.theirReference) == (.resolved, "F-1"))
        #expect((bond.acknowledgedAt, bond.endedAt) == (acknowledged, desk.time.now))
    }

    @Test(
        "A ticket that is recalled or returned ends its bond; a new referral begins another"
    )
    func ends() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept()
        let fjordnett = try #require(await desk.store.directory().suppliers["fjordnett"])
        try await desk.refer(ticket, to: "fjordnett")
        try await desk.record(on: ticket) { .recalled(fjordnett, note: $0.entry) }
        try await desk.refer(ticket, to: "fjordnett")
        try await desk.record(on: ticket, note: "No") { .supplierReturned(fjordnett, note: $0.entry) }
        let bonds = try await bonds(ticket, desk)
        #expect(bonds.map(\.state) == [.withdrawn, .rejected])
        #expect(bonds.allSatisfy { $0.endedAt != nil })
        #expect(Set(bonds.map(\.uuid)).count == 2)
    }

    @Test("Messages are numbered within their bond, each with one job under the bond's key")
    func messages() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept()
        try await desk.refer(ticket, to: "fjordnett")
        let fjordnett = try #require(await desk.store.directory().suppliers["fjordnett"])
        try await desk.record(on: ticket, note: "Which?") { .supplierAsked(fjordnett, note: try #require($0.entry)) }
        try await desk.record(on: ticket, note: "That.") { .supplierAnswered(fjordnett, note: try #require($0.entry)) }
        let bond = try #require(await bonds(ticket, desk).last)
        let messages = try await TestDatabase.current.all(
            "select sequence, kind from supplier_message where supplier_ticket = \(bond.id) order by sequence",
            as: (Int, SupplierMessage.Kind).self)
        #expect(messages.map(\.0) == [1, 2])
        #expect(messages.map(\.1) == [.referral, .answer])
        try await TestDesk.playing("meridian_supplier") { worker in
            try await worker.store.transaction { (transaction: borrowing Transaction) in
                let first = try #require(await transaction.nextMessage(of: bond.id))
                #expect(first.kind == .told(.referral))
                #expect(try await transaction.fix("a", of: first.id) == "a")
                #expect(try await transaction.fix("b", of: first.id) == "a")
                try await transaction.markSent(
                    first, of: bond, RemoteTicket(remote: "r-1", written: ["n-1"]), told: 2,
                    MessageTrace(sent: "a", received: "200 OK"), at: TestDesk.monday)
                #expect(try await transaction.wrote("n-1", in: bond.id))
                #expect(try await transaction.wrote("n-2", in: bond.id) == false)
                #expect(try await transaction.bond(of: fjordnett, remote: "r-1")?.id == bond.id)
                #expect(try await transaction.nextMessage(of: bond.id)?.kind == .told(.answer))
            }
        }
    }

    @Test("A supplier's message that comes twice is taken once, also at once")
    func receipts() async throws {
        let fjordnett = try #require(await TestDesk().store.directory().suppliers["fjordnett"])
        try await TestDesk.playing("meridian_intake") { desk in
            let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<6 {
                    group.addTask { try await desk.store.receive("{}", messageID: "m-1", from: fjordnett) }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(taken == 1)
        }
        let jobs = try await TestDatabase.current.first("select count(*) from jobs.job", as: Int.self)
        #expect(jobs == 1)
    }
}

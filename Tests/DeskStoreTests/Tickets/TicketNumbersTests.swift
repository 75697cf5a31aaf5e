import Desk
import DeskStore
import DeskTestSupport
import Postgres
import PostgresTestSupport
import Testing

@Suite("Ticket numbers", .database(template: TestDesk.template))
struct TicketNumbersTests {
    @Test("Fifty tickets that come in at once at two sites have fifty numbers, each site's from 1 on")
    func concurrent() async throws {
        let desk = try TestDesk()
        let numbers = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<50 {
                group.addTask {
                    let site = number.isMultiple(of: 2) ? "OSL" : "AMS"
                    return try await desk.accept(at: site, from: "p\(number)@customer.example").number.description
                }
            }
            return try await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(Set(numbers) == Set((1...25).flatMap { ["OSL-\($0)", "AMS-\($0)"] }))
        #expect(numbers.count == 50)
    }

    @Test("A ticket that was not kept leaves a gap in the numbers, and nothing else")
    func gap() async throws {
        let desk = try TestDesk()
        struct Abandoned: Error {}
        await #expect(throws: Abandoned.self) {
            try await desk.store.transaction { (transaction: borrowing Transaction) in
                _ = try await desk.store.accept(TestDesk.submission(), using: transaction)
                throw Abandoned()
            }
        }
        #expect(
            try await TestDatabase.current.first(
                "select count(*) from person_address where address like 'kari@%'", as: Int.self) == 0)
        #expect(try await desk.accept().number.description == "OSL-2")
    }
}

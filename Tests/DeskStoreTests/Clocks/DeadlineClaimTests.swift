import Desk
import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@Suite("Deadlines that are due", .database(template: TestDesk.template))
struct DeadlineClaimTests {
    @Test("Each deadline is claimed once, by due time, and not before it is due, nor for a site that is not served")
    func once() async throws {
        let desk = try TestDesk()
        _ = try await desk.accept(at: "OSL")
        _ = try await desk.accept(at: "AMS")
        let first = try #require(await desk.store.nextDeadline())
        func claim(at moment: Moment, sites: [String]? = nil) async throws -> [ClaimedDeadline] {
            try await desk.store.transaction { (transaction: borrowing Transaction) in
                try await desk.store.claimDeadlines(100, at: sites, now: moment, using: transaction)
            }
        }
        #expect(try await claim(at: first + .microseconds(-1)) == [])
        #expect(try await claim(at: first, sites: ["WAW"]) == [])
        let far = first + .seconds(90 * 86_400)
        let oslo = try await claim(at: far, sites: ["OSL"])
        let rest = try await claim(at: far)
        #expect(oslo.count == 4 && rest.count == 4)
        #expect(oslo.map(\.dueAt) == oslo.map(\.dueAt).sorted())
        #expect(Set(oslo.map(\.ticket)).isDisjoint(with: rest.map(\.ticket)))
        #expect(try await claim(at: far) == [])
        #expect(try await desk.store.nextDeadline() == nil)
    }

    @Test("What another copy has claimed and not yet committed is passed over; if that copy fails, it is claimed again")
    func passedOver() async throws {
        let desk = try TestDesk()
        _ = try await desk.accept()
        let far = TestDesk.monday + .seconds(90 * 86_400)
        struct Failed: Error {}
        await #expect(throws: Failed.self) {
            try await desk.store.transaction { (transaction: borrowing Transaction) in
                #expect(try await desk.store.claimDeadlines(100, at: nil, now: far, using: transaction).count == 4)
                let other = try await desk.store.transaction { (second: borrowing Transaction) in
                    try await desk.store.claimDeadlines(100, at: nil, now: far, using: second)
                }
                #expect(other == [])
                throw Failed()
            }
        }
        let again = try await desk.store.transaction { (transaction: borrowing Transaction) in
            try await desk.store.claimDeadlines(100, at: nil, now: far, using: transaction)
        }
        #expect(again.count == 4)
    }

    @Test("A step that the target in force does not know carries nothing up, and is no missed target")
    func forgottenStep() async throws {
        let desk = try TestDesk()
        let number = try await desk.accept().number
        let far = TestDesk.monday + .seconds(90 * 86_400)
        _ = try await TestDatabase.current.run("update deadline set fired_at = \(TestDesk.monday)")
        _ = try await TestDatabase.current.run(
            """
            insert into deadline (clock, kind, percent, due_at)
            select min(id), 'escalation', 75, \(TestDesk.monday) from clock
            """)
        try await desk.store.transaction { (transaction: borrowing Transaction) in
            let claimed = try await desk.store.claimDeadlines(100, at: nil, now: far, using: transaction)
            #expect(claimed.count == 1)
            try await desk.store.fire(claimed, using: transaction)
        }
        let view = try #require(await desk.store.view(of: number, seeing: .desk, including: true))
        #expect(!view.log.contains { $0.recorded.event.kind == .deadlineMissed })
        #expect(try await desk.store.nextDeadline() == nil)
    }
}

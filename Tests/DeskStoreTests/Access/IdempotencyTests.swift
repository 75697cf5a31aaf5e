import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Testing

@Suite("Idempotency keys", .database(template: TestDesk.template))
struct IdempotencyTests {
    private let key = IdempotencyKey(principal: "token:1", key: "k")
    private let answer = KeptAnswer(fingerprint: [7], status: 201, location: "/tickets/OSL-1", body: Array("{}".utf8))

    @Test("Of requests with one key that come all at once, one has its effect and the others repeat its answer")
    func concurrent() async throws {
        try await TestDesk.playing("meridian_intake") { desk in
            let (key, answer) = (key, answer)
            let replays = try await withThrowingTaskGroup(of: KeptAnswer?.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await desk.store.transaction { (transaction: borrowing Transaction) -> KeptAnswer? in
                            let kept = try await transaction.claim(key, fingerprint: [7], now: TestDesk.monday)
                            if let kept { return kept }
                            _ = try await desk.store.accept(TestDesk.submission(), using: transaction)
                            try await transaction.keep(answer, under: key)
                            return nil
                        }
                    }
                }
                return try await group.reduce(into: [KeptAnswer?]()) { $0.append($1) }
            }
            #expect(replays.count { $0 == nil } == 1)
            #expect(replays.count { $0 == answer } == 7)
            #expect(try await TestDatabase.current.first("select count(*) from ticket", as: Int.self) == 1)
        }
    }

    @Test("A request that failed frees its key, and keys of different principals have nothing to do with each other")
    func freed() async throws {
        let store = try TestDesk().store
        struct Failed: Error {}
        await #expect(throws: Failed.self) {
            try await store.transaction { (transaction: borrowing Transaction) in
                _ = try await transaction.claim(key, fingerprint: [7], now: TestDesk.monday)
                throw Failed()
            }
        }
        try await store.transaction { (transaction: borrowing Transaction) in
            #expect(try await transaction.claim(key, fingerprint: [7], now: TestDesk.monday) == nil)
            try await transaction.keep(answer, under: key)
            let other = IdempotencyKey(principal: "token:2", key: "k")
            #expect(try await transaction.claim(other, fingerprint: [8], now: TestDesk.monday) == nil)
        }
    }

    @Test("Another request under the same key is told by its fingerprint")
    func fingerprint() async throws {
        let store = try TestDesk().store
        try await store.transaction { (transaction: borrowing Transaction) in
            _ = try await transaction.claim(key, fingerprint: [7], now: TestDesk.monday)
            try await transaction.keep(answer, under: key)
        }
        let kept = try await store.transaction { (transaction: borrowing Transaction) in
            try await transaction.claim(key, fingerprint: [8], now: TestDesk.monday)
        }
        #expect(kept?.fingerprint == [7])
    }
}

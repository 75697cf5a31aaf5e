import Desk
import DeskStore
import DeskSuppliers
import DeskTestSupport
import Foundation
import Jobs
import Postgres
import PostgresTestSupport
import TallyTestSupport
import Testing

@testable import Suppliers

@Suite("Polls of suppliers' systems", .database(template: TestDesk.template), .timeLimit(.minutes(5)))
struct PollHandlerTests {
    private func poll(_ shared: SharedDesk, asking system: AskedSystem) async throws {
        try await shared.database.transaction { _ = try await $0.enqueue(PollSuppliers()) }
        try await shared.workThrough(asking: system.asFjordnett)
    }

    @Test("What a poll finds is read as if it had come through a door, once, and the next poll goes on from there")
    func found() async throws {
        let shared = try await SharedDesk()
        let ticket = try await shared.referred()
        try await shared.database.run("delete from jobs.job where kind = 'supplier.deliver'")
        let exchange = try #require(await shared.view(ticket).bonds.first).uuid
        let body = CloudEvent(
            id: "m-1", source: "https://fjordnett.example", subject: nil, time: nil, sequence: nil,
            payload: SupplierStatement(exchange: exchange, .noted("Found"))
        ).text
        let system = AskedSystem(found: { cursor in
            .success(Polled(receipts: [.init(messageID: "m-1", body: body)], cursor: (cursor ?? "") + "+"))
        })
        try await poll(shared, asking: system)
        try await poll(shared, asking: system)
        #expect(try await shared.view(ticket).entries.count { $0.text == "Found" } == 1)
        #expect(try await shared.line().pollCursor == "++")
        #expect(try await shared.jobs() == [])
    }

    @Test("A poll that fails counts on the line, one that is not welcome pauses it, and then nobody is asked")
    func failures() async throws {
        let shared = try await SharedDesk()
        let asked = Tally<String?>()
        let system = AskedSystem(found: { cursor in
            asked.note(cursor) == 1
                ? .failure(.postponed(because: "busy", after: nil)) : .failure(.gone(because: "no more"))
        })
        try await poll(shared, asking: system)
        #expect(try await shared.line().failures == 1)
        try await poll(shared, asking: system)
        #expect(try await shared.line().pausedBecause == "no more")
        try await poll(shared, asking: system)
        #expect(asked.elements.count == 2)
        #expect(try await shared.jobs() == [])
    }
}

import Desk
import DeskStore
import DeskTestSupport
import Jobs
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import TallyTestSupport
import Testing

@testable import Suppliers

@Suite("Comparisons with suppliers' systems", .database(template: TestDesk.template), .timeLimit(.minutes(5)))
struct ReconcileHandlerTests {
    @Test("What is different there is heard, and a message that has lost its job is sent")
    func repaired() async throws {
        let time = ManualTime(TestDesk.monday)
        let system = try SupplierSystem(time: time)
        try await system.run {
            let shared = try await SharedDesk(port: system.port)
            try await shared.setSecrets()
            let solved = try await shared.referred()
            time.advance(to: shared.time.now)
            try await shared.workThrough()
            let forgotten = try await shared.referred()
            try await shared.database.run("delete from jobs.job where kind = 'supplier.deliver'")
            time.advance(to: shared.time.now)
            try await shared.store.reconcile(shared.supplier(), "fjordnett")
            let theirs = AskedSystem(held: { $0.ticket == solved.id ? Picture(state: "resolved") : nil })
            try await shared.workThrough(asking: theirs.asFjordnett)
            #expect(try await shared.view(solved).log.last?.recorded.event.kind == .supplierResolved)
            #expect(try await shared.view(forgotten).bonds.first?.lastSentAt != nil)
            #expect(system.heard.elements.count == 2)
            #expect(try await shared.line().reconciledAt != nil)
            #expect(try await shared.jobs() == [])
            await shared.worker.store.database.close()
        }
    }
}

import Desk
import DeskStore
import Jobs
import Postgres
import Testing

extension RealProcessTests {
    @Suite("What two desks hold of an exchange, compared")
    struct ComparedDesksTests {
        @Test("An end of which the other desk has lost the word is heard when the two are compared, whoever said it")
        func lostEnds() async throws {
            try await TwoDesks.run { desks in
                let (near, far) = try await desks.refer("one")
                try await loseWord(at: desks.near) {
                    try await far.resolve(.solved, "It was the cable.")
                }
                #expect(try await near.exchange()?.state == "acknowledged")
                try await compare(desks)
                try await near.hear(.supplierResolved)
                #expect(try await near.exchange()?.state == "resolved")

                try await desks.refer(near, asking: "It came back.", key: "reopen")
                try await far.hear(.reopened)
                try await loseWord(at: desks.far) {
                    try await near.resolve(.withdrawn, "Els has one of her own.")
                }
                #expect(try await far.exchange()?.hasEnded == false)
                try await compare(desks)
                try await far.wait(for: .resolved)
                #expect(try await far.exchange()?.state == "withdrawn")

                try await compare(desks)
                for journey in [near, far] {
                    let unreachable = try await journey.count(.supplierUnreachable)
                    #expect(unreachable == 0, "nothing is left that would differ")
                }
                #expect(try await near.count(.supplierResolved) == 1, "a comparison says nothing twice")
            }
        }

        /// Does something of which the other desk takes the word and loses it before it is read, as where its database
        /// was restored.
        private func loseWord(at desk: RunningDesk, _ body: () async throws -> Void) async throws {
            let ledger = JobLedger(desk.database)
            let known = try await desk.database.first("select count(*) from supplier_receipt", as: Int.self) ?? 0
            try await ledger.pause(queue: ReadSupplierReceipt.queue)
            try await body()
            try await until("the word is there") { () -> Void? in
                let count = try await desk.database.first("select count(*) from supplier_receipt", as: Int.self)
                return count ?? 0 > known ? () : nil
            }
            try await desk.database.transaction { transaction in
                try await transaction.run("delete from jobs.job where kind = \(ReadSupplierReceipt.kind.rawValue)")
                try await transaction.run("delete from supplier_receipt where handled_at is null")
            }
            _ = try await ledger.resume(queue: ReadSupplierReceipt.queue)
        }

        /// Two nights later each desk compares.
        private func compare(_ desks: TwoDesks) async throws {
            for desk in [desks.near, desks.far] {
                try await until("everything has left") { () -> Void? in
                    let unsent = try await desk.database.first(
                        "select count(*) from supplier_message where sent_at is null", as: Int.self)
                    return unsent == 0 ? () : nil
                }
                try await desk.database.run(
                    """
                    update supplier_ticket set last_sent_at = last_sent_at - interval '2 days',
                        last_heard_at = last_heard_at - interval '2 days'
                    """)
            }
            for desk in [desks.near, desks.far] {
                try await desk.database.transaction { _ = try await $0.enqueue(ReconcileSuppliers()) }
                try await until("it has compared") { () -> Void? in
                    let left = try await desk.database.first(
                        "select count(*) from jobs.job where kind like 'supplier.reconcil%'", as: Int.self)
                    return left == 0 ? () : nil
                }
            }
        }
    }
}

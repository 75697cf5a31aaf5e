import Desk
public import DeskStore
import DeskSuppliers
import Foundation
public import HTTP
public import Jobs
import Moments
import Postgres
public import Runtime
import Secrets

/// Compares open exchanges with what the suppliers' systems hold. What is different there is heard as if they had just
/// said it; what has waited here without a job is sent; what cannot be repaired is told to those who answer.
public struct ReconcileHandler: Sendable {
    let store: DeskStore
    let wires: Wires
    let log: Log
    var connectors = Connectors()

    /// How many exchanges one job compares.
    static let batch = 3

    public init(_ store: DeskStore, secrets: SecretStore, client: HTTPClient, log: Log) {
        (self.store, self.log) = (store, log)
        wires = Wires(client: client, secrets: secrets, timekeeper: store.timekeeper)
    }

    public var handlers: [JobHandler] {
        [
            JobHandler(for: ReconcileSuppliers.self) { _, context in try await leave(context) },
            JobHandler(for: ReconcileSupplier.self) { job, context in try await reconcile(job, context) },
        ]
    }

    private func leave(_ context: JobContext) async throws -> JobOutcome {
        try await context.complete { (transaction: borrowing Transaction) in
            let directory = try await store.directory(using: transaction)
            for supplier in directory.organisation.suppliers {
                guard let id = directory.suppliers[supplier.code] else { continue }
                try await transaction.enqueue(
                    ReconcileSupplier(supplier: id.rawValue), group: supplier.code, unique: "\(id)")
            }
        }
        return .done
    }

    private func reconcile(_ job: ReconcileSupplier, _ context: JobContext) async throws -> JobOutcome {
        let id = SupplierID(job.supplier)
        let (bonds, line, directory) = try await store.transaction { (transaction: borrowing Transaction) in
            let bonds = try await transaction.openBonds(of: id, after: job.after, limit: Self.batch)
            return (bonds, try await transaction.line(to: id), try await store.directory(using: transaction))
        }
        guard case .open = line.admission(at: store.timekeeper.now) else {
            return .discard(because: "the supplier is not asked now")
        }
        guard let supplier = directory.supplier(id), let connector = connectors.connector(of: supplier) else {
            return .discard(because: "the organisation no longer names the supplier")
        }
        var differences: [(BondView, Picture)] = []
        for bond in bonds {
            let (_, result) = await wires.attempt(supplier.code) { wire throws(Setback) in
                try await connector.picture(of: bond, over: wire)
            }
            switch result {
            case .success(let picture?):
                if picture.differs ?? (picture.state != bond.theirState) { differences.append((bond, picture)) }
            case .success(nil): break
            case .failure(.interrupted): throw CancellationError()
            case .failure(let setback): return .discard(because: setback.reason)
            }
        }
        try await finish(job, bonds, differences, supplier, context)
        return .done
    }

    /// Repairs what differs, and goes on with the exchanges behind these.
    private func finish(
        _ job: ReconcileSupplier, _ bonds: [BondView], _ differences: [(BondView, Picture)], _ supplier: Supplier,
        _ context: JobContext
    ) async throws {
        let id = SupplierID(job.supplier)
        try await context.complete { (transaction: borrowing Transaction) in
            for (bond, picture) in differences {
                try await repair(bond, picture, supplier, "job \(context.id)", using: transaction)
            }
            for bond in bonds { try await transaction.deliverLeftovers(of: bond, group: supplier.code) }
            if bonds.count == Self.batch, let last = bonds.last {
                try await transaction.enqueue(
                    ReconcileSupplier(supplier: job.supplier, after: last.id), group: supplier.code)
            } else {
                try await transaction.noteReconciliation(of: id, at: store.timekeeper.now)
            }
        }
        for (bond, picture) in differences {
            log.warning(
                "an exchange was not the same on both sides",
                ["exchange": .string(bond.uuid.uuidString), "theirs": .string(picture.state ?? "gone")])
        }
    }

    private func repair(
        _ bond: BondView, _ picture: Picture, _ supplier: Supplier, _ cause: String,
        using transaction: borrowing Transaction
    ) async throws {
        do {
            guard let state = picture.state else {
                let recording = Recording(by: .program, cause: cause)
                try await store.record(on: bond.ticket, recording, using: transaction) { _ in
                    .supplierUnreachable(bond.supplier)
                }
                return
            }
            if let request = picture.request {
                let recorder = ClientRecorder(store: store, supplier: supplier, id: bond.supplier, cause: cause)
                return try await recorder.record(request, using: transaction)
            }
            var statement = SupplierStatement(exchange: bond.uuid, .stated(state, text: nil))
            statement.broader = picture.broader
            try await StatementRecorder(store: store).record(
                statement, of: supplier, as: bond.supplier, cause: cause, using: transaction)
        } catch let reason where reason is Refusal || reason is UnknownExchange {
            // It went on meanwhile; the next comparison sees how.
        }
    }
}

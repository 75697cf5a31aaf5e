import Desk
public import DeskStore
import DeskSuppliers
public import HTTP
public import Jobs
import Moments
import Postgres
public import Runtime
import Secrets

/// Carries the messages of a bond to the supplier's system, in their order.
///
/// A message goes out at least once: a crash between the supplier's answer and the note of it has it sent again, with
/// the same id and the same bytes, by which the supplier knows it.
public struct DeliverMessageHandler: Sendable {
    let store: DeskStore
    let secrets: SecretStore
    let client: HTTPClient
    /// The URL of the desk, from which its messages come.
    let source: String
    let log: Log

    /// How many messages one attempt carries: together they stay within the time a job may take.
    static let batch = 3
    static let timeLimit = Duration.seconds(12)
    /// How long messages wait for a secret that nobody has set yet.
    static let patience = Duration.seconds(60)
    /// How long a supplier that keeps asking for time is given some.
    static let oldest = Duration.seconds(96 * 3600)

    public init(_ store: DeskStore, secrets: SecretStore, client: HTTPClient, source: String, log: Log) {
        (self.store, self.secrets, self.client) = (store, secrets, client)
        (self.source, self.log) = (source, log)
    }

    public var handler: JobHandler {
        JobHandler(for: DeliverSupplierMessage.self) { job, context in try await deliver(job.bond, context) }
    }

    private func deliver(_ bond: Int64, _ context: JobContext) async throws -> JobOutcome {
        for _ in 0..<Self.batch {
            let delivery: Delivery
            switch try await prepare(bond) {
            case .nothing: return .done
            case .hopeless(let bond, let message, let reason):
                return try await giveUp(message, of: bond, because: reason, context)
            case .ready(let ready): delivery = ready
            }
            guard let secret = try await secret(of: delivery) else { return .snooze(Self.patience) }
            switch try await attempt(delivery, secret) {
            case .taken:
                SupplierPoint.posted.pass()
                if try await settle(delivery, context) { return .done }
            case .refused(let reason):
                return try await giveUp(delivery.message, of: delivery.bond, because: reason, context)
            case .postponed(let reason, let wait):
                return try await postpone(delivery, because: reason, after: wait, context)
            }
        }
        return .snooze(.zero)
    }

    private enum Preparation {
        case nothing
        case ready(Delivery)
        case hopeless(BondView, PendingMessage, because: String)
    }

    /// Takes the next message of the bond and fixes its bytes, before anything leaves.
    private func prepare(_ id: Int64) async throws -> Preparation {
        try await store.transaction { (transaction: borrowing Transaction) in
            guard let bond = try await transaction.bond(id), let message = try await transaction.nextMessage(of: id),
                let shared = try await store.sharedTicket(bond.ticket, note: message.note, using: transaction)
            else { return .nothing }
            guard let supplier = shared.directory.supplier(bond.supplier) else {
                return .hopeless(bond, message, because: "the organisation no longer names the supplier")
            }
            guard let address = WebAddress(supplier.url) else {
                return .hopeless(bond, message, because: "\(supplier.url) is no URL that can be called")
            }
            let event = CloudEvent(message, of: bond, about: shared, to: supplier, from: source)
            let body = try await transaction.fix(event.text, of: message.id)
            return .ready(
                Delivery(
                    bond: bond, message: message, address: address, secret: supplier.outgoingSecret,
                    body: Array(body.utf8)))
        }
    }

    private func secret(of delivery: Delivery) async throws -> WebhookSecret? {
        let name = delivery.secret
        let reason: String
        if let value = try await secrets.value(of: name) {
            do {
                return try WebhookSecret(parsing: String(decoding: value, as: UTF8.self))
            } catch {
                reason = "the secret \(name) cannot sign: \(error)"
            }
        } else {
            reason = "the secret \(name) is not set; set it with deskctl secret set \(name)"
        }
        log.warning("messages to a supplier wait for a secret", ["reason": .string(reason)])
        try await note(reason, on: delivery.message)
        return nil
    }

    private func attempt(_ delivery: Delivery, _ secret: WebhookSecret) async throws -> Verdict {
        do {
            let request = delivery.request(signedWith: secret, at: store.timekeeper.now)
            return Verdict(try await client.send(request, within: Self.timeLimit), at: store.timekeeper.now)
        } catch let error as HTTPClientError {
            return Verdict(error)
        }
    }

    /// Writes down that the supplier has the message.
    ///
    /// - Returns: whether that was the bond's last one; the job is finished with it.
    private func settle(_ delivery: Delivery, _ context: JobContext) async throws -> Bool {
        let isLast = try await store.transaction { (transaction: borrowing Transaction) in
            try await transaction.markSent(delivery.message.id, at: store.timekeeper.now)
            guard try await transaction.nextMessage(of: delivery.bond.id) == nil else { return false }
            try await context.complete(in: transaction)
            return true
        }
        log.info(
            "told a supplier",
            ["message": .string(delivery.id), "kind": .string(delivery.message.kind.rawValue)])
        return isLast
    }

    private func postpone(
        _ delivery: Delivery, because reason: String, after wait: Duration?, _ context: JobContext
    ) async throws -> JobOutcome {
        let age = store.timekeeper.now.duration(since: delivery.message.createdAt)
        if let wait, age < Self.oldest {
            try await note(reason, on: delivery.message)
            return .snooze(wait)
        }
        guard !context.isLastAttempt else {
            return try await giveUp(delivery.message, of: delivery.bond, because: reason, context)
        }
        try await note(reason, on: delivery.message)
        throw Undelivered(description: reason)
    }

    private func note(_ reason: String, on message: PendingMessage) async throws {
        try await store.transaction { (transaction: borrowing Transaction) in
            try await transaction.markFailed(message.id, because: reason)
        }
    }

    /// Leaves the message to a person, and has those told who answer for the ticket.
    private func giveUp(
        _ message: PendingMessage, of bond: BondView, because reason: String, _ context: JobContext
    ) async throws -> JobOutcome {
        let outcome = JobOutcome.dead(because: reason)
        try await context.complete(as: outcome) { (transaction: borrowing Transaction) in
            try await transaction.markFailed(message.id, because: reason)
            do {
                let recording = Recording(by: .program, cause: "job \(context.id)")
                try await store.record(on: bond.ticket, recording, using: transaction) { _ in
                    .supplierUnreachable(bond.supplier)
                }
            } catch is Refusal {
                // The ticket is no longer shared with the supplier: nobody waits for the message.
            }
        }
        return outcome
    }
}

/// A message could not be delivered, and is tried again.
struct Undelivered: Error, CustomStringConvertible {
    let description: String
}

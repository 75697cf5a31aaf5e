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
/// A message goes out at least once: a crash between the supplier's answer and the note of it has it sent again, and
/// the connector sees to it that their system has it once.
public struct DeliverMessageHandler: Sendable {
    let store: DeskStore
    let secrets: SecretStore
    let client: HTTPClient
    /// The URL of the desk, from which its messages come.
    let source: String
    let log: Log
    let connectors = Connectors()
    let tokens = Tokens()

    /// How many messages one attempt carries: together they stay within the time a job may take.
    static let batch = 3
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
            do {
                let delivered = try await attempt(delivery)
                SupplierPoint.posted.pass()
                if try await settle(delivery, delivered, context) { return .done }
            } catch let setback as Setback {
                return try await suffer(setback, delivery, context)
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
            guard let connector = connectors.connector(of: supplier) else {
                let word = supplier.connector.word
                return .hopeless(bond, message, because: "this program has no connector for \"\(word)\"")
            }
            let event = CloudEvent(message, of: bond, about: shared, to: supplier, from: source)
            let text = try await transaction.fix(event.text, of: message.id)
            let outgoing = Outgoing(
                bond: bond, event: try CloudEvent(reading: text.utf8), text: text, attempt: message.attempts + 1)
            return .ready(
                Delivery(
                    bond: bond, message: message, supplier: supplier, connector: connector, outgoing: outgoing))
        }
    }

    /// One attempt, and another one with new credentials where the old ones were refused.
    private func attempt(_ delivery: Delivery) async throws(Setback) -> Delivered {
        let wire = Wire(
            client: client, secrets: secrets, tokens: tokens, timekeeper: store.timekeeper, record: WireRecord())
        do {
            return try await delivery.connector.deliver(delivery.outgoing, over: wire)
        } catch .unauthorised(let reason) {
            guard tokens.forget(delivery.supplier.code) else { throw .unauthorised(because: reason) }
            return try await delivery.connector.deliver(delivery.outgoing, over: wire)
        }
    }

    /// Writes down that the supplier has the message.
    ///
    /// - Returns: whether that was the bond's last one; the job is finished with it.
    private func settle(
        _ delivery: Delivery, _ delivered: Delivered, _ context: JobContext
    ) async throws -> Bool {
        let isLast = try await store.transaction { (transaction: borrowing Transaction) in
            if let terms = delivered.leavesByMail {
                try await store.oweLetter(
                    delivery.message, of: delivery.bond, to: delivery.supplier, reading: terms, from: context.site,
                    using: transaction)
            }
            try await transaction.markSent(delivery.message.id, at: store.timekeeper.now)
            guard try await transaction.nextMessage(of: delivery.bond.id) == nil else { return false }
            try await context.complete(in: transaction)
            return true
        }
        log.info(
            "told a supplier",
            ["message": .string(delivery.outgoing.id), "kind": .string(delivery.message.kind.rawValue)])
        return isLast
    }

    private func suffer(_ setback: Setback, _ delivery: Delivery, _ context: JobContext) async throws -> JobOutcome {
        switch setback {
        case .interrupted: throw CancellationError()
        case .unready(let reason):
            log.warning("messages to a supplier wait", ["reason": .string(reason)])
            try await note(reason, on: delivery.message)
            return .snooze(Self.patience)
        case .postponed(let reason, let wait):
            return try await postpone(delivery, because: reason, after: wait, context)
        case .refused(let reason), .unauthorised(let reason), .gone(let reason):
            return try await giveUp(delivery.message, of: delivery.bond, because: reason, context)
        }
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

/// A message that is ready to be carried over, and how.
private struct Delivery: Sendable {
    let bond: BondView
    let message: PendingMessage
    let supplier: Supplier
    let connector: any Connector
    let outgoing: Outgoing
}

/// A message could not be delivered, and is tried again.
struct Undelivered: Error, CustomStringConvertible {
    let description: String
}

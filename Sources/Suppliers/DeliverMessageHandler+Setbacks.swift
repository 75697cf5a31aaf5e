import Desk
import DeskStore
import Jobs
import Moments
import Postgres
import Runtime

/// What becomes of a message that has not got through.
extension DeliverMessageHandler {
    func suffer(
        _ setback: Setback, _ delivery: Delivery, _ trace: MessageTrace, _ context: JobContext
    ) async throws -> JobOutcome {
        switch setback {
        case .interrupted: throw CancellationError()
        case .unready(let reason):
            log.warning("messages to a supplier wait", ["reason": .string(reason)])
            try await store.transaction { (transaction: borrowing Transaction) in
                try await note(reason, delivery, trace, using: transaction)
            }
            return .snooze(Self.patience)
        case .postponed(let reason, let wait):
            return try await postpone(delivery, because: reason, after: wait, trace, context)
        case .unauthorised(let reason), .gone(let reason):
            return try await pause(delivery, because: reason, trace, context)
        case .refused(let reason):
            // A system that says no to one message does answer.
            return try await giveUp(
                delivery.message, of: delivery.bond, because: reason, trace, answering: delivery.line, context)
        }
    }

    private func note(
        _ reason: String, _ delivery: Delivery, _ trace: MessageTrace, using transaction: borrowing Transaction
    ) async throws {
        try await transaction.markFailed(
            delivery.message, of: delivery.bond, because: reason, trace, at: store.timekeeper.now)
    }

    private func postpone(
        _ delivery: Delivery, because reason: String, after wait: Duration?, _ trace: MessageTrace,
        _ context: JobContext
    ) async throws -> JobOutcome {
        let now = store.timekeeper.now
        try await store.transaction { (transaction: borrowing Transaction) in
            try await note(reason, delivery, trace, using: transaction)
            try await transaction.noteFailure(
                of: delivery.bond.supplier, because: reason, askedFor: wait, at: now)
        }
        if let wait, now.duration(since: delivery.message.createdAt) < Self.oldest { return .snooze(wait) }
        guard !context.isLastAttempt else {
            return try await giveUp(delivery.message, of: delivery.bond, because: reason, trace, context)
        }
        throw Undelivered(description: reason)
    }

    /// Leaves the whole supplier to a person: no message of any ticket is taken as things stand.
    private func pause(
        _ delivery: Delivery, because reason: String, _ trace: MessageTrace, _ context: JobContext
    ) async throws -> JobOutcome {
        log.error(
            "a supplier is paused",
            ["supplier": .string(delivery.supplier.code), "reason": .string(reason)])
        let outcome = JobOutcome.snooze(Self.pause)
        try await context.complete(as: outcome) { (transaction: borrowing Transaction) in
            try await tell(delivery.bond, context, using: transaction)
            try await note(reason, delivery, trace, using: transaction)
            try await transaction.pause(delivery.bond.supplier, because: reason, at: store.timekeeper.now)
        }
        return outcome
    }

    /// Leaves the message to a person, and has those told who answer for the ticket.
    ///
    /// - Parameter line: as it was before the supplier's system answered; nil where it has not.
    func giveUp(
        _ message: PendingMessage, of bond: BondView, because reason: String, _ trace: MessageTrace?,
        answering line: SupplierLine? = nil, _ context: JobContext
    ) async throws -> JobOutcome {
        let outcome = JobOutcome.dead(because: reason)
        let now = store.timekeeper.now
        try await context.complete(as: outcome) { (transaction: borrowing Transaction) in
            try await tell(bond, context, using: transaction)
            try await transaction.markFailed(message, of: bond, because: reason, trace, isParked: true, at: now)
            if let line { try await transaction.noteSuccess(of: bond.supplier, line, at: now) }
        }
        return outcome
    }

    private func tell(_ bond: BondView, _ context: JobContext, using transaction: borrowing Transaction) async throws {
        do {
            let recording = Recording(by: .program, cause: "job \(context.id)")
            try await store.record(on: bond.ticket, recording, using: transaction) { _ in
                .supplierUnreachable(bond.supplier)
            }
        } catch is Refusal {
            // The ticket is no longer shared with the supplier: nobody waits for the message.
        }
    }
}

/// A message could not be delivered, and is tried again.
struct Undelivered: Error, CustomStringConvertible {
    let description: String
}

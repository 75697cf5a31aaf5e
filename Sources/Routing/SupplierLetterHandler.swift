import Desk
public import DeskMail
import DeskStore
import DeskSuppliers
import JSON
public import Jobs
import Mail
import Moments
import Postgres
import Runtime

/// Hands the mails of the portal of suppliers to the smarthost. One that is tried again carries the same Message-ID and
/// the same link.
public struct SupplierLetterHandler: Sendable {
    private let store: DeskStore
    private let composer: SupplierLetterComposer
    /// Nil while no smarthost is set: mails wait, nothing is dropped.
    private let pool: SMTPPool?
    private let outage: SmarthostOutage

    /// - Parameter letters: whose way to the smarthost it shares.
    public init(beside letters: SendLetterHandler, composer: SupplierLetterComposer) {
        (store, self.composer) = (letters.store, composer)
        (pool, outage) = (letters.sender?.pool, letters.outage)
    }

    public var handler: JobHandler {
        JobHandler(for: SupplierLetter.self) { letter, context in try await send(letter, context) }
    }

    private func send(_ letter: SupplierLetter, _ context: JobContext) async throws -> JobOutcome {
        guard letter.expiresAt > store.timekeeper.now else { return .discard(because: "its link opens nothing by now") }
        guard let pool else { return .snooze(SendLetterHandler.patience) }
        if let rest = outage.rest { return .snooze(rest) }
        guard let draft = try await draft(of: letter) else { return .discard(because: "nobody is to have it any more") }
        let message = try MessageWriter.write(draft)
        let now = store.timekeeper.now
        var delivery = Delivery()
        delivery.firstTriedAt = letter.writtenAt
        var chance = SplitMix64(state: UInt64(bitPattern: now.microseconds))
        var outcome: Delivery.Outcome?
        do throws(SMTPFailure) {
            let envelope = Envelope(sender: draft.from, recipients: draft.to)
            let reply = try await pool.send(message, envelope, within: LetterSender.timeLimit).first
            outcome = reply.map { DeliveryRules.outcome(of: $0, after: delivery, at: now, using: &chance) }
        } catch {
            outcome = DeliveryRules.outcome(of: error, after: delivery, at: now, using: &chance)
            guard outcome != nil else {
                try await outage.began(because: "\(error)")
                return .snooze(outage.rest ?? SendLetterHandler.patience)
            }
        }
        try await outage.ended()
        switch outcome {
        case .sent, .sentPerhaps: return .done
        case .refused(let reason): return try await giveUp(letter, because: reason, context)
        // Each pause is as long as all before it.
        case .later, nil:
            let age = now.duration(since: letter.writtenAt)
            return .snooze(max(DeliveryRules.firstPause, min(age, DeliveryRules.longestPause)))
        }
    }

    /// The mail as its reader is to have it; nil where he does not speak for the supplier any more, or where there is
    /// nothing to be seen.
    private func draft(of letter: SupplierLetter) async throws -> Draft? {
        let directory = try await store.directory()
        let now = store.timekeeper.now
        switch letter.content {
        case .pass:
            let found = directory.portalReaders.first { $0.address == letter.address }
            guard let reader = found else { return nil }
            return composer.draft(letter, to: reader, news: nil, in: directory, at: now)
        case .news(let bond, let id, _):
            guard let supplier = directory.supplier(id),
                let reader = supplier.readers.first(where: { $0.address == letter.address }),
                let exchange = try await store.exchange(bond: bond, of: id)
            else { return nil }
            let disclosure = Disclosure(of: exchange.facts, allowing: supplier.fields)
            let news = SupplierLetterComposer.News(of: exchange, subject: disclosure[.subject]?.string)
            return composer.draft(letter, to: reader, news: news, in: directory, at: now)
        }
    }

    /// Leaves the mail to a person, and has those told who answer for the ticket.
    private func giveUp(
        _ letter: SupplierLetter, because reason: String, _ context: JobContext
    ) async throws -> JobOutcome {
        let outcome = JobOutcome.dead(because: reason)
        guard case .news(let bond, let supplier, _) = letter.content else { return outcome }
        try await context.complete(as: outcome) { (transaction: borrowing Transaction) in
            guard let bond = try await transaction.bond(bond) else { return }
            do {
                let recording = Recording(by: .program, cause: "job \(context.id)")
                try await store.record(on: bond.ticket, recording, using: transaction) { _ in
                    .supplierUnreachable(supplier)
                }
            } catch is Refusal {
                // The ticket is no longer shared with the supplier: nobody waits for the mail.
            }
        }
        return outcome
    }
}

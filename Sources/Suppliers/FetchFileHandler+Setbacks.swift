import Catalogue
import Desk
import DeskStore
import DeskSuppliers
import Jobs
import Postgres
import Runtime

/// What becomes of a file that could not be fetched.
extension FetchFileHandler {
    func suffer(_ setback: Setback, _ errand: Errand, _ context: JobContext) async throws -> JobOutcome {
        switch setback {
        case .interrupted: throw CancellationError()
        case .unready: return .snooze(DeliverMessageHandler.patience)
        case .unauthorised(let reason), .gone(let reason):
            let outcome = JobOutcome.snooze(DeliverMessageHandler.pause)
            try await context.complete(as: outcome) { (transaction: borrowing Transaction) in
                try await transaction.pause(errand.id, because: reason, at: store.timekeeper.now)
            }
            return outcome
        case .postponed(let reason, let wait) where !context.isLastAttempt:
            if let wait { return .snooze(wait) }
            throw Undelivered(description: reason)
        case .postponed(let reason, _), .refused(let reason):
            return try await tell(because: reason, errand, context) { wording in
                wording(.supplierFileMissing, ["name": errand.file.name, "reason": reason])
            }
        }
    }

    func tellTooLarge(_ errand: Errand, _ context: JobContext) async throws -> JobOutcome {
        try await tell(because: "it is too large", errand, context) { wording in
            let size = wording.size(bytes: Int(SharedFile.mostBytes))
            return wording(.supplierFileTooLarge, ["name": errand.file.name, "size": size])
        }
    }

    /// Leaves it to those who answer for the ticket to ask for the file in another way.
    private func tell(
        because reason: String, _ errand: Errand, _ context: JobContext, in words: (Wording) -> String
    ) async throws -> JobOutcome {
        log.warning(
            "a supplier's file is not fetched",
            ["supplier": .string(errand.supplier.code), "reason": .string(reason)])
        try await context.complete { (transaction: borrowing Transaction) in
            if let ticket = try await transaction.ticket(errand.bond.ticket)?.ticket {
                let words = words(Wording(Language(tag: ticket.language) ?? .english))
                let recording = Recording(
                    by: .supplier(errand.id), note: Note(words, visibility: .internal, channel: .supplier),
                    cause: "job \(context.id)")
                try await store.record(on: ticket.id, recording, using: transaction) { occasion in
                    guard let entry = occasion.entry else { preconditionFailure("words are recorded as an entry") }
                    return .supplierNoted(errand.id, note: entry)
                }
            }
            try await transaction.settle(
                receipt: errand.receipt, as: "refused: \(reason)", at: store.timekeeper.now)
        }
        return .done
    }
}

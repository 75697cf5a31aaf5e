import Catalogue
import Desk
import DeskStore
import DeskSuppliers
import Jobs
import Moments
import Postgres
import Runtime

/// What becomes of a file that could not be fetched.
extension FetchFileHandler {
    /// How long a system that keeps asking for time is given some.
    private static let oldest = DeliverMessageHandler.oldest

    func suffer(_ setback: Setback, _ errand: Errand, _ context: JobContext) async throws -> JobOutcome {
        switch setback {
        case .interrupted: throw CancellationError()
        case .unready: return .snooze(DeliverMessageHandler.patience)
        case .postponed(_, let wait?) where store.timekeeper.now.duration(since: context.enqueuedAt) < Self.oldest:
            return .snooze(wait)
        // Whether we are known at all is for messages and polls to find out: a file may be kept elsewhere.
        case .postponed(let reason, _) where !context.isLastAttempt,
            .unauthorised(let reason) where !context.isLastAttempt:
            throw Undelivered(description: reason)
        case .postponed(let reason, _), .unauthorised(let reason), .gone(let reason), .refused(let reason):
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

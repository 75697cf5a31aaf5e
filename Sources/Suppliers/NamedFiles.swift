import Desk
import DeskStore
import DeskSuppliers
import Foundation
import Postgres

extension DeskStore {
    /// Leaves the fetching of files that another desk has named with the words that were written last on a ticket.
    func fetch(
        _ files: [SharedFile], in exchange: UUID, of ticket: TicketID, from desk: Supplier, as id: SupplierID,
        using transaction: borrowing Transaction
    ) async throws {
        guard !files.isEmpty, let entry = try await transaction.lastEntry(of: ticket) else { return }
        for file in files.prefix(SharedFile.most) {
            let file = AttachedFile(file, in: exchange, to: entry.rawValue)
            try await receive(
                file: file.text, messageID: file.messageID, from: id, group: desk.code, using: transaction)
        }
    }
}

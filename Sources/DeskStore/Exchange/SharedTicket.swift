public import Desk
import Moments
public import Postgres

/// What a message to a supplier can be made of, before the supplier's allow-list is applied.
public struct SharedTicket: Sendable {
    public let record: TicketRecord
    public let requester: PersonRecord
    /// What the requester wrote first, as far as the supplier may see it.
    public let description: String?
    /// The note that goes along with the message.
    public internal(set) var note: String?
    /// The files of these two.
    public let descriptionFiles: [AttachmentView]
    public let noteFiles: [AttachmentView]
    public let directory: Directory
}

extension DeskStore {
    /// A ticket as a message about it with a note would need it; nil where these eyes see none.
    public func sharedTicket(
        _ id: TicketID, with supplier: SupplierID, saying note: String?, seeing sight: Sight
    ) async throws -> SharedTicket? {
        try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            var shared = try await sharedTicket(id, with: supplier, note: nil, using: transaction)
            shared?.note = note
            return shared
        }
    }

    /// A ticket as a message about it needs it; nil if there is no such ticket.
    public func sharedTicket(
        _ id: TicketID, with supplier: SupplierID, note: EntryID?, using transaction: borrowing Transaction
    ) async throws -> SharedTicket? {
        let directory = try await directory(using: transaction)
        let words = SQL.words(for: directory.supplier(supplier))
        let query: Query<TicketRecord> = "select \(columns: TicketRecord.self) from ticket t where t.id = \(id)"
        guard let record = try await transaction.first(query),
            let requester = try await transaction.first(.person(record.ticket.requester))
        else { return nil }
        let description = try await transaction.first(
            """
            select e.id, \(words) from entry e where e.ticket = \(id) and e.visibility = 'public' order by e.id limit 1
            """,
            as: (EntryID, String).self)
        let text = try await transaction.first(
            "select \(words) from entry e where e.ticket = \(id) and e.id = \(note)", as: String.self)
        return SharedTicket(
            record: record, requester: requester, description: description?.1, note: text,
            descriptionFiles: try await transaction.files(of: description?.0, on: id),
            noteFiles: try await transaction.files(of: note, on: id), directory: directory)
    }
}

extension SQL {
    /// What an entry as e says to a supplier: without what is quoted in it, where that may not leave.
    static func words(for supplier: Supplier?) -> SQL {
        supplier?.fields.contains(.quotations) == true ? "e.text" : "own_words(e.text, e.folds)"
    }
}

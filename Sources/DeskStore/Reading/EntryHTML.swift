public import Desk
import Postgres

extension DeskStore {
    /// The HTML of the entries of a ticket that have some, made safe; its pictures are still named by their `cid:`.
    public func html(of number: TicketNumber, seeing sight: Sight) async throws -> [EntryID: String] {
        try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            let rows = try await transaction.all(
                "select id, html from entry where ticket = \(.ticket(number)) and html is not null",
                as: (EntryID, String).self)
            return Dictionary(uniqueKeysWithValues: rows)
        }
    }

    /// The HTML of one entry, if it has some and these eyes see it.
    public func html(of entry: EntryID, seeing sight: Sight) async throws -> String? {
        try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await transaction.first(
                "select html from entry where id = \(entry) and html is not null", as: String.self)
        }
    }

    /// The mail that an entry came by, as a file: byte by byte as it came.
    public func original(of entry: EntryView, named name: String, seeing sight: Sight) async throws -> AttachmentView? {
        try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            let found = try await transaction.first(
                """
                select b.sha256, b.size from inbound_mail i join blob b on b.sha256 = i.original
                where i.entry = \(entry.id) order by i.id limit 1
                """, as: ([UInt8], Int64).self)
            return found.map { digest, size in
                AttachmentView(
                    id: entry.uuid, entry: entry.id, name: name, type: "message/rfc822", size: size, sha256: digest,
                    contentID: nil)
            }
        }
    }

    /// All bytes of a file, if these eyes see it.
    public func bytes(of file: AttachmentView, seeing sight: Sight) async throws -> [UInt8] {
        try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            var bytes: [UInt8] = []
            var part: Int32 = 0
            while let piece = try await Blob.piece(part, of: file.sha256, on: transaction) {
                bytes += piece
                part += 1
            }
            return bytes
        }
    }
}

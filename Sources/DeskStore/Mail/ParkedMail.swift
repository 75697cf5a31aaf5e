public import Foundation
public import Moments
public import Postgres

/// A mail of which no ticket was made yet, because too much came from its sender.
public struct ParkedMail: PostgresRow, Sendable {
    public let uuid: UUID
    public let receivedAt: Moment
    public let sender: String
    public let recipient: String
    public let messageID: String
    public let reason: String
    /// The SHA-256 of the message as it came in.
    public let original: [UInt8]

    public static let columns = "uuid, received_at, sender, recipient, message_id, reason, original"

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        (uuid, receivedAt) = (try row.read(), try row.read())
        (sender, recipient, messageID) = (try row.read(), try row.read(), try row.read())
        (reason, original) = (try row.read(), try row.read())
    }
}

/// The mail is not as it was when it was looked at: somebody has seen to it.
public struct NotParked: Error, CustomStringConvertible {
    public init() {}
    public var description: String { "The mail is parked no longer; somebody has seen to it." }
}

/// Something in the mail still does not fit into a ticket, however often it is tried. It is kept as it was.
public struct StillUnkept: Error, CustomStringConvertible {
    public init() {}
    public var description: String { "Something in the mail still cannot be kept in a ticket. It is kept as it was." }
}

/// How much mail is parked.
public struct ParkedMailCount: Sendable, Equatable {
    /// No more than `most`: whoever has that much is not helped by the exact number.
    public let count: Int
    public let since: Moment

    public static let most = 100

    static func asked(in batch: inout Batch) -> Pending<ParkedMailCount?> {
        batch.first("select count, since from parked_mail()", as: (Int, Moment?).self).map { found in
            guard let (count, since) = found, let since else { return nil }
            return ParkedMailCount(count: count, since: since)
        }
    }
}

extension DeskStore {
    /// The mail that is parked, the oldest first; for an operator, since no door may read it.
    public func parkedMail(from sender: String? = nil, limit: Int = 1_000) async throws -> [ParkedMail] {
        let whose: SQL = sender.map { "and sender = \($0.lowercased())" } ?? ""
        return try await database.all(
            Query<ParkedMail>(
                """
                select \(columns: ParkedMail.self) from inbound_mail where kind = 'parked' \(whose)
                order by received_at, id limit \(limit)
                """))
    }

    /// How much mail is parked; nil if there is none.
    public func parkedMailCount() async throws -> ParkedMailCount? {
        var batch = Batch()
        let count = ParkedMailCount.asked(in: &batch)
        return try await database.ask(batch)[count]
    }

    /// Puts a parked mail aside for good: no ticket is made of it.
    ///
    /// - Parameter sight: of whoever sees mail that no ticket knows of; for an operator nothing has to be set.
    /// - Returns: whether it still was parked.
    public func discardParked(_ mail: UUID, seeing sight: Sight = .desk) async throws -> Bool {
        try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await transaction.settleParked(mail, as: .autoReply, because: MailReason.putAside.sentence())
        }
    }
}

extension Transaction {
    /// Ends the parking of a mail.
    ///
    /// - Returns: whether it still was parked; of several who end it at once, one.
    public borrowing func settleParked(_ mail: UUID, as kind: MailKind, because reason: String) async throws -> Bool {
        try await run(
            """
            update inbound_mail set kind = \(kind), reason = \(reason) where uuid = \(mail) and kind = 'parked'
            """) == 1
    }

    /// A whole blob, by the digest of its bytes.
    public borrowing func blob(_ digest: [UInt8]) async throws -> [UInt8] {
        let pieces = try await all(
            "select bytes from blob_chunk where sha256 = \(digest) order by part", as: [UInt8].self)
        return pieces.flatMap(\.self)
    }
}

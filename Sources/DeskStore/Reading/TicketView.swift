public import Desk
public import Foundation
public import Moments
import Postgres

/// All that a ticket is, read in one round trip.
public struct TicketView: Sendable {
    public let record: TicketRecord
    public let requester: PersonRecord
    /// Why a person chose the priority, in his words.
    public let priorityReason: String?
    public let entries: [EntryView]
    public let legs: [Leg]
    public let clocks: [ClockView]
    public let bonds: [BondView]
    public let log: [LogLine]
    /// Letters about the ticket that came back; told to the desk alone.
    public let returnedLetters: [ReturnedLetter]
    public let directory: Directory
    /// When it was read: running clocks are shown as of this instant.
    public let asOf: Moment

    public var ticket: Ticket { record.ticket }

    /// What the routing table decided last, and why; nil for a ticket that it never decided about.
    public var routing: (rule: String, why: RoutingReasons)? {
        for line in log.reversed() {
            if case .routed(_, let rule, let why) = line.recorded.event { return (rule, why) }
        }
        return nil
    }
}

extension DeskStore {
    /// A ticket with everything on it, or nil where there is none for these eyes.
    ///
    /// - Parameter internalOnes: whether notes that only the desk may read are included.
    public func view(
        of number: TicketNumber, seeing sight: Sight, including internalOnes: Bool
    ) async throws -> TicketView? {
        let now = now
        var batch = Batch()
        let questions = ViewQuestions(number, including: internalOnes, in: &batch)
        let answers = try await ask(batch, seeing: sight)
        return try await questions.view(answers, asOf: now, directory(version:))
    }

    /// A file of a ticket, or nil where there is none for these eyes.
    public func attachment(_ id: UUID, of number: TicketNumber, seeing sight: Sight) async throws -> AttachmentView? {
        try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await transaction.first(
                Query<AttachmentView>(
                    """
                    select \(columns: AttachmentView.self) from attachment
                    where id = \(id) and ticket = (select t.id from ticket t where t.number = \(number))
                    """))
        }
    }

    /// Reads some of an attachment's bytes, piece by piece. No more of them than one piece is ever in memory, and no
    /// connection to the database is held while `take` waits for a slow reader.
    ///
    /// - Throws: `NoSuchFile` where the ticket is not visible any more.
    public func read(
        _ range: Range<Int64>, of attachment: AttachmentView, seeing sight: Sight, take: ([UInt8]) async throws -> Void
    ) async throws {
        var place = range.lowerBound
        while place < range.upperBound {
            let (part, start) = place.quotientAndRemainder(dividingBy: Int64(Blob.pieceSize))
            let piece = try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
                try await Blob.piece(Int32(part), of: attachment.sha256, on: transaction)
            }
            guard let piece, piece.count > start else { throw NoSuchFile(id: attachment.id) }
            let end = min(Int64(piece.count), start + range.upperBound - place)
            try await take(start == 0 && end == piece.count ? piece : Array(piece[Int(start)..<Int(end)]))
            place += end - start
        }
    }
}

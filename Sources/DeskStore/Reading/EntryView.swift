public import Desk
public import Foundation
public import Moments
public import Postgres

/// A file as a page shows it: everything but its bytes.
public struct AttachmentView: Sendable, Equatable {
    public let id: UUID
    public let entry: EntryID?
    public let name: String
    public let type: String
    public let size: Int64
    public let sha256: [UInt8]
    /// Under which name the HTML of its entry shows it.
    public let contentID: String?

    /// The media type as it was stated, without parameters, which may repeat the name; that of any bytes where what was
    /// stated is none.
    public var mediaType: String {
        let stated = String(type.prefix { $0 != ";" && $0 != " " }).lowercased()
        let isPlain = stated.wholeMatch(
            of: /(application|audio|font|image|message|model|text|video)\/[a-z0-9.+_-]{1,80}/)
        return isPlain == nil ? "application/octet-stream" : stated
    }
}

extension AttachmentView {
    /// A file that is known by what was told of it.
    public init(id: UUID, name: String, type: String, size: Int64, sha256: [UInt8]) {
        self.init(id: id, entry: nil, name: name, type: type, size: size, sha256: sha256, contentID: nil)
    }
}

/// A file cannot be read to its end, because it is not there or not for these eyes.
public struct NoSuchFile: Error, Equatable, CustomStringConvertible {
    public let id: UUID
    public var description: String { "The file \(id) cannot be read to its end." }
}

extension AttachmentView: PostgresRow {
    public static var columns: String { "id, entry, name, type, size, sha256, content_id" }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        self.init(
            id: try row.read(), entry: try row.read(), name: try row.read(), type: try row.read(), size: try row.read(),
            sha256: try row.read(), contentID: try row.read())
    }
}

/// A line of a ticket's timeline as a page or the API shows it.
public struct EntryView: Sendable, Equatable {
    public let id: EntryID
    public let uuid: UUID
    public let at: Moment
    public let authorName: String?
    public let authorAddress: String?
    public let author: PersonID?
    public let supplier: SupplierID?
    public let kind: EntryKind
    public let visibility: Visibility
    public let channel: Channel
    public let subject: String?
    public let text: String
    /// What of the text is shown folded, in order.
    public let folds: [EntryFold]
    /// Whether it can also be seen as it looked where it was written.
    public let hasHTML: Bool
    /// Whether the mail that it came by can be had as it came.
    public let hasOriginal: Bool
    /// The same words in each language, where they were written in several at once.
    public var translations = Translations()
    public var attachments: [AttachmentView] = []
}

extension EntryView: PostgresRow {
    public static var columns: String {
        """
        e.id, e.uuid, e.at, coalesce(p.name, s.name), \
        (select a.address from person_address a where a.person = e.author order by a.address limit 1), \
        e.author, e.author_supplier, e.kind, e.visibility, e.channel, e.subject, e.text, \
        e.folds, e.html is not null, exists (select from inbound_mail i where i.entry = e.id), \
        e.translations
        """
    }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        (id, uuid, at) = (try row.read(), try row.read(), try row.read())
        (authorName, authorAddress, author) = (try row.read(), try row.read(), try row.read())
        (supplier, kind, visibility) = (try row.read(), try row.read(), try row.read())
        (channel, subject, text) = (try row.read(), try row.read(), try row.read())
        folds = EntryFold.read(try row.read(), in: text)
        (hasHTML, hasOriginal) = (try row.read(), try row.read())
        translations = Translations(try row.read() as JSONText?)
    }
}

/// What is asked to show a timeline.
struct EntryQuestions: Sendable {
    private let entries: Pending<[EntryView]>
    private let files: Pending<[AttachmentView]>

    /// - Parameter ticket: its key, or a subquery that gives it.
    init(of ticket: SQL, including internalOnes: Bool, in batch: inout Batch) {
        let limit: SQL = internalOnes ? "" : "and e.visibility = 'public'"
        entries = batch.all(.entries("e.ticket = \(ticket) \(limit) order by e.id"))
        files = batch.all(
            Query<AttachmentView>(
                "select \(columns: AttachmentView.self) from attachment where ticket = \(ticket) order by name"))
    }

    func entries(_ answers: BatchAnswers) throws -> [EntryView] {
        var entries = try answers[entries]
        let files = Dictionary(grouping: try answers[files], by: \.entry)
        for index in entries.indices { entries[index].attachments = files[entries[index].id] ?? [] }
        return entries
    }
}

extension Transaction {
    /// The timeline, oldest first, with its files.
    public borrowing func entries(of ticket: TicketID, including internalOnes: Bool) async throws -> [EntryView] {
        var batch = Batch()
        let questions = EntryQuestions(of: "\(ticket)", including: internalOnes, in: &batch)
        return try await questions.entries(ask(batch))
    }

    /// The files of one line of a ticket, in the order of their names.
    borrowing func files(of entry: EntryID?, on ticket: TicketID) async throws -> [AttachmentView] {
        guard let entry else { return [] }
        return try await all(
            Query<AttachmentView>(
                """
                select \(columns: AttachmentView.self) from attachment
                where ticket = \(ticket) and entry = \(entry) order by name, id
                """))
    }

    /// One line of a timeline, without its files.
    borrowing func line(_ entry: EntryID) async throws -> EntryView? { try await first(.entries("e.id = \(entry)")) }
}

extension Query<EntryView> {
    fileprivate static func entries(_ condition: SQL) -> Self {
        """
        select \(columns: EntryView.self) from entry e
        left join person p on p.id = e.author left join supplier s on s.id = e.author_supplier where \(condition)
        """
    }
}

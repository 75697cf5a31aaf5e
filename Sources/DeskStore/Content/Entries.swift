public import Desk
public import Foundation
import Moments
public import Postgres
import Secrets

/// A file that comes with a message.
public struct Upload: Sendable {
    public var name: String
    /// Its media type as the sender gave it.
    public var type: String
    public var contentID: String?
    public var content: KeptBytes

    public init(name: String, type: String, contentID: String? = nil, bytes: [UInt8]) {
        self.init(name: name, type: type, contentID: contentID, content: KeptBytes(bytes))
    }

    public init(name: String, type: String, contentID: String? = nil, content: KeptBytes) {
        (self.name, self.type, self.contentID, self.content) = (name, type, contentID, content)
    }
}

/// What somebody writes on a ticket.
public struct Note: Sendable {
    public var text: String
    public var visibility: Visibility
    public var kind: EntryKind
    public var channel: Channel
    public var subject: String?
    public var uploads: [Upload]
    /// What of the text is shown folded, in order.
    public var folds: [EntryFold] = []
    /// The same words as they looked where they were written, made safe.
    public var html: String?
    /// The same words in each language, where they were written in several at once.
    public var translations = Translations()

    public init(
        _ text: String, visibility: Visibility, kind: EntryKind = .message, channel: Channel = .web,
        subject: String? = nil, uploads: [Upload] = []
    ) {
        (self.text, self.visibility, self.kind) = (text, visibility, kind)
        (self.channel, self.subject, self.uploads) = (channel, subject, uploads)
    }
}

extension Transaction {
    /// The key of a row to come, for tables whose rows are pointed at in the same transaction.
    borrowing func newKey(of table: String) async throws -> Int64 {
        guard let key = try await first("select nextval(\(table + "_id_seq")::text::regclass)", as: Int64.self) else {
            preconditionFailure("a sequence always has a next value")
        }
        return key
    }

    /// The same for several rows of one table.
    borrowing func newKeys(of table: String, count: Int) async throws -> [Int64] {
        if count == 0 { return [] }
        return try await all(
            "select nextval(\(table + "_id_seq")::text::regclass) from generate_series(1, \(count))", as: Int64.self)
    }

    /// Adds an entry with its files, and returns its key.
    borrowing func add(_ note: Note, to ticket: TicketID, by actor: Ticket.Actor, at now: Moment) async throws
        -> EntryID
    {
        let id = EntryID(try await newKey(of: "entry"))
        try await add(note, as: id, to: ticket, by: actor, at: now)
        return id
    }

    /// Adds an entry under a key that is known already.
    borrowing func add(
        _ note: Note, as id: EntryID, to ticket: TicketID, by actor: Ticket.Actor, at now: Moment
    ) async throws {
        var author: PersonID?
        var supplier: SupplierID?
        switch actor {
        case .person(let person): author = person
        case .supplier(let party): supplier = party
        case .program, .token: break
        }
        later(
            """
            insert into entry (id, uuid, ticket, at, author, author_supplier, kind, visibility, channel, subject, text,
                html, folds, translations)
            values (\(id), \(UUID.ordered(at: now)), \(ticket), \(now), \(author), \(supplier), \(note.kind),
                \(note.visibility), \(note.channel), \(note.subject), \(note.text), \(note.html),
                \(EntryFold.column(note.folds)), \(note.translations.column))
            """)
        for upload in note.uploads { try await attach(upload, to: ticket, entry: id) }
    }

    /// Keeps a file with a ticket; one without an entry waits for the entry that it is to come with.
    @discardableResult
    public borrowing func attach(
        _ upload: Upload, to ticket: TicketID, entry: EntryID?, as id: UUID = UUID()
    ) async throws -> AttachmentView {
        let digest = try await Blob.store(upload.content, on: self)
        let file = AttachmentView(
            id: id, entry: entry, name: upload.name, type: upload.type, size: upload.content.size,
            sha256: digest, contentID: upload.contentID)
        try await run(
            """
            insert into attachment (id, ticket, entry, name, type, size, sha256, content_id)
            values (\(file.id), \(ticket), \(entry), \(file.name), \(file.type), \(file.size), \(digest),
                \(upload.contentID))
            """)
        return file
    }

    /// Gives waiting files of a ticket to an entry, and returns how many there were.
    public borrowing func attach(_ files: [UUID], of ticket: TicketID, to entry: EntryID) async throws -> Int {
        try await run(
            "update attachment set entry = \(entry) where ticket = \(ticket) and entry is null and id = any (\(files))")
    }

    /// The entry of a ticket with an identity; nil where there is none for these eyes.
    public borrowing func entry(_ identity: UUID, of number: TicketNumber) async throws -> EntryID? {
        try await first(
            """
            select e.id from entry e where e.uuid = \(identity)
            and e.ticket = (select t.id from ticket t where t.number = \(number))
            """, as: EntryID.self)
    }

    /// The entry of a ticket that was written last.
    public borrowing func lastEntry(of ticket: TicketID) async throws -> EntryID? {
        try await first("select id from entry where ticket = \(ticket) order by id desc limit 1", as: EntryID.self)
    }
}

extension DeskStore {
    /// The entry of a ticket with an identity; nil where there is none for these eyes.
    public func entry(_ identity: UUID, of number: TicketNumber, seeing sight: Sight) async throws -> EntryID? {
        try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await transaction.entry(identity, of: number)
        }
    }
}

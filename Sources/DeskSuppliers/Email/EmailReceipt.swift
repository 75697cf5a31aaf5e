import Desk
public import Foundation
public import JSON

/// A mail of a supplier as the mail door keeps it for the supplier worker: who sent it and in which exchange has been
/// checked.
public struct EmailReceipt: Hashable, Sendable {
    public let exchange: UUID
    /// The number of the desk's ticket, and what the supplier was told that it is about: both come back in answers.
    public let ourReference: String
    public let ourSubject: String
    /// The supplier's own number, as far as it was known.
    public let theirReference: String?
    /// The address of its author.
    public let from: String
    public let subject: String
    /// The author's own words: without what they quote, and without signature.
    public let text: String
    /// Whether a program wrote it by itself: it answers nothing, and tells a number at most.
    public let isAutomatic: Bool
    /// The identities of the files that came along; they wait at the ticket.
    public let files: [UUID]

    public init(
        exchange: UUID, ourReference: String, ourSubject: String, theirReference: String?, from: String,
        subject: String, text: String, isAutomatic: Bool, files: [UUID]
    ) {
        (self.exchange, self.ourReference, self.ourSubject) = (exchange, ourReference, ourSubject)
        (self.theirReference, self.from, self.subject) = (theirReference, from, subject)
        (self.text, self.isAutomatic, self.files) = (text, isAutomatic, files)
    }
}

extension EmailReceipt {
    public var json: JSON {
        var members = JSONObject([
            ("exchange", exchange.json), ("our_reference", ourReference.json), ("our_subject", ourSubject.json),
            ("from", from.json), ("subject", subject.json), ("text", text.json), ("automatic", isAutomatic.json),
            ("files", .array(files.map(\.json))),
        ])
        members["their_reference"] = theirReference?.json
        return .object(members)
    }

    /// Reads what was kept.
    ///
    /// - Throws: ``UnreadableEvent`` with everything that is wrong with it.
    public init(reading text: some Sequence<UInt8>) throws(UnreadableEvent) {
        self = try Self.form.read(from: text)
    }

    private static var form: JSONForm<EmailReceipt> {
        .object { reader in
            let exchange = reader.required("exchange", .uuid)
            let ourReference = reader.required("our_reference", .line(length: 1...100))
            let ourSubject = reader.required("our_subject", .text(length: 0...1_000))
            let theirReference = reader.optional("their_reference", .line(length: 1...100))
            let from = reader.required("from", .line(length: 1...1_000))
            let subject = reader.required("subject", .text(length: 0...1_000))
            let text = reader.required("text", .text(length: 0...600_000))
            let isAutomatic = reader.required("automatic", .boolean)
            let files = reader.required("files", JSONForm<[UUID]>.list(of: .uuid, count: 0...1_000))
            guard let exchange, let ourReference, let ourSubject, let from, let subject, let text, let isAutomatic,
                let files
            else { return nil }
            return EmailReceipt(
                exchange: exchange, ourReference: ourReference, ourSubject: ourSubject, theirReference: theirReference,
                from: from, subject: subject, text: text, isAutomatic: isAutomatic, files: files)
        }
    }
}

/// Writes drafts as messages (RFC 5322) that every server accepts and ``MessageParser`` reads back as they were.
public enum MessageWriter {
    /// The names that are written from properties of the draft.
    private static let ownFields: Set<String> = [
        "from", "sender", "reply-to", "to", "cc", "bcc", "subject", "message-id", "in-reply-to", "references", "date",
        "auto-submitted", "mime-version", "content-type", "content-transfer-encoding", "content-disposition",
        "content-id",
        "return-path", "received",
    ]

    /// The bytes of the message, lines ending with CRLF and none longer than 998.
    public static func write(_ draft: Draft) throws(UnwritableDraft) -> [UInt8] {
        var header = HeaderWriter()
        header.write("Date", pieces: [MailDate.text(of: draft.date)])
        try header.write("From", addresses: [draft.from])
        if let sender = draft.sender { try header.write("Sender", addresses: [sender]) }
        try header.write("Reply-To", addresses: draft.replyTo)
        try header.write("To", addresses: draft.to)
        try header.write("Cc", addresses: draft.cc)
        header.write("Subject", text: draft.subject)
        try header.write("Message-ID", identifiers: [draft.messageID])
        try header.write("In-Reply-To", identifiers: draft.inReplyTo)
        try header.write("References", identifiers: draft.references)
        if let mark = draft.autoSubmitted { header.write("Auto-Submitted", pieces: [mark.rawValue]) }
        for field in draft.fields {
            guard isName(field.name), !ownFields.contains(field.name.lowercased()) else { throw .badField(field.name) }
            header.write(field.name, text: field.value)
        }
        header.write("MIME-Version", pieces: ["1.0"])
        return try header.bytes + body(of: draft).bytes
    }

    /// The characters of a field's name (RFC 5322, section 3.6.8).
    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 76 && name.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != .colon }
    }

    /// The text, with the HTML as its alternative, with the pictures of the HTML beside it, with the files after it.
    static func body(of draft: Draft) throws(UnwritableDraft) -> PartWriter {
        let stem = boundaryStem(draft.messageID)
        let shown = draft.html == nil ? [] : draft.files.filter { $0.contentID != nil }
        var body = PartWriter.text(draft.text, subtype: "plain")
        if let html = draft.html {
            var rich = PartWriter.text(html, subtype: "html")
            if !shown.isEmpty {
                rich = .multipart("related", [rich] + (try parts(of: shown)), stem: stem + ".r")
            }
            body = .multipart("alternative", [body, rich], stem: stem + ".a")
        }
        let attached = draft.html == nil ? draft.files : draft.files.filter { $0.contentID == nil }
        return attached.isEmpty ? body : .multipart("mixed", [body] + (try parts(of: attached)), stem: stem + ".m")
    }

    private static func parts(of files: [Draft.File]) throws(UnwritableDraft) -> [PartWriter] {
        var parts: [PartWriter] = []
        for file in files { parts.append(try .file(file)) }
        return parts
    }

    /// A beginning of boundaries that differs from message to message, without any source of chance.
    private static func boundaryStem(_ identifier: String) -> String {
        String(decoding: identifier.utf8.filter { $0.isLetter || $0.isDigit }.prefix(40), as: UTF8.self)
    }
}

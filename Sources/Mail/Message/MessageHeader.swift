import Moments

/// What the header of a message says, field by field.
struct MessageHeader {
    var from: [Address] = []
    var sender: Address?
    var replyTo: [Address] = []
    var to: [Address] = []
    var cc: [Address] = []
    var bcc: [Address] = []
    var returnPath: String?
    var subject = ""
    var messageID: String?
    var inReplyTo: [String] = []
    var references: [String] = []
    var date: Moment?

    /// Reads the fields; `hint` is the character set of the text, for names and subjects that state none.
    init(_ header: Header, hint: String?, defects: inout DefectList) {
        var list = AddressFields(header: header, hint: hint)
        from = list.addresses("From", isSingle: true)
        if from.isEmpty {
            list.defects.append(header.first("from") == nil ? .missing(field: "From") : .unreadable(field: "From"))
        }
        sender = list.addresses("Sender", isSingle: true).first
        replyTo = list.addresses("Reply-To", isSingle: true)
        to = list.addresses("To")
        cc = list.addresses("Cc")
        bcc = list.addresses("Bcc")
        for defect in list.defects { defects.note(defect) }
        returnPath = header.first("return-path").map { Self.path($0.unfolded) }
        subject = Self.subject(of: header, hint: hint, defects: &defects)
        messageID = header.first("message-id").flatMap { MessageIDs.one(in: $0.unfolded[...]) }
        if messageID == nil { defects.note(.missing(field: "Message-ID")) }
        inReplyTo = header.all("in-reply-to").flatMap { MessageIDs.all(in: $0.unfolded[...]) }
        references = header.all("references").flatMap { MessageIDs.all(in: $0.unfolded[...]) }
        date = Self.date(of: header, defects: &defects)
    }

    /// The address of a Return-Path, empty for `<>`.
    private static func path(_ value: [UInt8]) -> String {
        AddressParser.parse(value[...]).addresses.first?.specification ?? ""
    }

    private static func subject(of header: Header, hint: String?, defects: inout DefectList) -> String {
        let subjects = header.all("subject").map { $0.text(hint: hint) }
        if subjects.count > 1 { defects.note(.duplicated(field: "Subject")) }
        return subjects.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// When it was sent; if it does not say so, when the last server received it.
    private static func date(of header: Header, defects: inout DefectList) -> Moment? {
        let stated = header.all("date").lazy.compactMap { MailDate.moment($0.unfolded[...]) }.first
        if let stated { return stated }
        defects.note(header.first("date") == nil ? .missing(field: "Date") : .unreadable(field: "Date"))
        for field in header.all("received") {
            let value = field.unfolded
            guard let semicolon = value.lastIndex(of: .semicolon) else { continue }
            if let moment = MailDate.moment(value[(semicolon + 1)...]) { return moment }
        }
        return nil
    }
}

/// The address fields of a header, and what is wrong with them.
private struct AddressFields {
    let header: Header
    let hint: String?
    var defects: [Defect] = []

    /// The addresses of all fields of the name. Every such field should occur once; more than one is a sign of forgery
    /// in those that name the author.
    mutating func addresses(_ name: String, isSingle: Bool = false) -> [Address] {
        let fields = header.all(name)
        if isSingle, fields.count > 1 { defects.append(.duplicated(field: name)) }
        return fields.flatMap { field in
            let list = AddressParser.parse(field.unfolded[...], hint: hint)
            if !list.isClean { defects.append(.unreadable(field: name)) }
            return list.addresses
        }
    }
}

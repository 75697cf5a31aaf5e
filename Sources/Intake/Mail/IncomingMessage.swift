import Catalogue
import DeskMail
import DeskStore
import Foundation
import HTML
import JSON
import Mail
import Postgres
import Secrets

/// A message as the mail door sees it: read once, whoever it is for. All that takes time is done when it is made.
struct IncomingMessage: Sendable {
    let message: Message
    let original: KeptBytes
    /// The envelope's sender, empty for the null sender.
    let sender: String
    /// Its Message-ID, or one made up from its content.
    let id: String
    let fingerprint: [UInt8]
    let sorting: MailSorting
    /// What it reports on mail of ours; empty unless it is a report.
    let bounces: [Bounce]
    /// The subject, or else how the text begins, or else what came with it.
    let subject: String
    let text: String
    let uploads: [Upload]
    /// What of the text is shown folded.
    let folds: [EntryFold]
    /// Its HTML made safe, without what is beyond all measure.
    let html: String?
    /// Who wrote it: the author, else the sender of the envelope. Nil if nobody can be made out.
    let author: Address?

    /// The longest text, subject and name that are kept as such, in Unicode scalars; the original is kept whole.
    static let longestText = 500_000
    static let longestHTML = 1_000_000
    static let longestSubject = 300
    static let longestName = 200

    init(_ content: [UInt8], sender: Address?) {
        let message = MessageParser().parse(content)
        self.message = message
        original = KeptBytes(content)
        self.sender = sender?.key ?? ""
        fingerprint = MailFingerprint.of(content, message)
        id = message.messageID.map { Self.storable($0, atMost: 500) } ?? "none:\(Hex.encode(fingerprint))"
        sorting = MailSorting(message, sender: self.sender)
        bounces = sorting.isReport ? Array(Bounce.all(in: message).prefix(100)) : []
        let stated = message.author.flatMap { $0.isComplete ? $0 : nil }
        author = stated ?? sender.flatMap { $0.isComplete ? $0 : nil }
        subject = Self.subject(of: message)
        text = Self.storable(message.text, atMost: Self.longestText)
        uploads = Self.uploads(of: message)
        folds = Self.folds(in: text, subject: subject)
        html = Self.html(of: message)
    }

    private static func subject(of message: Message) -> String {
        let line = message.text.split(whereSeparator: \.isNewline).first { $0.contains { !$0.isWhitespace } }
        let found = message.subject.isEmpty ? line.map(String.init) ?? message.attachments.first?.name : message.subject
        return storable(found ?? "", atMost: longestSubject)
    }

    var authorName: String { Self.storable(author?.name ?? "", atMost: Self.longestName) }

    /// The language that its author's program is set to or says that it is written in (RFC 3282), if it is one of ours.
    var likelyLanguage: Language? {
        for name in ["accept-language", "x-accept-language", "content-language"] {
            let stated = message.header.first(name).flatMap { Language(acceptLanguage: $0.text) }
            if let stated { return stated }
        }
        return nil
    }

    private static func folds(in text: String, subject: String) -> [EntryFold] {
        Quotation.folds(in: text, subject: subject).map { fold in
            switch fold.kind {
            case .quote: EntryFold(.quote, fold.range)
            case .signature: EntryFold(.signature, fold.range)
            case .notice: EntryFold(.notice, fold.range)
            }
        }
    }

    private static func uploads(of message: Message) -> [Upload] {
        message.attachments.map {
            Upload(
                name: storable($0.name, atMost: longestName),
                type: storable($0.type, atMost: longestName), contentID: contentID(of: $0),
                bytes: $0.content)
        }
    }

    /// Pictures of the mail are named by the `cid:` of their file, whether the mail does so or by their address.
    private static func html(of message: Message) -> String? {
        guard let source = message.html else { return nil }
        var pictures: [String: String] = [:]
        for file in message.attachments where file.isShownInline {
            guard let id = contentID(of: file) else { continue }
            if let stated = file.contentID { pictures["cid:" + stated] = "cid:" + id }
            if let place = file.contentLocation { pictures[place] = "cid:" + id }
        }
        let html = SafeHTML.clean(storable(source, atMost: longestHTML)) { address in
            guard let name = pictures[address] ?? pictures[address.removingPercentEncoding ?? ""] else { return nil }
            return name
        }
        return html.isEmpty ? nil : html.markup
    }

    /// The name under which HTML finds a file.
    private static func contentID(of file: Attachment) -> String? {
        (file.contentID ?? (file.isShownInline ? file.contentLocation : nil)).map { storable($0, atMost: 500) }
    }

    /// Whether it says, as a report, that a letter did not arrive: of some address, or without naming any.
    var saysItDidNotArrive: Bool {
        bounces.isEmpty || bounces.contains { ($0.action ?? .failed) == .failed }
    }

    /// Whether there is nothing in it that anybody could act upon.
    var isEmpty: Bool { message.text.isEmpty && message.subject.isEmpty && message.attachments.isEmpty }

    /// Whom it names as its recipients, whoever of them this copy is for.
    var recipients: [Address] { Array((message.to + message.cc).prefix(50)) }

    /// Whether it is a letter of the desk itself that some program sent on.
    func isOurs(_ mark: LoopMark) -> Bool { mark.isOn(message) }

    func received(for recipient: Address) -> ReceivedMail {
        var mail = ReceivedMail(
            recipient: recipient.key, sender: sender, messageID: id, fingerprint: fingerprint, original: original)
        (mail.subject, mail.author) = (subject, author.map { Self.storable($0.key, atMost: 320) })
        if !bounces.isEmpty { mail.bounces = JSONText(JSON.array(bounces.map(\.json)).text) }
        return mail
    }

    /// The text without the character that PostgreSQL cannot keep. It is measured in scalars: a character may be made
    /// of any number of them, and what is found by an index has room for no more than some thousand bytes.
    static func storable(_ text: String, atMost length: Int) -> String {
        // No scalar is shorter than a byte: what is short enough in these and has no such character stays as it is.
        if text.utf8.count <= length, !text.utf8.contains(0) { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.lazy.filter { $0 != "\0" }.prefix(length)))
    }
}

extension MailSorting {
    /// Whether it tells what became of mail of ours.
    fileprivate var isReport: Bool {
        if case .kept(.bounce, _) = self { true } else { self == .senderless }
    }
}

extension Bounce {
    /// As it is kept, and as programs that ask for it read it.
    fileprivate var json: JSON {
        let recipient: JSON = recipient.map { .string(IncomingMessage.storable($0, atMost: 320)) } ?? .null
        let action: JSON = action.map { .string($0.rawValue) } ?? .null
        return .object([
            "recipient": recipient, "status": status, "code": code, "reason": reason.rawValue, "hard": isHard,
            "action": action,
        ])
    }
}

/// The signs that no person wrote a message. To mail that has any of them no automatic answer may be sent, or two
/// programs could answer each other for ever (RFC 3834).
public struct AutomaticMail: Hashable, Sendable {
    /// One sign, with what the message says.
    public enum Reason: Hashable, Sendable {
        /// `Auto-Submitted` with anything but `no` (RFC 3834, section 5).
        case autoSubmitted(String)
        /// The envelope has no sender: it is itself a report or an automatic answer.
        case nullSender
        /// `Precedence: bulk`, `list`, `junk` or `auto_reply`.
        case precedence(String)
        /// A field that only mailing lists set.
        case mailingList(field: String)
        /// `X-Auto-Response-Suppress` asks for silence.
        case responseSuppressed(String)
        /// A field by which programs mark their answers.
        case marked(field: String)
        /// The sender is not a person: `mailer-daemon`, `postmaster`, `owner-…`, `…-bounces`, `noreply`.
        case roleSender(String)
        /// It is a report on another message (RFC 6522); the value is its kind, such as `delivery-status`.
        case report(String)
    }

    public let reasons: [Reason]

    /// Whether there is any sign.
    public var isAutomatic: Bool { !reasons.isEmpty }

    /// Whether it says that it answers another message by itself, as absence notes do. Reports of mail servers, which
    /// mark themselves in the same way, are none.
    public var isAutomaticAnswer: Bool {
        let isReport = reasons.contains { reason in
            switch reason {
            case .report: true
            case .roleSender(let local): local == "mailer-daemon" || local == "postmaster"
            default: false
            }
        }
        // A rule of an Exchange mailbox that sends on what a person wrote sets its mark too, but asks for no silence.
        let isAbsence =
            reasons.contains(.responseSuppressed("All"))
            && reasons.contains { reason in
                if case .marked(let field) = reason { field.lowercased() == Self.ruleMark } else { false }
            }
        return !isReport
            && reasons.contains { reason in
                switch reason {
                case .autoSubmitted(let value): value.hasPrefix("auto-replied") || value.hasPrefix("auto-reply")
                case .precedence(let value): value == "auto_reply"
                case .marked(let field): Self.answerMarks.contains(field.lowercased()) || isAbsence
                case .nullSender, .mailingList, .responseSuppressed, .roleSender, .report: false
                }
            }
    }

    /// Looks for the signs. `envelopeSender` is empty for the null sender; if it is nil, the Return-Path counts.
    public init(_ message: Message, envelopeSender: String? = nil) {
        let header = message.header
        let sender = envelopeSender ?? message.returnPath
        var reasons: [Reason] = []
        let isFromNobody = message.from.isEmpty && header.first("from").map { $0.text == "<>" } == true
        if sender == "" || isFromNobody { reasons.append(.nullSender) }
        for value in header.all("auto-submitted").map({ Self.word($0) }) where value != "no" && !value.isEmpty {
            reasons.append(.autoSubmitted(value))
        }
        for value in header.all("precedence").map({ Self.word($0) })
        where ["bulk", "list", "junk", "auto_reply"].contains(value) {
            reasons.append(.precedence(value))
        }
        for field in header.fields where field.key.hasPrefix("list-") || field.key == "mailing-list" {
            reasons.append(.mailingList(field: field.name))
        }
        for field in header.all("x-auto-response-suppress") where Self.asksForSilence(field.text) {
            reasons.append(.responseSuppressed(field.text))
        }
        for field in header.fields where Self.marks.contains(field.key) { reasons.append(.marked(field: field.name)) }
        let senders =
            [sender.flatMap { Address($0)?.local ?? $0 }]
            + (message.from + [message.sender].compactMap(\.self)).map(\.local)
        for local in senders.compactMap({ $0?.lowercased() }) where Self.isRole(local) {
            reasons.append(.roleSender(local))
        }
        if let report = Self.report(in: message) { reasons.append(.report(report)) }
        var seen: Set<Reason> = []
        self.reasons = reasons.filter { seen.insert($0).inserted }
    }

    private static let ruleMark = "x-ms-exchange-inbox-rules-loop"

    /// The fields of programs that answer while somebody is away.
    private static let answerMarks: Set<String> = [
        "x-autoreply", "x-autorespond", "x-autoresponse", "x-auto-reply", "x-auto-respond", "x-vacation",
        "x-mail-autoreply",
    ]

    /// Those, and the ones of programs that send on what people wrote.
    private static let marks = answerMarks.union(["x-loop", ruleMark])

    /// The first word of a value, which may be followed by parameters or a comment.
    private static func word(_ field: HeaderField) -> String {
        String(field.text.lowercased().prefix { !" ;(,".contains($0) })
    }

    private static func asksForSilence(_ value: String) -> Bool {
        let words = value.lowercased().split { !$0.isLetter }
        return words.contains { ["all", "autoreply", "oof", "dr", "rn", "nrn"].contains($0) }
    }

    /// The kind of report that a message is, by its type: people forward the parts of reports.
    private static func report(in message: Message) -> String? {
        if message.root.contentType.name == "multipart/report" {
            return message.root.contentType.parameters["report-type"]?.lowercased() ?? ""
        }
        let kinds = ["delivery-status", "disposition-notification", "feedback-report"]
        return kinds.first { message.root.contentType.name == "message/" + $0 }
    }

    private static func isRole(_ local: String) -> Bool {
        let bare = local.filter { $0 != "-" && $0 != "_" && $0 != "." }
        return ["mailerdaemon", "postmaster", "noreply", "donotreply"].contains(bare)
            || local.hasPrefix("owner-") || local.hasSuffix("-request") || local.hasSuffix("-bounces")
            || local.hasSuffix("-owner") || local.hasPrefix("bounce-") || local.hasPrefix("bounces+")
    }
}

public import DeskStore
public import Mail

/// What a message is, judged by itself alone: something that a person or a program asks of the desk, or a report or an
/// answer that some program sent by itself and that must not become a ticket.
public enum MailSorting: Equatable, Sendable {
    /// Something that the desk should look at. Automatic if a program wrote it: it is then not acknowledged.
    case request(isAutomatic: Bool)
    case kept(MailKind, because: String)

    /// What has the null sender and says in no known way why.
    static let senderless = MailSorting.kept(.autoReply, because: MailReason.noSender.sentence())

    /// - Parameter sender: the envelope's, empty for the null sender; nil if there is no envelope.
    public init(_ message: Message, sender: String?) {
        let automatic = AutomaticMail(message, envelopeSender: sender)
        if let reason = Self.feedback(message) {
            self = .kept(.feedback, because: reason)
        } else if automatic.reports.contains("disposition-notification") {
            self = .kept(.autoReply, because: MailReason.receipt.sentence())
        } else if let reason = Bounce.verdict(on: message, envelopeSender: sender) {
            self = .kept(.bounce, because: reason)
        } else if automatic.isAutomaticAnswer {
            self = .kept(.autoReply, because: MailReason.automaticAnswer.sentence())
        } else if automatic.reasons.contains(.nullSender) {
            self = .senderless
        } else {
            self = .request(isAutomatic: automatic.isAutomatic)
        }
    }

    /// Complaints, in the Abuse Reporting Format (RFC 5965) or that of one provider, and opt-outs.
    private static func feedback(_ message: Message) -> String? {
        let type = message.root.contentType
        let isReport =
            type.name == "multipart/report" && type.parameters["report-type"]?.lowercased() == "feedback-report"
        if isReport || holds("message/feedback-report", message.root) { return MailReason.complaint.sentence() }
        if message.header.first("x-apple-unsubscribe") != nil { return MailReason.noMoreMail.sentence() }
        // Hotmail returns the message complained of with fields of its own, and neither a report nor a word.
        let isReturned =
            message.text.isEmpty
            && message.attachments.contains { attachment in
                attachment.isMessage
                    && MessageParser().parse(attachment.content).header.first("x-hmxmroriginalrecipient") != nil
            }
        return isReturned ? MailReason.complaint.sentence() : nil
    }

    private static func holds(_ type: String, _ part: Part) -> Bool {
        part.contentType.name == type || part.parts.contains { holds(type, $0) }
    }
}

extension AutomaticMail {
    /// The kinds of the reports that the message is.
    fileprivate var reports: [String] {
        reasons.compactMap { reason in
            if case .report(let kind) = reason { kind } else { nil }
        }
    }
}

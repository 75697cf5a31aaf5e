public import DeskStore
public import Mail

/// What a message is, judged by itself alone: something that a person or a program asks of the desk, or a report or an
/// answer that some program sent by itself and that must not become a ticket.
public enum MailSorting: Equatable, Sendable {
    /// Something that the desk should look at. Automatic if a program wrote it: it is then not acknowledged.
    case request(isAutomatic: Bool)
    case kept(MailKind, because: String)

    /// What has the null sender and says in no known way why.
    static let senderless = MailSorting.kept(.autoReply, because: "it has no sender to answer to")

    /// - Parameter sender: the envelope's, empty for the null sender; nil if there is no envelope.
    public init(_ message: Message, sender: String?) {
        let automatic = AutomaticMail(message, envelopeSender: sender)
        if let reason = Self.feedback(message) {
            self = .kept(.feedback, because: reason)
        } else if automatic.reports.contains("disposition-notification") {
            self = .kept(.autoReply, because: "a note that a message was opened or deleted")
        } else if let reason = Bounce.verdict(on: message, envelopeSender: sender) {
            self = .kept(.bounce, because: reason)
        } else if automatic.isAutomaticAnswer {
            self = .kept(.autoReply, because: "an automatic answer")
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
        if isReport || holds("message/feedback-report", message.root) { return "a complaint about a message of ours" }
        if message.header.first("x-apple-unsubscribe") != nil { return "somebody wants no more mail" }
        // Hotmail returns the message complained of with fields of its own, and neither a report nor a word.
        let isReturned =
            message.text.isEmpty
            && message.attachments.contains { attachment in
                attachment.isMessage
                    && MessageParser().parse(attachment.content).header.first("x-hmxmroriginalrecipient") != nil
            }
        return isReturned ? "a complaint about a message of ours" : nil
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

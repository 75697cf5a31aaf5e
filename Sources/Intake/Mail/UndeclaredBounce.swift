import Mail

/// Finds bounces of mail systems that do not use the report format of RFC 3464: by who sends them, and by what they
/// say.
enum UndeclaredBounce {
    /// Why the message is held to be a bounce; nil if it is not.
    static func reason(for message: Message, sender: String?) -> String? {
        let isFromNobody = (sender ?? message.returnPath) == ""
        let senders = ([sender] + message.from.map(\.local)).compactMap { $0?.lowercased() }
        let isFromMailSystem = senders.contains(where: isMailSystem)
        let subject = message.subject.lowercased()
        let saysSo = subjects.contains { subject.contains($0) }
        let hasFailedRecipients = message.header.first("x-failed-recipients") != nil
        if hasFailedRecipients { return "a bounce: it names failed recipients" }
        if isFromMailSystem, saysSo { return "a bounce: the mail system writes that delivery failed" }
        if senders.contains("no-reply"), message.text.contains("notificationType") {
            return "a report of what became of a message, as JSON"
        }
        guard isFromNobody || isFromMailSystem || saysSo else { return nil }
        let text = message.text.prefix(20_000).lowercased()
        guard phrases.contains(where: { text.contains($0) }) else { return nil }
        return "a bounce: it says that a message could not be delivered"
    }

    private static func isMailSystem(_ address: String) -> Bool {
        let local = address.prefix { $0 != "@" }.filter { $0 != "-" && $0 != "_" && $0 != "." }
        return ["mailerdaemon", "postmaster", "mailsystem", "maildeliverysubsystem", "mailer"].contains(local)
    }

    private static let subjects = [
        "undeliver", "delivery fail", "failed delivery", "delivery status", "returned mail", "failure notice",
        "mail delivery",
        "delivery notification", "delivery report", "non-delivery", "nondelivery", "returned to sender", "mail failure",
        "message status", "delivery error", "not be delivered", "delivery problem", "undelivered", "user unknown",
        "couldn't be delivered", "warning: could not send", "rejected", "mail system error", "unzustellbar",
        "não entregue", "non remis", "impossible de remettre", "delivery has failed", "mail error",
        "are not member",
    ]

    private static let phrases = [
        "could not be delivered", "couldn't be delivered", "was not delivered", "unable to deliver", "delivery failed",
        "delivery has failed", "undeliver", "user unknown", "unknown user", "no such user", "mailbox unavailable",
        "mailbox full", "mailbox is full", "over quota", "recipient rejected", "recipient address rejected",
        "does not exist", "550 ", "551 ", "552 ", "553 ", "554 ", "5.1.1", "5.2.2", "permanent error", "fatal error",
        "failed recipient", "could not be sent", "rejected", "not listed in", "delivery to the following", "bounced",
        "returned to", "non-delivery", "cannot be delivered", "unrouteable", "host unknown", "not deliver",
        "not a member of",
    ]
}

extension Bounce {
    /// Why a message is held to be a bounce; nil if it is none.
    ///
    /// Words alone never make one of what a person sent: people write about bounces, forward them, and are rejected in
    /// other matters. It takes the form of a report, or a sender that no person uses, or both a failure and the message
    /// that failed.
    ///
    /// - Parameter envelopeSender: empty for the null sender; if it is nil, the Return-Path counts.
    public static func verdict(on message: Message, envelopeSender: String? = nil) -> String? {
        let origin = MailOrigin(message, envelopeSender: envelopeSender)
        let type = message.root.contentType
        let isReport = type.name == "multipart/report" && isStatus(type.parameters["report-type"])
        if isReport || origin > .person, let report = DeliveryReport(message) { return summary(of: report) }
        if isReport { return "a delivery report that says nothing of its recipients" }
        if origin == .person { return nil }
        let text = BounceText(message)
        switch origin {
        case .mailSystem:
            return "a bounce: the mail system writes that delivery failed"
        case .nobody:
            let isAnswer = AutomaticMail(message, envelopeSender: envelopeSender).isAutomaticAnswer
            let isFailure = text.tellsOfFailure || text.holdsReply
            guard isAnswer ? text.holdsReturned && isFailure : text.holdsReturned || isFailure else { return nil }
            return "a bounce: nobody sent it, and it says that a message could not be delivered"
        case .office:
            if isNotification(message.text) { return "a report of what became of a message, as JSON" }
            let returns = text.holdsReturned && (text.tellsOfFailure || text.holdsReply)
            guard returns || text.quotesReply && text.quotesHeader, !isForwarded(message.subject) else { return nil }
            return "a bounce: it says that a message could not be delivered, and returns it"
        case .person:
            return nil
        }
    }

    private static func isStatus(_ type: String?) -> Bool {
        guard let type = type?.lowercased() else { return true }
        return !["disposition-notification", "feedback-report"].contains(type)
    }

    /// Whether a subject says that somebody sends on what came to him.
    private static func isForwarded(_ subject: String) -> Bool {
        let start = subject.lowercased().prefix(8)
        return ["fwd:", "fw:", "vb:", "vs:", "vl:", "wg:", "tr:", "pd:", "doorst:", "rv:"].contains {
            start.hasPrefix($0)
        }
    }

    /// Whether a text is the notification of Amazon's mail service.
    private static func isNotification(_ text: String) -> Bool {
        text.trimmed.hasPrefix("{") && text.contains("notificationType") && text.contains("mail")
    }

    private static func summary(of report: DeliveryReport) -> String {
        let recipients = report.recipients.prefix(5).map { recipient in
            [
                recipient.address ?? recipient.originalAddress ?? "somebody", recipient.action?.rawValue,
                recipient.status,
            ].compactMap(\.self).joined(separator: " ")
        }
        return "a delivery report: " + (recipients.isEmpty ? "of nobody" : recipients.joined(separator: ", "))
    }
}

extension BounceText {
    /// Whether a mail server's refusal is in it.
    var holdsReply: Bool { !ServerReply.all(in: FoldedWords(whole).bytes).isEmpty }

    /// Whether it says, in one of the languages of the desk or its neighbours, that a message was not delivered.
    var tellsOfFailure: Bool { FoldedWords(whole).containsAny(of: Self.sentences) }

    /// Whether a line of it begins with a mail server's refusal.
    var quotesReply: Bool {
        lines.contains { line in
            ServerReply.all(in: Array(line.utf8.drop(while: \.isBlank))).first.map { $0.position == 0 } ?? false
        }
    }

    /// Whether lines of it tell of a message as its header did.
    var quotesHeader: Bool {
        let told = lines.filter { line in
            let words = FoldedWords(line).bytes.trimmed
            return ["from:", "to:", "subject:", "date:", "mail from:", "rcpt to:"].contains {
                words.starts(with: $0.utf8)
            }
        }
        return told.count >= 2
    }

    private static let sentences = [
        "not be delivered", "n't be delivered", "not delivered", "not been delivered", "unable to deliver",
        "not deliver", "n't deliver", "delivery*failed", "failed*deliver", "undeliver", "delivery*delayed",
        "delivery*aborted", "non-delivery", "returned*sender", "not reach*recipient", "be sent*because", "not be sent",
        "rejected*recipient", "recipient*rejected", "not be reached", "following address*error",
        "mailbox*full", "mailbox exceeds", "over quota", "user unknown", "unknown user", "no such user",
        "invalid user", "not be found", "host unknown", "delivery error", "trouble delivering",
        "kunde inte levereras", "inte leverera", "kunne ikke leveres", "ikke levere", "ikke leveret",
        "niet worden bezorgd", "niet bezorgd", "niet worden afgeleverd", "nie mo\u{17C}na dostarczy",
        "nie zosta\u{142}a dostarczona", "nie dostarczon", "nicht zugestellt", "unzustellbar",
        "nicht ausgeliefert", "pas pu \u{EA}tre", "non remis", "impossible de remettre", "no se pudo entregar",
        "no se ha podido entregar", "n\u{E3}o foi entregue", "n\u{E3}o p\u{F4}de ser entregue", "non \u{E8} stato",
        "impossibile recapitare", "toimittaminen", "\u{9001}\u{4FE1}\u{3067}\u{304D}",
    ]
}

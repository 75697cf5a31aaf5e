/// How a person of the desk is told of something.
public enum NoticeWay: String, CaseIterable, Codable, Hashable, Sendable {
    /// On the page of notices and by mail.
    case mail
    /// On the page of notices alone.
    case page
    case off
}

extension Letter {
    /// Whether it goes to whoever asked for help or follows, and not to the desk.
    public var isForRequester: Bool {
        switch self {
        case .acknowledgement, .message, .question, .supplierQuestion, .resolution, .callbackPromised, .merged,
            .followedSolved:
            true
        case .assigned, .handedOver, .requesterReplied, .supplierAsked, .supplierNoted, .supplierReturned,
            .supplierResolved, .supplierUnreachable, .reopened, .resumed, .deadlineNear, .deadlineMissed, .owned,
            .missing,
            .inquiry, .inquiryAnswered, .offered, .offerAccepted, .offerDeclined, .escalated, .majorIncident,
            .mentioned, .told, .listening, .undelivered:
            false
        }
    }

    /// The ways in which a person of the desk may choose to be told.
    ///
    /// Work that would lie unseen without it can be moved to the page but not be switched off: what came to somebody,
    /// what was missed, and what others wait for his answer to. Letters to requesters are not a choice at all.
    public var ways: [NoticeWay] {
        if isForRequester { return [.mail] }
        switch self {
        case .assigned, .handedOver, .owned, .inquiry, .offered, .escalated, .deadlineMissed, .majorIncident, .missing,
            .supplierAsked:
            return [.mail, .page]
        default: return NoticeWay.allCases
        }
    }
}

/// Why a message became what it became.
///
/// It is kept as an English sentence, which programs and operators read; a page finds the reason again by the sentence,
/// and says it in its reader's language.
public enum MailReason: String, CaseIterable, Sendable {
    case newRequest = "new_request"
    case claimRefused = "claim_refused"
    case requesterAnswered = "requester_answered"
    case answeredClosed = "answered_closed"
    case answeredMerged = "answered_merged"
    case deskAnswered = "desk_answered"
    case supplierAnswered = "supplier_answered"
    case otherWords = "other_words"
    case claimAccepted = "claim_accepted"
    /// It goes on with a ticket whose requester is somebody else.
    case claim
    case seenBefore = "seen_before"
    case sameMessage = "same_message"
    case sameWords = "same_words"
    case deliveryReport = "delivery_report"
    case deliveryNotification = "delivery_notification"
    case bounce
    case reportInNoForm = "report_in_no_form"
    case complaint
    case noMoreMail = "no_more_mail"
    case automaticAnswer = "automatic_answer"
    case receipt
    case noSender = "no_sender"
    case ownLetter = "own_letter"
    case ownAddress = "own_address"
    case putAside = "put_aside"
    case noAuthor = "no_author"
    case nothingInIt = "nothing_in_it"
    case unknownRecipient = "unknown_recipient"
    case cannotBeKept = "cannot_be_kept"
    case tooMany = "too_many"

    /// The reason behind a sentence that was kept; nil for one that is no reason of these.
    public init?(sentence: String) {
        guard let reason = Self.allCases.first(where: { $0.stands(in: sentence) }) else { return nil }
        self = reason
    }

    /// The sentence that is kept.
    ///
    /// - Parameter values: what this message has of its own, in the order in which the sentence names it.
    public func sentence(_ values: String...) -> String {
        var sentence = ""
        for (index, part) in parts.enumerated() {
            if index > 0 { sentence += index <= values.count ? values[index - 1] : "" }
            sentence += part
        }
        return sentence
    }

    private func stands(in sentence: String) -> Bool {
        let parts = parts
        guard parts.count > 1 else { return sentence == parts[0] }
        guard sentence.hasPrefix(parts[0]) else { return false }
        var rest = sentence.dropFirst(parts[0].count)
        for part in parts.dropFirst().dropLast() {
            guard let place = rest.firstRange(of: part) else { return false }
            rest = rest[place.upperBound...]
        }
        return rest.hasSuffix(parts[parts.count - 1])
    }

    /// What stands between the values of the sentence.
    private var parts: [Substring] { words.split(separator: "*", omittingEmptySubsequences: false) }

    /// The sentence, with a star for each value.
    private var words: String {
        switch self {
        case .newRequest: "a new request"
        case .claimRefused: "a claim that was refused"
        case .requesterAnswered: "the requester's answer"
        case .answeredClosed: "an answer to *, which has been closed for long"
        case .answeredMerged: "an answer to *, which was merged into *"
        case .deskAnswered: "what somebody of the desk or a follower answered"
        case .supplierAnswered: "what a supplier answered"
        case .otherWords: "the same message in other words"
        case .claimAccepted: "a claim that was accepted"
        case .claim: "it follows up *, whose requester is somebody else"
        case .seenBefore: "the same as one before"
        case .sameMessage: "the same message to another address"
        case .sameWords: "the same words at another door within the hour"
        case .deliveryReport: "a delivery report*"
        case .deliveryNotification: "a report of what became of a message, as JSON"
        case .bounce: "a bounce: *"
        case .reportInNoForm: "a report in no known form"
        case .complaint: "a complaint about a message of ours"
        case .noMoreMail: "somebody wants no more mail"
        case .automaticAnswer: "an automatic answer"
        case .receipt: "a note that a message was opened or deleted"
        case .noSender: "it has no sender to answer to"
        case .ownLetter: "a letter of the desk itself that came back"
        case .ownAddress: "it comes from an address of the desk itself"
        case .putAside: "put aside by an operator"
        case .noAuthor: "nobody can be made out who sent it"
        case .nothingInIt: "there is nothing in it"
        case .unknownRecipient: "the recipient is not known any more"
        case .cannotBeKept: "something in it cannot be kept in a ticket"
        case .tooMany: "number * from its sender within the hour"
        }
    }
}

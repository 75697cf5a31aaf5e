/// The lists of words that stand in the database and on the wire, each with its words for people.
public enum Vocabulary: String, CaseIterable, Sendable {
    /// Why somebody is not there.
    case absenceReason
    /// What an article had to do with a ticket.
    case articlePart
    case articleState
    /// How an article was of use.
    case articleUse
    /// Why a rule was stopped.
    case automationStop
    /// Whether somebody of the desk is there for tickets.
    case availability
    case channel
    /// Whether a clock runs.
    case clockState
    /// What an entry of the conversation is.
    case entry
    /// What happened to a ticket.
    case event
    /// How far an exchange is, as the supplier reads it.
    case exchangeState
    /// What the desk has told a supplier.
    case exchangeTold
    /// How far up a matter is carried.
    case escalation
    /// Why a matter is carried up.
    case escalationReason
    /// What a routing rule found or decided.
    case fact
    case holder
    case impact
    case kind
    /// How a ticket is linked to another.
    case link
    /// What became of a message that came in.
    case mailKind
    /// Why it became that, as a sentence.
    case mailReason
    /// What is needed to solve a ticket.
    case means
    /// What a target measures.
    case measure
    /// Why a solution is not written down.
    case noArticle
    /// What a person of the desk is told of.
    case notice
    /// How he is told.
    case noticeWay
    case outcome
    /// Why a clock does not count.
    case pause
    case priority
    /// Who set a priority.
    case priorityBasis
    /// Why a ticket is handed over.
    case reason
    /// Who reads an article.
    case readers
    /// Why an event cannot happen to a ticket, as a sentence that says what to do instead.
    case refusal
    /// Whether a person belongs to the organisation.
    case relation
    case reopening
    case role
    case state
    /// A part of a ticket that a supplier may be shown.
    case supplierField
    case supplierState
    case tier
    case urgency
    case visibility

    /// The phrase for a word as it stands on the wire: of `state` and `in_progress` it is `stateInProgress`.
    /// Nil for a word that has none.
    func phrase(for word: some StringProtocol) -> Phrase? { Phrase(rawValue: rawValue + word.capitalised) }
}

extension Phrase {
    /// The subject line and the opening sentence of a letter, by the letter's name such as `supplier_question`. Each
    /// says some of number, subject, team, supplier, who, reason, priority, measure, time and duration: hand in all
    /// that there are. Nil for a letter that nobody has worded.
    public static func letter(_ name: some StringProtocol) -> (subject: Phrase, opening: Phrase)? {
        let stem = "letter" + name.capitalised
        guard let subject = Phrase(rawValue: stem + "Subject"), let opening = Phrase(rawValue: stem) else { return nil }
        return (subject, opening)
    }
}

extension StringProtocol {
    /// `in_progress` as `InProgress`.
    fileprivate var capitalised: String {
        split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}

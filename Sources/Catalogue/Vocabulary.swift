/// The lists of words that stand in the database and on the wire, each with its words for people.
public enum Vocabulary: String, CaseIterable, Sendable {
    case channel
    /// Whether a clock runs.
    case clockState
    /// What happened to a ticket.
    case event
    case holder
    case impact
    case kind
    /// What a target measures.
    case measure
    case outcome
    /// Why a clock does not count.
    case pause
    case priority
    /// Why an event cannot happen to a ticket, as a sentence that says what to do instead.
    case refusal
    case reopening
    case role
    case state
    case supplierState
    case tier
    case urgency
    case visibility

    /// The phrase for a word as it stands on the wire: of `state` and `in_progress` it is `stateInProgress`.
    /// Nil for a word that has none.
    func phrase(for word: some StringProtocol) -> Phrase? {
        let parts = word.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return Phrase(rawValue: rawValue + parts.joined())
    }
}

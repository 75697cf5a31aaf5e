import Desk

extension Listing.Count {
    /// As the address of a page names it.
    var word: String {
        switch self {
        case .opened: "opened"
        case .resolved: "resolved"
        case .open: "open"
        case .worked: "worked"
        case .outcome(let outcome): "outcome.\(outcome.rawValue)"
        case .knowledge(let gain): "knowledge.\(gain.rawValue)"
        case .met(let measure): "met.\(measure.rawValue)"
        case .missed(let measure): "missed.\(measure.rawValue)"
        case .returned(let from, let to): "returned.\(from.rawValue).\(to.rawValue)"
        case .referral(let count): "referral.\(count.rawValue)"
        }
    }

    /// Nil where the word names no number of a report.
    init?(word: String) {
        let parts = word.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        switch (parts.first, parts.count) {
        case ("opened", 1): self = .opened
        case ("resolved", 1): self = .resolved
        case ("open", 1): self = .open
        case ("worked", 1): self = .worked
        case ("outcome", 2):
            guard let outcome = Ticket.Outcome(rawValue: parts[1]) else { return nil }
            self = .outcome(outcome)
        case ("knowledge", 2):
            guard let gain = KnowledgeGain(rawValue: parts[1]) else { return nil }
            self = .knowledge(gain)
        case ("met", 2), ("missed", 2):
            guard let measure = Measure(rawValue: parts[1]) else { return nil }
            self = parts[0] == "met" ? .met(measure) : .missed(measure)
        case ("referral", 2):
            guard let count = ReferralCount(rawValue: parts[1]) else { return nil }
            self = .referral(count)
        case ("returned", 3):
            guard let from = Int64(parts[1]), let to = Int64(parts[2]) else { return nil }
            self = .returned(from: TeamID(from), to: TeamID(to))
        default: return nil
        }
    }
}

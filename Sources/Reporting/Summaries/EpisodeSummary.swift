import Desk
import Moments

/// A ticket in one of its episodes, as reports count it.
struct EpisodeSummary: Equatable {
    /// The ticket at the last event of the episode.
    var ticket: Ticket
    let openedAt: Moment
    /// When somebody of the desk began to work on it (S69).
    private(set) var workBeganAt: Moment?
    var firstResponseAt: Moment?
    var firstResolvedAt: Moment?
    var resolvedAt: Moment?
    /// How long it counted as resolved before it was reopened within the episode.
    var rested = Duration.zero
    var reopenedAt: Moment?
    /// The last supplier that had it.
    var supplier: SupplierID?
    /// The highest tier that had it.
    var topTier: Int
    /// What its last resolution gave to the knowledge of the desk.
    private(set) var knowledge: Ticket.Knowledge?

    /// An episode at its first event.
    init(opening handling: Handling) {
        ticket = handling.ticket
        openedAt = ticket.updatedAt
        workBeganAt = handling.beginsWork ? ticket.updatedAt : nil
        topTier = ticket.responsibility.place.tier
        // The desk answers once; what reopens a ticket later is counted on its own.
        firstResponseAt = ticket.episode == 1 ? ticket.times.firstResponse : nil
    }

    /// Takes in another event of the episode.
    mutating func take(_ handling: Handling) {
        let next = handling.ticket
        if handling.beginsWork { workBeganAt = workBeganAt ?? next.updatedAt }
        if case .resolved(_, _, let knowledge) = handling.event.event { self.knowledge = knowledge }
        switch (ticket.state, next.state) {
        case (.resolved, .resolved), (.resolved, .closed): break
        case (.resolved, _):
            if let resolvedAt { rested += next.updatedAt.duration(since: resolvedAt) }
            reopenedAt = reopenedAt ?? next.updatedAt
            resolvedAt = nil
        case (_, .resolved):
            resolvedAt = next.updatedAt
            firstResolvedAt = firstResolvedAt ?? next.updatedAt
        default: break
        }
        if next.episode == 1 { firstResponseAt = next.times.firstResponse }
        if case .team(let place) = next.holder { topTier = max(topTier, place.tier) }
        supplier = next.holder.supplier ?? supplier
        ticket = next
    }
}

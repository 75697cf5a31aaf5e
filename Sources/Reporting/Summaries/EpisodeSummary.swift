import Desk
import Moments

/// A ticket in one of its episodes, as reports count it.
struct EpisodeSummary: Equatable {
    /// The ticket at the last event of the episode.
    var ticket: Ticket
    let openedAt: Moment
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

    /// An episode at its first event.
    init(opening ticket: Ticket) {
        self.ticket = ticket
        openedAt = ticket.updatedAt
        topTier = ticket.responsibility.place.tier
        // The desk answers once; what reopens a ticket later is counted on its own.
        firstResponseAt = ticket.episode == 1 ? ticket.times.firstResponse : nil
    }

    /// Takes in the state after another event of the episode.
    mutating func take(_ next: Ticket) {
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

import Desk
import DeskStore
import Moments
import Postgres

extension TicketSummary {
    /// What writes the summary down, where none is.
    var insertions: [SQL] { episodes.map(Self.insertion) + stretches.map(insertion) }

    private static func insertion(_ episode: EpisodeSummary) -> SQL {
        let ticket = episode.ticket
        let place = ticket.responsibility.place
        return """
            insert into figure_ticket (ticket, episode, number, origin, site, tier, team, supplier, top_tier, kind,
                category, priority, channel, state, outcome, opened_at, first_response_at, first_resolved_at,
                resolved_at, rested, closed_at, reopened_at)
            values (\(ticket.id), \(ticket.episode), \(ticket.number), \(ticket.origin), \(place.site), \(place.tier),
                \(place.team), \(episode.supplier), \(episode.topTier), \(ticket.classification.kind),
                \(ticket.classification.category), \(ticket.classification.priority), \(ticket.channel),
                \(ticket.state), \(ticket.outcome), \(episode.openedAt), \(episode.firstResponseAt),
                \(episode.firstResolvedAt), \(episode.resolvedAt), \(episode.rested), \(ticket.times.closed),
                \(episode.reopenedAt))
            """
    }

    private func insertion(_ stretch: Stretch) -> SQL {
        """
        insert into figure_leg (ticket, episode, started_at, ended_at, holder, site, tier, team, supplier)
        values (\(episodes[0].ticket.id), \(stretch.episode), \(stretch.startedAt), \(stretch.endedAt),
            \(stretch.holder.kind), \(stretch.place.site), \(stretch.place.tier), \(stretch.place.team),
            \(stretch.holder.supplier))
        """
    }
}

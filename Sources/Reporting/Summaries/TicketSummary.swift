import Desk
import Moments

/// What reports need to know of a ticket, read from its whole log: pure, so that counting twice gives the same.
struct TicketSummary: Equatable {
    private(set) var episodes: [EpisodeSummary] = []
    private(set) var stretches: [Stretch] = []

    /// - Throws: `Ticket.ReplayFault` where the log is none that a ticket can have had.
    init(of id: TicketID, log: [RecordedEvent]) throws(Ticket.ReplayFault) {
        for (ticket, _) in try Ticket.replay(log, id: id) {
            takeEpisode(ticket)
            takeStretch(ticket)
        }
    }

    private mutating func takeEpisode(_ ticket: Ticket) {
        guard let last = episodes.indices.last else { return episodes.append(EpisodeSummary(opening: ticket)) }
        if episodes[last].ticket.episode == ticket.episode { return episodes[last].take(ticket) }
        episodes[last].reopenedAt = episodes[last].reopenedAt ?? ticket.updatedAt
        episodes.append(EpisodeSummary(opening: ticket))
    }

    private mutating func takeStretch(_ ticket: Ticket) {
        let rests = ticket.state == .resolved || ticket.state == .closed
        let last = stretches.indices.last
        if let last, stretches[last].endedAt == nil {
            let open = stretches[last]
            let isSame = open.holder == ticket.holder && open.place == ticket.responsibility.place
            if isSame, !rests { return }
            stretches[last].endedAt = ticket.updatedAt
        }
        if rests { return }
        stretches.append(
            Stretch(
                episode: ticket.episode, holder: ticket.holder, place: ticket.responsibility.place,
                startedAt: ticket.updatedAt))
    }
}

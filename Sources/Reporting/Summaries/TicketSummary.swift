import Desk
import Moments

/// What reports need to know of a ticket, read from its whole log: pure, so that counting twice gives the same.
struct TicketSummary {
    private(set) var episodes: [EpisodeSummary] = []
    private(set) var stretches: [Stretch] = []
    private(set) var referrals: [Referral] = []
    let returns: [ReturnLoop]

    /// - Throws: `Ticket.ReplayFault` where the log is none that a ticket can have had.
    init(of id: TicketID, log: [RecordedEvent]) throws(Ticket.ReplayFault) {
        let states = try Ticket.replay(log, id: id).map(\.ticket)
        let legs = Ledger(states: zip(states, log).map { ($0, $1.event.kind) }).legs
        returns = legs.returns(asOf: states[states.count - 1].updatedAt)
        for (ticket, event) in zip(states, log) {
            let handling = Handling(ticket: ticket, event: event)
            takeEpisode(handling)
            takeStretch(handling)
            takeReferrals(handling)
        }
    }

    private mutating func takeEpisode(_ handling: Handling) {
        let ticket = handling.ticket
        if let last = episodes.indices.last, episodes[last].ticket.episode == ticket.episode {
            return episodes[last].take(handling)
        }
        if let last = episodes.indices.last {
            episodes[last].reopenedAt = episodes[last].reopenedAt ?? ticket.updatedAt
        }
        episodes.append(EpisodeSummary(opening: handling))
    }

    private mutating func takeStretch(_ handling: Handling) {
        let ticket = handling.ticket
        let last = stretches.indices.last
        let open = last.flatMap { stretches[$0].endedAt == nil ? stretches[$0] : nil }
        let isSameTeam = open?.place == ticket.responsibility.place
        let phase = handling.phase(after: isSameTeam ? open?.phase : nil)
        let hasBegun = episodes.last?.workBeganAt != nil
        if let last, let open {
            let isSame = open.holder == ticket.holder && isSameTeam && open.phase == phase && open.hasBegun == hasBegun
            if isSame { return }
            stretches[last].endedAt = ticket.updatedAt
        }
        guard let phase else { return }
        stretches.append(
            Stretch(
                episode: ticket.episode, holder: ticket.holder, place: ticket.responsibility.place, phase: phase,
                hasBegun: hasBegun, startedAt: ticket.updatedAt))
    }

    private mutating func takeReferrals(_ handling: Handling) {
        for place in referrals.indices { referrals[place].follow(handling) }
        for sharing in handling.ticket.sharings where sharing.since == handling.ticket.updatedAt {
            let former = referrals.last { $0.supplier == sharing.supplier }
            referrals.append(
                Referral(of: handling.ticket, to: sharing.supplier, again: former?.ending == .resolved))
        }
    }
}

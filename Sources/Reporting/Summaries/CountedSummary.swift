import Desk
import DeskStore
import Moments
import Postgres
import TimeZones

/// A summary with the hours that counted for it: what is written down.
struct CountedSummary {
    let summary: TicketSummary
    let stretches: [CountedStretch]
    private let referrals: [CountedReferral]
    private let ticket: TicketID

    init(_ summary: TicketSummary, of ticket: TicketID, hours: PastHours) {
        (self.summary, self.ticket) = (summary, ticket)
        stretches = summary.stretches.map { CountedStretch($0, hours: hours) }
        referrals = summary.referrals.map { CountedReferral($0, hours: hours) }
    }

    /// What writes the summary down, where none is.
    var insertions: [SQL] {
        summary.episodes.map(insertion) + stretches.map(insertion) + work + summary.returns.map(insertion)
            + referrals.map { $0.insertion(of: ticket) } + [targets]
    }

    private func insertion(_ episode: EpisodeSummary) -> SQL {
        let state = episode.ticket
        let place = state.responsibility.place
        let times = EpisodeTimes(of: episode, in: stretches)
        return """
            insert into figure_ticket (ticket, episode, number, origin, site, tier, team, supplier, top_tier, kind,
                category, priority, channel, state, outcome, opened_at, first_response_at, first_resolved_at,
                resolved_at, rested, closed_at, reopened_at, work_began_at, response, response_hours, service,
                service_hours, through, through_hours, answer_hours, knowledge, article)
            values (\(ticket), \(state.episode), \(state.number), \(state.origin), \(place.site), \(place.tier),
                \(place.team), \(episode.supplier), \(episode.topTier), \(state.classification.kind),
                \(state.classification.category), \(state.classification.priority), \(state.channel),
                \(state.state), \(state.outcome), \(episode.openedAt), \(episode.firstResponseAt),
                \(episode.firstResolvedAt), \(episode.resolvedAt), \(episode.rested), \(state.times.closed),
                \(episode.reopenedAt), \(episode.workBeganAt), \(times.response?.wall), \(times.response?.hours),
                \(times.service?.wall), \(times.service?.hours), \(times.through?.wall), \(times.through?.hours),
                \(times.answerHours), \(episode.knowledge?.word), \(episode.knowledge?.article))
            """
    }

    private func insertion(_ counted: CountedStretch) -> SQL {
        let stretch = counted.stretch
        let hours = stretch.endedAt.map { _ in counted.hours }
        return """
            insert into figure_leg (ticket, episode, started_at, ended_at, holder, site, tier, team, supplier, phase,
                begun, hours)
            values (\(ticket), \(stretch.episode), \(stretch.startedAt), \(stretch.endedAt), \(stretch.holder.kind),
                \(stretch.place.site), \(stretch.place.tier), \(stretch.place.team), \(stretch.holder.supplier),
                \(stretch.phase), \(stretch.hasBegun), \(hours))
            """
    }

    private func insertion(_ loop: ReturnLoop) -> SQL {
        let own = stretches.filter { counted in
            counted.stretch.startedAt >= loop.startedAt && loop.endedAt.map { counted.stretch.startedAt < $0 } ?? true
        }
        let hours = loop.endedAt.map { _ in own.reduce(Duration.zero) { $0 + $1.hours } }
        return """
            insert into figure_return (ticket, episode, started_at, ended_at, site, tier, team, from_site, from_tier,
                from_team, hours)
            values (\(ticket), \(own.first?.stretch.episode ?? 1), \(loop.startedAt), \(loop.endedAt),
                \(loop.place.site), \(loop.place.tier), \(loop.place.team), \(loop.from.site), \(loop.from.tier),
                \(loop.from.team), \(hours))
            """
    }

    /// What is paid for, a day at a time.
    private var work: [SQL] {
        struct Key: Hashable {
            let episode: Int
            let day: CivilDate
            let holder: Holder
            let place: Place
        }
        var sums: [Key: Int64] = [:]
        for counted in stretches {
            let stretch = counted.stretch
            for (day, microseconds) in counted.paidDays {
                let key = Key(episode: stretch.episode, day: day, holder: stretch.holder, place: stretch.place)
                sums[key, default: 0] += microseconds
            }
        }
        return sums.map { key, microseconds in
            """
            insert into figure_work (ticket, episode, day, holder, site, tier, team, supplier, microseconds)
            values (\(ticket), \(key.episode), \(key.day.description)::text::date, \(key.holder.kind),
                \(key.place.site), \(key.place.tier), \(key.place.team), \(key.holder.supplier?.rawValue ?? 0),
                \(microseconds))
            """
        }
    }

    /// The promises, read from the clocks: which targets held for the ticket is in none of its events.
    private var targets: SQL {
        """
        insert into figure_target (ticket, episode, clock, measure, team, supplier, is_met, at)
        select c.ticket, c.episode, c.id, c.measure, case c.subject when 'team' then c.subject_key end,
            case c.subject when 'supplier' then c.subject_key end, c.state = 'met',
            case c.state when 'met' then c.stopped_at else c.due_at end
        from clock c join figure_ticket t on t.ticket = c.ticket and t.episode = c.episode
        where c.ticket = \(ticket) and c.state <> 'cancelled'
        """
    }
}

extension Ticket.Knowledge {
    /// What it was, as a column keeps it: the word of the log, or why there is nothing.
    fileprivate var word: String {
        switch self {
        case .article: "article"
        case .draft: "draft"
        case .nothing(let reason): reason.rawValue
        }
    }

    fileprivate var article: ArticleID? {
        switch self {
        case .article(let article), .draft(let article): article
        case .nothing: nil
        }
    }
}

public import Desk
import Moments
import Postgres

/// A ticket with all that a page of the desk shows around it, read in one round trip.
public struct TicketFile: Sendable {
    public let view: TicketView
    /// Who has taken it.
    public let taker: PersonRecord?
    public let requester: PersonCard?
    /// Whether somebody may be the same person as its requester.
    public let hasTwins: Bool
    public let relatives: Relatives
    /// Who is there in the teams near it.
    public let presences: [TeamPresence]
    /// Who is there in the team that has it.
    public let teammates: [Teammate]
    /// The articles that had a part in it, the latest first; none where knowledge was not asked for.
    public let articles: [TicketArticle]
    /// What may answer it; nothing where that is not asked for, or it is solved.
    public let suggestions: [ArticleVersion]
    /// The mail that opened it, where that claims to go on with somebody else's ticket and nobody has decided.
    public let claim: InboundMail?
}

extension DeskStore {
    /// A ticket with all that is around it, or nil where there is none for these eyes.
    ///
    /// - Parameters:
    ///   - directory: an organisation that was just read: it says which teams are near.
    ///   - knowledge: whether articles are asked for.
    public func file(
        of number: TicketNumber, seeing sight: Sight, in directory: Directory, knowledge: Bool
    ) async throws -> TicketFile? {
        let now = now
        let (requester, isOpen): (SQL, SQL) = (.of(number, "requester"), .isOpen(number))
        var batch = Batch()
        let view = ViewQuestions(number, including: true, in: &batch)
        let taker = batch.first(.person(.of(number, "person")))
        let card = batch.first(.card("p.id = \(requester)"))
        let twin = batch.first(.card(.twins(of: requester, limit: 1)))
        let relatives = RelativesQuestions(of: number, at: now, in: &batch)
        let (sites, teams) = directory.nearbyTeams
        let presence = PresenceQuestions(
            """
            array(select n.team from unnest(\(sites), \(teams)) n(site, team)
                where n.site = \(.of(number, "holder_site")) and \(isOpen))
            """, at: now, in: &batch)
        let teammates = Teammate.asked(at: number, now: now, in: &batch)
        let articles: Pending<[TicketArticle]> =
            knowledge ? batch.all(.articles(of: .ticket(number))) : .known([])
        let suggestions: Pending<[ArticleHit]> =
            knowledge ? batch.all(.suggestions(for: number, in: directory.languages)) : .known([])
        let claim = batch.first(.openClaim(of: .of(number, "id")))
        let answers = try await ask(batch, seeing: sight)
        guard let view = try await view.view(answers, asOf: now, self.directory(version:)) else { return nil }
        return TicketFile(
            view: view, taker: try answers[taker], requester: try answers[card], hasTwins: try answers[twin] != nil,
            relatives: try relatives.relatives(of: view.record, answers),
            presences: try presence.presences(in: view.nearbyPlaces, answers, view.directory, at: now),
            teammates: try answers[teammates], articles: try answers[articles],
            suggestions: try answers[suggestions].map(\.version), claim: try answers[claim])
    }

    /// Who is there in the teams that a ticket is likely to be handed over to.
    public func presences(near view: TicketView) async throws -> [TeamPresence] {
        try await presence(of: view.nearbyPlaces, in: view.directory)
    }
}

extension TicketView {
    /// The teams that a ticket is likely to be handed over to: those of every tier that have the tickets of its site,
    /// but the one that has it. None of one that is solved.
    fileprivate var nearbyPlaces: [(team: Team, site: SiteID)] {
        if ticket.state == .resolved || ticket.state == .closed { return [] }
        let place = ticket.responsibility.place
        return directory.nearby(place.site).filter {
            directory.teams[$0.team.code] != place.team || $0.site != place.site
        }
    }
}

extension Directory {
    /// The teams of every tier that have the tickets of a site.
    fileprivate func nearby(_ site: SiteID) -> [(team: Team, site: SiteID)] {
        organisation.tiers.flatMap { organisation.teams(ofTier: $0.level, at: code(of: site)) }
            .compactMap { found in sites[found.site].map { (found.team, $0) } }
    }

    /// The same for all sites, as pairs in two lists.
    fileprivate var nearbyTeams: (sites: [SiteID], teams: [TeamID]) {
        var pairs: (sites: [SiteID], teams: [TeamID]) = ([], [])
        for site in organisation.sites.compactMap({ sites[$0.code] }) {
            for team in nearby(site).compactMap({ teams[$0.team.code] }) {
                pairs.sites.append(site)
                pairs.teams.append(team)
            }
        }
        return pairs
    }
}

extension SQL {
    /// Whether the ticket with a number is neither solved nor closed.
    static func isOpen(_ number: TicketNumber) -> SQL {
        "\(.of(number, "state")) not in ('resolved', 'closed')"
    }
}

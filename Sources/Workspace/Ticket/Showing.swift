import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP
import TimeZones

extension Workspace {
    /// - Parameter article: the article whose words a reply begins with.
    func show(
        _ number: TicketNumber, to agent: Agent, notice: DoneNotice?, ties: TieNotice?, using article: String?,
        hasRunMacro: Bool = false
    ) async throws -> Response {
        do {
            var page = try await page(of: number, for: agent, notice: notice)
            (page.tieNotice, page.hasRunMacro) = (ties, hasRunMacro)
            if let article { try await begin(&page, with: article, for: agent) }
            return page.response()
        } catch let error as NoSuchTicket {
            // What the agent just did may have taken the ticket out of his sight; the queue tells where it went.
            if let notice, notice.number == number.description { return .seeOther(notice.link("/desk").text) }
            // What he asked for himself and the desk does not show him, he reads as its requester.
            let own = Sight(requester: agent.person.id)
            guard try await website.store.card(of: number, seeing: own) != nil else { throw error }
            return .seeOther("/tickets/\(number.description)")
        }
    }

    func fetch(_ attachment: String, of number: TicketNumber, for agent: Agent) async throws -> Response {
        let view = try await look(at: number, for: agent)
        let id = UUID(uuidString: attachment)
        guard let file = view.entries.flatMap(\.attachments).first(where: { $0.id == id }) else {
            throw EndpointFault.noSuchPath
        }
        return website.file(file, seeing: agent.sight)
    }

    /// - Throws: `NoSuchTicket` where the agent sees none.
    func look(at number: TicketNumber, for agent: Agent) async throws -> TicketView {
        guard let view = try await website.store.view(of: number, seeing: agent.sight, including: true) else {
            throw NoSuchTicket(number: number.description)
        }
        return view
    }

    func page(of number: TicketNumber, for agent: Agent, notice: DoneNotice?) async throws -> TicketPage {
        var page = try await page(for: agent, look(at: number, for: agent))
        page.notice = notice
        return page
    }

    /// The zone in which the agent reads and writes times.
    func zone(for agent: Agent, _ view: TicketView) -> Zone {
        website.zone(of: agent.person.homeSite ?? view.ticket.origin, in: view.directory)
    }

    func page(for agent: Agent, _ view: TicketView) async throws -> TicketPage {
        var taker: PersonRecord?
        if let person = view.ticket.responsibility.person { taker = try await website.store.person(person) }
        let teller = TicketTeller(view, wording: agent.wording, zone: zone(for: agent, view))
        let relatives = try await website.store.relatives(of: view.ticket, seeing: agent.sight)
        var page = TicketPage(website: website, agent: agent, teller: teller, taker: taker, relatives: relatives)
        page.requester = try await website.store.card(of: view.ticket.requester)
        page.hasTwins = try await !website.store.twins(of: view.ticket.requester, limit: 1).isEmpty
        page.presences = try await presences(near: view)
        page.knowledge = try await knowledge(of: view, for: agent)
        return page
    }

    /// What is known of a ticket like this one; nil where the organisation does without.
    private func knowledge(of view: TicketView, for agent: Agent) async throws -> TicketKnowledge? {
        guard agent.worksOnTickets, agent.visit.modules.contains(.knowledge) else { return nil }
        var knowledge = TicketKnowledge()
        knowledge.tied = try await website.store.articles(of: view.ticket.id, seeing: agent.sight)
        // What is solved needs no solution; what was asked is in the first entry.
        guard view.ticket.state != .resolved, view.ticket.state != .closed else { return knowledge }
        let text = view.entries.first?.text ?? ""
        knowledge.suggestions = try await website.store.articles(
            like: view.record.subject, text, in: view.ticket.language, seeing: agent.sight
        ).map(\.version)
        return knowledge
    }

    /// Opens the form of a reply with the words of an article, for the agent to change and send.
    private func begin(_ page: inout TicketPage, with article: String, for agent: Agent) async throws {
        guard agent.visit.modules.contains(.knowledge), let uuid = UUID(uuidString: article),
            let article = try await website.store.article(uuid, seeing: agent.sight),
            let version = article.published(for: page.teller.ticket.language)
        else { return }
        page.draft = (.replies, Draft(["note": version.text, "article": uuid.uuidString.lowercased()]))
    }

    /// Who is there in the teams that a ticket is likely to be handed over to: those of every tier that have the
    /// tickets of its site, but the one that has it.
    func presences(near view: TicketView) async throws -> [TeamPresence] {
        if view.ticket.state == .resolved || view.ticket.state == .closed { return [] }
        let (directory, place) = (view.directory, view.ticket.responsibility.place)
        let organisation = directory.organisation
        let places = organisation.tiers.flatMap { tier in
            organisation.teams(ofTier: tier.level, at: directory.code(of: place.site))
        }.compactMap { found -> (team: Team, site: SiteID)? in
            guard let site = directory.sites[found.site] else { return nil }
            return directory.teams[found.team.code] == place.team && site == place.site ? nil : (found.team, site)
        }
        return try await website.store.presence(of: places, in: directory)
    }
}

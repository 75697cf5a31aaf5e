import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP
import TimeZones

extension Workspace {
    /// - Parameters:
    ///   - article: the article whose words a reply begins with.
    ///   - macro: the code of the macro that was run a moment ago.
    func show(
        _ number: TicketNumber, to agent: Agent, notice: DoneNotice?, ties: TieNotice?, using article: String?,
        macro: String? = nil
    ) async throws -> Response {
        do {
            var page = try await page(of: number, for: agent, notice: notice)
            (page.tieNotice, page.macro) = (ties, macro)
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

    func fetch(
        _ attachment: String, of number: TicketNumber, for agent: Agent, _ request: Request
    ) async throws -> Response {
        let view = try await look(at: number, for: agent)
        let id = UUID(uuidString: attachment)
        guard let file = view.entries.flatMap(\.attachments).first(where: { $0.id == id }) else {
            throw EndpointFault.noSuchPath
        }
        return website.file(file, for: request, seeing: agent.sight)
    }

    /// A mail as it looked, for the frame on the page of its ticket.
    func frame(_ entry: String, of number: TicketNumber, for agent: Agent) async throws -> Response {
        let entry = try await self.entry(entry, of: number, for: agent)
        let frame = try await website.mailFrame(entry, seeing: agent.sight, wording: agent.wording)
        guard let frame else { throw EndpointFault.noSuchPath }
        return frame.response
    }

    /// A mail as it came, for whoever wants to know what its sender's program wrote.
    func original(
        _ entry: String, of number: TicketNumber, for agent: Agent, _ request: Request
    ) async throws -> Response {
        let entry = try await self.entry(entry, of: number, for: agent)
        let name = "\(number)-\(entry.id.rawValue).eml"
        guard let file = try await website.store.original(of: entry, named: name, seeing: agent.sight) else {
            throw EndpointFault.noSuchPath
        }
        return website.file(file, for: request, seeing: agent.sight)
    }

    private func entry(_ entry: String, of number: TicketNumber, for agent: Agent) async throws -> EntryView {
        let id = UUID(uuidString: entry)
        guard let entry = try await look(at: number, for: agent).entries.first(where: { $0.uuid == id }) else {
            throw EndpointFault.noSuchPath
        }
        return entry
    }

    /// - Throws: `NoSuchTicket` where the agent sees none.
    func look(at number: TicketNumber, for agent: Agent) async throws -> TicketView {
        guard let view = try await website.store.view(of: number, seeing: agent.sight, including: true) else {
            throw NoSuchTicket(number: number.description)
        }
        return view
    }

    /// The page of a ticket, whose questions go to the database in one round trip.
    ///
    /// - Throws: `NoSuchTicket` where the agent sees none.
    func page(of number: TicketNumber, for agent: Agent, notice: DoneNotice? = nil) async throws -> TicketPage {
        let hasKnowledge = agent.worksOnTickets && agent.visit.modules.contains(.knowledge)
        let file = try await website.store.file(
            of: number, seeing: agent.sight, in: agent.visit.directory(), knowledge: hasKnowledge)
        guard let file else { throw NoSuchTicket(number: number.description) }
        let teller = TicketTeller(file.view, wording: agent.wording, zone: zone(for: agent, file.view))
        return TicketPage(
            website: website, agent: agent, teller: teller, file: file, hasWatch: watch != nil, notice: notice,
            knowledge: hasKnowledge ? TicketKnowledge(suggestions: file.suggestions, tied: file.articles) : nil)
    }

    /// The zone in which the agent reads and writes times.
    func zone(for agent: Agent, _ view: TicketView) -> Zone {
        website.zone(of: agent.person.homeSite ?? view.ticket.origin, in: view.directory)
    }

    /// Opens the form of a reply with the words of an article, for the agent to change and send.
    private func begin(_ page: inout TicketPage, with article: String, for agent: Agent) async throws {
        guard agent.visit.modules.contains(.knowledge), let uuid = UUID(uuidString: article),
            let article = try await website.store.article(uuid, seeing: agent.sight),
            let version = article.published(for: page.teller.ticket.language)
        else { return }
        page.draft = (.replies, Draft(["note": version.text, "article": uuid.uuidString.lowercased()]))
    }
}

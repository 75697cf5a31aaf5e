import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP

extension Workspace {
    func show(_ number: TicketNumber, to agent: Agent, notice: DoneNotice?) async throws -> Response {
        do {
            return try await page(of: number, for: agent, notice: notice).response()
        } catch let error as NoSuchTicket {
            // What the agent just did may have taken the ticket out of his sight; the queue tells where it went.
            guard let notice, notice.number == number.description else { throw error }
            return .seeOther(notice.link("/desk").text)
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

    func page(for agent: Agent, _ view: TicketView) async throws -> TicketPage {
        var taker: PersonRecord?
        if let person = view.ticket.responsibility.person { taker = try await website.store.person(person) }
        let zone = website.zone(of: agent.person.homeSite ?? view.ticket.origin, in: view.directory)
        let teller = TicketTeller(view, wording: agent.wording, zone: zone)
        return TicketPage(website: website, agent: agent, teller: teller, taker: taker)
    }
}

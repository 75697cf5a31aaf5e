import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import HTTP

extension Workspace {
    /// Does what a form asks for, and goes on to the page that shows it. What cannot be done is told on the ticket's
    /// page, with all that was written.
    func act(
        _ request: Request, _ agent: Agent, _ number: TicketNumber, _ action: TicketAction
    ) async throws -> Response {
        let view = try await look(at: number, for: agent)
        var reader = FormReader(draft: Draft(try request.form()), agent: agent, view: view)
        guard let change = reader.read(action) else {
            var page = try await page(for: agent, view)
            page.draft = (action, reader.draft)
            return page.response(.unprocessableContent)
        }
        let recording = Recording(
            by: agent.actor, expecting: Int64(reader.draft["revision"]), note: change.note, cause: request.id)
        do {
            try await website.record(on: number, seeing: agent.sight, recording, event: change.event)
        } catch let refusal as Refusal {
            var page = try await page(of: number, for: agent, notice: nil)
            page.refusal = agent.wording(.refusal, refusal.reason.rawValue)
            page.draft = (action, reader.draft)
            return page.response(.conflict)
        } catch is TicketChanged {
            let current = try await page(of: number, for: agent, notice: nil)
            return ConflictPage(agent: agent, teller: current.teller, action: action, draft: reader.draft).response
        }
        let notice = DoneNotice(action, number: number.description, party: change.party)
        return .seeOther(notice.link("/desk/tickets/\(number.description)").text)
    }
}

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
        if action == .resolution, !reader.draft["find"].isEmpty { return try await find(reader.draft, view, agent) }
        guard let change = reader.read(action) else {
            var page = try await page(for: agent, view)
            page.draft = (action, reader.draft)
            return page.response(.unprocessableContent)
        }
        var recording = Recording(
            by: agent.actor, expecting: Int64(reader.draft["revision"]), note: change.note, cause: request.id)
        (recording.draft, recording.article) = (change.draft, change.article)
        do {
            try await website.record(on: number, seeing: agent.sight, recording, event: change.event)
        } catch let refusal as Refusal {
            var page = try await page(of: number, for: agent, notice: nil)
            page.refusal = agent.wording(.refusal, refusal.reason.rawValue)
            page.draft = (action, reader.draft)
            return page.response(.conflict)
        } catch is NoSuchArticle {
            reader.draft.refuse("knowledge", agent.wording(.errorKnowledgeMissing))
            var page = try await page(of: number, for: agent, notice: nil)
            page.draft = (action, reader.draft)
            return page.response(.unprocessableContent)
        } catch is TicketChanged {
            let current = try await page(of: number, for: agent, notice: nil)
            return ConflictPage(agent: agent, teller: current.teller, action: action, draft: reader.draft).response
        }
        let notice = DoneNotice(action, number: number.description, party: change.party)
        return .seeOther(notice.link("/desk/tickets/\(number.description)").text)
    }

    /// Looks for the article by which a ticket was solved, and shows the form again with what was found.
    private func find(_ draft: Draft, _ view: TicketView, _ agent: Agent) async throws -> Response {
        var page = try await page(for: agent, view)
        page.draft = (.resolution, draft)
        let words = draft["words"]
        if !words.isEmpty, page.knowledge != nil {
            page.knowledge?.found = try await website.store.articles(
                saying: words, for: view.ticket.language, limit: 8, seeing: agent.sight
            ).map(\.version)
        }
        return page.response()
    }
}

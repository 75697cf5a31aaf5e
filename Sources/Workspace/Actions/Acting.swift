import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import HTTP
import Postgres

extension Workspace {
    /// Does what a form asks for, and goes on to the page that shows it. What cannot be done is told on the ticket's
    /// page, with all that was written.
    func act(
        _ form: SentForm, _ request: Request, _ agent: Agent, _ number: TicketNumber, _ action: TicketAction
    ) async throws -> Response {
        guard agent.worksOnTickets || action.isForOverseers else { throw TurnedAway.notAllowed }
        let view = try await look(at: number, for: agent)
        if action == .routing { return try await reroute(view.ticket, for: agent) }
        var reader = FormReader(
            draft: Draft(form), agent: agent, view: view,
            presences: action == .handovers ? try await website.store.presences(near: view) : [],
            teammates: action == .colleague ? try await website.store.teammates(at: number, seeing: agent.sight) : [],
            zone: zone(for: agent, view))
        if action == .resolution, !reader.draft["find"].isEmpty { return try await find(reader.draft, view, agent) }
        let uploads = action.takesFiles ? reader.draft.uploads(form, in: "files", agent.wording) : []
        guard var change = reader.read(action) else {
            var page = try await page(of: number, for: agent)
            page.draft = (action, reader.draft)
            return page.response(.unprocessableContent)
        }
        if !reader.draft["edit"].isEmpty {
            var page = try await page(of: number, for: agent)
            page.draft = (action, reader.draft)
            return page.response()
        }
        if let page = try await sending(action, reader.draft, view, for: agent) { return page.response }
        change.note?.uploads = uploads
        var recording = Recording(by: agent.actor, expecting: Int64(reader.draft["revision"]), cause: request.id)
        (recording.draft, recording.article) = (change.draft, change.article)
        do {
            try await record(change, on: number, recording, seeing: agent.sight)
        } catch let refusal as Refusal {
            var page = try await page(of: number, for: agent)
            page.refusal = agent.wording(.refusal, refusal.reason.rawValue)
            page.draft = (action, reader.draft)
            return page.response(.conflict)
        } catch is NoSuchArticle {
            reader.draft.refuse("knowledge", agent.wording(.errorKnowledgeMissing))
            var page = try await page(of: number, for: agent)
            page.draft = (action, reader.draft)
            return page.response(.unprocessableContent)
        } catch is TicketChanged {
            var current = try await page(of: number, for: agent)
            if !uploads.isEmpty {
                // A browser cannot choose them again by itself.
                current.refusal = agent.wording(.exchangeChangedText)
                current.draft = (action, reader.draft)
                return current.response(.preconditionFailed)
            }
            return ConflictPage(agent: agent, teller: current.teller, action: action, draft: reader.draft).response
        }
        let notice = DoneNotice(action, number: number.description, party: change.party)
        return .seeOther(notice.link("/desk/tickets/\(number.description)").text)
    }

    /// Looks for the article by which a ticket was solved, and shows the form again with what was found.
    private func find(_ draft: Draft, _ view: TicketView, _ agent: Agent) async throws -> Response {
        var page = try await page(of: view.ticket.number, for: agent)
        page.draft = (.resolution, draft)
        let words = draft["words"]
        if !words.isEmpty, page.knowledge != nil {
            page.knowledge?.found = try await website.store.articles(
                saying: words, for: view.ticket.language, limit: 8, seeing: agent.sight
            ).map(\.version)
        }
        return page.response()
    }

    /// Records all events of a change in one transaction.
    ///
    /// - Parameter recording: by whom, and which revision he has seen: the first event is held against it.
    private func record(
        _ change: Change, on number: TicketNumber, _ recording: Recording, seeing sight: Sight
    ) async throws {
        let store = website.store
        var eyes = sight
        eyes.scopes += change.sight.scopes
        try await website.record(seeing: eyes) { (transaction: borrowing Transaction) in
            // What is written with the event is not written with those around it.
            var around = recording
            (around.draft, around.article) = (nil, nil)
            for event in change.before {
                try await store.record(on: number, around, using: transaction, event: event)
                around.expecting = nil
            }
            var recording = recording
            (recording.note, recording.expecting) = (change.note, around.expecting)
            try await store.record(on: number, recording, using: transaction, event: change.event)
            around.expecting = nil
            for event in change.after {
                try await store.record(on: number, around, using: transaction, event: event)
            }
        }
    }

    /// Leaves the decision to the routing worker, which alone knows how busy everybody is.
    private func reroute(_ ticket: Ticket, for agent: Agent) async throws -> Response {
        do {
            try await website.store.askForRouting(of: ticket.number, by: agent.person.id, seeing: agent.sight)
        } catch let refusal as Refusal {
            var page = try await page(of: ticket.number, for: agent)
            page.refusal = agent.wording(.refusal, refusal.reason.rawValue)
            return page.response(.conflict)
        }
        let notice = DoneNotice(.routing, number: ticket.number.description, party: "")
        return .seeOther(notice.link("/desk/tickets/\(ticket.number.description)").text)
    }
}

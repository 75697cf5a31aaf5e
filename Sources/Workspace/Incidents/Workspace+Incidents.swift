import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import HTTP
import Postgres

/// Declaring a major incident, announcing it and ending it.
extension Workspace {
    var incidentEndpoints: [Endpoint<Agent>] {
        [
            Endpoint(.get, "/desk/tickets/:number/major") { request, agent, number in
                try await announcePage(number, for: agent, Draft()).response()
            },
            Endpoint(.post, "/desk/tickets/:number/major", body: .collected(limit: 65_536)) {
                request, agent, number in
                try await announce(request, number, for: agent)
            },
            Endpoint(.post, "/desk/tickets/:number/major/end", body: .collected(limit: 4096)) {
                request, agent, number in
                try await website.store.record(
                    on: number, seeing: agent.sight, Recording(by: agent.actor, cause: request.id)
                ) { _ in .stoodDown }
                return Self.onward(to: number, saying: .stoodDown)
            },
        ]
    }

    private func announcePage(_ number: TicketNumber, for agent: Agent, _ draft: Draft) async throws -> AnnouncePage {
        let teller = try await teller(of: number, for: agent)
        return AnnouncePage(agent: agent, teller: teller, draft: draft)
    }

    private func announce(_ request: Request, _ number: TicketNumber, for agent: Agent) async throws -> Response {
        var draft = Draft(try request.form())
        let (wording, directory) = (agent.wording, try agent.visit.directory())
        var words: [String: Announcement.Words] = [:]
        for language in Language.allCases {
            let (title, text) = ("title_\(language.tag)", "text_\(language.tag)")
            if draft[title].isEmpty, draft[text].isEmpty { continue }
            let head = draft.require(title, .errorSubjectMissing, atMost: 200, named: .fieldSubject, wording)
            let body = draft.require(text, .errorMessageMissing, atMost: 4000, named: .fieldMessage, wording)
            words[language.tag] = Announcement.Words(title: head, text: body)
        }
        if words.isEmpty { draft.refuse("title_\(wording.language.tag)", wording(.errorSubjectMissing)) }
        let site = directory.sites[draft["site"]]
        if !draft["site"].isEmpty, site == nil {
            draft.refuse("site", wording(.errorChoiceMissing, ["field": wording(.fieldSite)]))
        }
        if draft.faults.isEmpty {
            let recording = Recording(by: agent.actor, cause: request.id)
            do {
                try await website.store.transaction(seeing: agent.sight) {
                    [words] (transaction: borrowing Transaction) in
                    try await website.store.announce(number, at: site, words, recording, using: transaction)
                }
                return Self.onward(to: number, saying: .announced)
            } catch let refusal as Refusal {
                draft.refuse("site", wording(.refusal, refusal.reason.rawValue))
            }
        }
        return try await announcePage(number, for: agent, draft).response(.unprocessableContent)
    }
}

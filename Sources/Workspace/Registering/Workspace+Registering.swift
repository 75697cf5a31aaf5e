import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import HTTP
import Postgres

/// Registering what is asked by telephone, at the counter or in a chat.
extension Workspace {
    var registeringEndpoints: [Endpoint<Agent>] {
        [
            Endpoint(.get, "/desk/register") { _, agent in
                let directory = try agent.visit.directory()
                let home = agent.person.homeSite.map { directory.code(of: $0) } ?? ""
                let draft = Draft(["channel": "phone", "impact": "2", "urgency": "2", "site": home])
                return registerPage(draft, for: agent, directory).response()
            },
            Endpoint(.post, "/desk/register", body: .collected(limit: 65_536)) { request, agent in
                try await register(request, for: agent)
            },
        ]
    }

    private func registerPage(_ draft: Draft, for agent: Agent, _ directory: Directory) -> RegisterPage {
        RegisterPage(agent: agent, directory: directory, draft: draft, team: agent.own(in: directory))
    }

    private func register(_ request: Request, for agent: Agent) async throws -> Response {
        let form = try request.form()
        var draft = Draft(form)
        let (store, directory) = (website.store, try agent.visit.directory())
        guard let submission = read(&draft, directory, agent.wording) else {
            return registerPage(draft, for: agent, directory).response(.unprocessableContent)
        }
        let keeper = draft["next"] == "mine" ? agent.own(in: directory) : nil
        return try await website.once(form, by: "register:\(agent.person.id)", seeing: agent.sight) {
            (transaction: borrowing Transaction) in
            let record = try await store.accept(
                submission, keptBy: keeper, by: agent.actor, cause: request.id, using: transaction)
            if keeper != nil {
                let recording = Recording(by: agent.actor, cause: request.id)
                try await store.record(on: record.ticket.id, recording, using: transaction) { _ in
                    .taken(agent.person.id)
                }
            }
            let place: Link = "/desk/tickets/\(record.ticket.number.description)"
            return place.adding(query: ["ties": TieNotice.registered.rawValue]).text
        }
    }

    /// What was asked, or nil with everything that is wrong noted in the draft.
    private func read(_ draft: inout Draft, _ directory: Directory, _ wording: Wording) -> Submission? {
        let address = draft.requireAddress("email", wording)
        draft.limitLength(of: "name", to: 200, named: .registerName, wording)
        let subject = draft.require("subject", .errorSubjectMissing, atMost: 200, named: .fieldSubject, wording)
        let text = draft.require("text", .errorTextMissing, atMost: 20_000, named: .fieldText, wording)
        let channel = RegisterPage.channels.first { $0.rawValue == draft["channel"] }
        if channel == nil { draft.refuse("channel", wording(.errorChoiceMissing, ["field": wording(.fieldChannel)])) }
        let site = directory.sites[draft["site"]]
        if !draft["site"].isEmpty, site == nil {
            draft.refuse("site", wording(.errorChoiceMissing, ["field": wording(.columnSite)]))
        }
        guard draft.faults.isEmpty, let channel else { return nil }
        let language = Language(tag: draft["language"])?.tag
        return Submission(
            from: Contact(address: address, name: draft["name"], language: language), subject: subject, text: text,
            channel: channel, site: site, kind: Ticket.Kind(rawValue: draft["kind"]),
            category: directory.categories[draft["category"]], impact: Int(draft["impact"]).flatMap(Impact.init),
            urgency: Int(draft["urgency"]).flatMap(Urgency.init))
    }
}

extension Agent {
    /// For what the agent answers himself: his team nearest to the requesters, at his own site where it is there.
    fileprivate func own(in directory: Directory) -> Responsibility? {
        let teams = rights.teams.compactMap { id in directory.team(id).map { (id: id, team: $0) } }
        guard let (id, team) = teams.min(by: { ($0.team.tier, $0.id) < ($1.team.tier, $1.id) }) else { return nil }
        let home = person.homeSite.map { directory.code(of: $0) }
        guard let code = team.sites.first(where: { $0 == home }) ?? team.sites.first, let site = directory.sites[code]
        else { return nil }
        return directory.responsibility(of: id, at: site)
    }
}

import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP
import Postgres

/// How an agent ties tickets together: what will happen is shown before it does.
extension Workspace {
    var relatedEndpoints: [Endpoint<Agent>] {
        [
            Endpoint(.get, "/desk/tickets/:number/related") { request, agent, number in
                try await ask(Draft(request.query), number, for: agent)
            },
            Endpoint(.post, "/desk/tickets/:number/related", body: .collected(limit: 65_536)) {
                request, agent, number in
                try await tie(request, number, for: agent)
            },
            Endpoint(.post, "/desk/tickets/:number/related/removal", body: .collected(limit: 65_536)) {
                request, agent, number in
                try await untie(request, number, for: agent)
            },
            Endpoint(.post, "/desk/tickets/:number/related/wait", body: .collected(limit: 4096)) {
                request, agent, number in
                let recording = Recording(by: agent.actor, cause: request.id)
                _ = try await website.record(seeing: agent.sight) { (transaction: borrowing Transaction) in
                    try await website.store.waitWithParent(number, recording, using: transaction)
                }
                return Self.onward(to: number, saying: .waits)
            },
            Endpoint(.get, "/desk/tickets/:number/split") { request, agent, number in
                SplitPage(agent: agent, teller: try await teller(of: number, for: agent)).response()
            },
            Endpoint(.post, "/desk/tickets/:number/split", body: .collected(limit: 65_536)) {
                request, agent, number in
                try await split(request, number, for: agent)
            },
        ]
    }

    static func onward(to number: TicketNumber, saying notice: TieNotice) -> Response {
        let place: Link = "/desk/tickets/\(number.description)"
        return .seeOther(place.adding(query: ["ties": notice.rawValue]).text)
    }

    func teller(of number: TicketNumber, for agent: Agent) async throws -> TicketTeller {
        let view = try await look(at: number, for: agent)
        return TicketTeller(view, wording: agent.wording, zone: zone(for: agent, view))
    }

    /// Shows what would happen; or the form again, where it does not say between which tickets.
    private func ask(_ asked: Draft, _ number: TicketNumber, for agent: Agent) async throws -> Response {
        let teller = try await teller(of: number, for: agent)
        var draft = asked
        guard let (intent, other) = try await other(&draft, for: agent) else {
            return TyingPage(agent: agent, teller: teller, draft: draft).response(.unprocessableContent)
        }
        return TyingPage(agent: agent, teller: teller, draft: draft, plan: (intent, other)).response()
    }

    /// The intent of a form and the ticket that it names; nil where the draft has faults.
    private func other(_ draft: inout Draft, for agent: Agent) async throws -> (TieIntent, TicketView)? {
        let wording = agent.wording
        let intent = TieIntent(rawValue: draft["what"])
        if intent == nil { draft.refuse("what", wording(.errorChoiceMissing, ["field": wording(.tieWhat)])) }
        guard let number = TicketNumber(draft["number"].uppercased()) else {
            draft.refuse("number", wording(.errorTicketNumber))
            return nil
        }
        let view = try await website.store.view(of: number, seeing: agent.sight, including: true)
        if view == nil { draft.refuse("number", wording(.errorNoSuchTicket, ["number": number.description])) }
        guard let intent, let view else { return nil }
        return (intent, view)
    }

    private func tie(_ request: Request, _ number: TicketNumber, for agent: Agent) async throws -> Response {
        var draft = Draft(try request.form())
        guard let (intent, other) = try await other(&draft, for: agent) else {
            return try await ask(draft, number, for: agent)
        }
        let recording = Recording(by: agent.actor, expecting: Int64(draft["revision"]), cause: request.id)
        do {
            try await website.store.transaction(seeing: agent.sight) { (transaction: borrowing Transaction) in
                try await intent.perform(
                    on: number, other.ticket.number, recording, in: website.store, using: transaction)
            }
        } catch let refusal as Refusal {
            draft.refuse("number", agent.wording(.refusal, refusal.reason.rawValue))
            let teller = try await teller(of: number, for: agent)
            return TyingPage(agent: agent, teller: teller, draft: draft).response(.conflict)
        }
        return Self.onward(to: number, saying: .tied)
    }

    private func untie(_ request: Request, _ number: TicketNumber, for agent: Agent) async throws -> Response {
        let draft = Draft(try request.form())
        let recording = Recording(by: agent.actor, cause: request.id)
        guard let other = TicketNumber(draft["number"]) else { throw NoSuchTicket(number: draft["number"]) }
        _ = try await website.store.transaction(seeing: agent.sight) { (transaction: borrowing Transaction) in
            if let kind = LinkKind(rawValue: draft["what"]) {
                try await website.store.unlink(number, from: other, kind, recording, using: transaction)
            } else {
                try await website.store.record(on: number, recording, using: transaction) { _ in .leftParent }
            }
        }
        return Self.onward(to: number, saying: .removed)
    }

    private func split(_ request: Request, _ number: TicketNumber, for agent: Agent) async throws -> Response {
        let form = try request.form()
        var draft = Draft(form)
        let wording = agent.wording
        let ids = form.all("entry").compactMap { UUID(uuidString: $0) }
        if ids.isEmpty { draft.refuse("entry", wording(.errorSplitNone)) }
        let subject = draft.require("subject", .errorSubjectMissing, atMost: 200, named: .fieldSubject, wording)
        let recording = Recording(by: agent.actor, expecting: Int64(draft["revision"]), cause: request.id)
        if draft.faults.isEmpty {
            do {
                let part = try await website.store.transaction(seeing: agent.sight) {
                    (transaction: borrowing Transaction) in
                    try await website.store.split(
                        number, entries: ids, subject: subject, recording, using: transaction)
                }
                return Self.onward(to: part.ticket.number, saying: .split)
            } catch is UnfitSplit {
                draft.refuse("entry", wording(.errorSplitNone))
            }
        }
        let teller = try await teller(of: number, for: agent)
        return SplitPage(agent: agent, teller: teller, draft: draft, chosen: Set(ids)).response(.unprocessableContent)
    }
}

import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import HTTP
import Postgres

extension Workspace {
    var macroEndpoints: [Endpoint<Agent>] {
        [
            Endpoint(.post, "/desk/tickets/:number/macros", body: .collected(limit: 4096)) {
                request, agent, number in
                try await run(request, number, for: agent)
            }
        ]
    }

    /// Does all that a macro says, or tells everything that is in its way.
    private func run(_ request: Request, _ number: TicketNumber, for agent: Agent) async throws -> Response {
        let draft = Draft(try request.form())
        let recording = Recording(by: agent.actor, expecting: Int64(draft["revision"]), cause: request.id)
        let store = website.store
        do {
            try await website.record(seeing: agent.sight) { (transaction: borrowing Transaction) in
                _ = try await store.run(macro: draft["macro"], on: number, recording, using: transaction)
            }
        } catch let refused as MacroRefused {
            return try await explain(Self.reasons(of: refused, agent.wording), number, for: agent, .conflict)
        } catch is NoSuchMacro {
            return try await explain(agent.wording(.macroUnknown), number, for: agent, .unprocessableContent)
        } catch is TicketChanged {
            return try await explain(agent.wording(.macroChanged), number, for: agent, .preconditionFailed)
        }
        let place: Link = "/desk/tickets/\(number.description)"
        return .seeOther(place.adding(query: ["macro": draft["macro"]]).text)
    }

    /// The page of a ticket to which something could not be done, with why not.
    func explain(
        _ text: String, _ number: TicketNumber, for agent: Agent, _ status: Status
    ) async throws -> Response {
        var page = try await page(of: number, for: agent)
        page.refusal = text
        return page.response(status)
    }

    private static func reasons(of refused: MacroRefused, _ wording: Wording) -> String {
        if refused.faults.isEmpty { return wording(.refusal, Refusal.Reason.changesNothing.rawValue) }
        let steps = refused.faults.map { fault in
            wording(
                .macroStep, ["count": String(fault.step), "reason": wording(.refusal, fault.reason.rawValue)])
        }
        return ([wording(.macroRefused)] + steps).joined(separator: " ")
    }
}

import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTTP
import Postgres

/// How an agent decides about a mail that claims to go on with somebody else's ticket.
extension Workspace {
    var claimEndpoints: [Endpoint<Agent>] {
        [
            Endpoint(.post, "/desk/tickets/:number/claim", body: .collected(limit: 4096)) { request, agent, number in
                try await decide(request, number, for: agent)
            }
        ]
    }

    private func decide(_ request: Request, _ number: TicketNumber, for agent: Agent) async throws -> Response {
        let draft = Draft(try request.form())
        let isAccepted = draft["decision"] == "accept"
        guard isAccepted || draft["decision"] == "refuse" else { throw EndpointFault.noSuchPath }
        let decision: ClaimDecision = isAccepted ? .accepted(follows: draft["follows"] == "yes") : .refused
        let (store, mail) = (website.store, UUID(uuidString: draft["mail"]))
        let recording = Recording(by: agent.actor, cause: request.id)
        let claimed = try await page(of: number, for: agent).file.claim?.claims
        do {
            guard let mail, let claimed else { throw NoOpenClaim() }
            try await website.record(seeing: agent.sight) { (transaction: borrowing Transaction) in
                _ = try await store.decide(claim: mail, decision, recording, using: transaction)
            }
            return isAccepted
                ? Self.onward(to: claimed, saying: .claimAccepted) : Self.onward(to: number, saying: .claimRefused)
        } catch is NoOpenClaim {
            return try await explain(agent.wording(.claimSettled), number, for: agent, .conflict)
        } catch let refusal as Refusal {
            let text = agent.wording(.refusal, refusal.reason.rawValue)
            return try await explain(text, number, for: agent, .conflict)
        }
    }
}

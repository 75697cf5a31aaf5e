import Desk
import DeskStore
import Foundation
import HTTP
import JSON
import Postgres

/// Mail that claims to go on with somebody else's ticket.
extension API {
    var claimEndpoints: [Endpoint<APIClient>] {
        [
            Endpoint(.post, "/api/v1/inbound-mail/:mail/decisions") { request, client, mail in
                try await decide(request, client, mail)
            }
        ]
    }

    static var decision: JSONForm<ClaimDecision> {
        .object { reader in
            let isAccepted = reader.required("accepted", .boolean)
            let follows = reader.optional("follows", .boolean)
            return isAccepted.map { $0 ? .accepted(follows: follows ?? false) : .refused }
        }
    }

    private func decide(_ request: Request, _ client: APIClient, _ mail: String) async throws -> Response {
        try client.require(.writeTickets)
        let decision = try request.json().read(Self.decision)
        guard let id = UUID(uuidString: mail) else { throw Self.noMail }
        let recording = Recording(by: client.actor, cause: request.cause)
        return try await IdempotentRequest(request, by: client, store: store).answer { transaction in
            guard try await transaction.inboundMail(id) != nil else { throw Self.noMail }
            do {
                try await store.decide(claim: id, decision, recording, using: transaction)
            } catch let settled as NoOpenClaim {
                throw Problem(.conflict, detail: settled.description)
            }
            guard let decided = try await transaction.inboundMail(id) else { throw Self.noMail }
            return Self.answer(decided, .created)
        }
    }
}

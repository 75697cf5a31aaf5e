public import Desk
public import DeskStore
public import DeskSuppliers
import HTTP
import JSON

extension API {
    /// What would leave to a supplier with a message about a ticket and a note.
    public typealias Preview =
        @Sendable (SupplierMessage.Kind, TicketID, SupplierID, String?, Sight) async throws -> Leaving?

    var previewEndpoints: [Endpoint<APIClient>] {
        [
            Endpoint(.post, "/api/v1/tickets/:ticket/supplier-tickets/previews") { request, client, ticket in
                try await preview(request, client, Self.number(ticket))
            }
        ]
    }

    /// Shows what a referral would tell, and refers nothing.
    private func preview(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        try client.require(.writeTickets)
        let directory = try await store.directory()
        let (supplier, note) = try request.json().read(Self.referral(in: directory))
        guard let card = try await store.card(of: number, seeing: client.sight), let show = self.leaving,
            let leaving = try await show(.referral, card.ticket.id, supplier, note, client.sight)
        else { throw NoSuchTicket(number: number.description) }
        let members = JSONObject([
            ("supplier", directory.suppliers.code(of: supplier).json), ("fields", .object(leaving.disclosure.members)),
            ("withheld", leaving.withheld.map(\.rawValue).json), ("text", leaving.text?.json ?? .null),
        ])
        return Response(json: JSON.object(members).bytes())
    }
}

import Desk
import DeskStore
import HTTP
import JSON
import Postgres

/// What is done to a ticket with one name: a macro of the organisation.
extension API {
    var macroEndpoints: [Endpoint<APIClient>] {
        [
            Endpoint(.get, "/api/v1/macros") { _, client in
                try client.require(.readTickets)
                let macros = try await store.directory().organisation.automation.macros
                let list = macros.map { JSON.object(["name": $0.code, "labels": $0.labelsJSON]) }
                return Response(json: JSON.array(list).bytes())
            },
            Endpoint(.post, "/api/v1/tickets/:ticket/macros") { request, client, ticket in
                try await run(request, client, Self.number(ticket))
            },
        ]
    }

    static func macro(in directory: Directory) -> JSONForm<String> {
        let known = directory.organisation.automation.macros.map(\.code)
        return .object { $0.required("name", .word(among: known)) }
    }

    private func run(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        try client.require(.writeTickets)
        let directory = try await store.directory()
        let code = try request.json().read(Self.macro(in: directory))
        let recording = Recording(by: client.actor, cause: request.cause)
        return try await IdempotentRequest(request, by: client, store: store).answer { transaction in
            guard let before = try await transaction.card(of: number) else {
                throw NoSuchTicket(number: number.description)
            }
            do {
                try await store.run(macro: code, on: number, recording, using: transaction)
            } catch let refused as MacroRefused {
                throw Problem(refused)
            }
            return Self.answer(try await transaction.card(of: number) ?? before, in: directory, .created)
        }
    }
}

extension Problem {
    /// A macro that is not possible, with every step that is in its way.
    fileprivate init(_ refused: MacroRefused) {
        self.init(
            .conflict, detail: refused.description,
            errors: refused.faults.map { fault in
                let refusal = Refusal(reason: fault.reason, state: refused.state, event: .automated)
                return Fault("step \(fault.step), \(fault.action): \(refusal.description)", at: "#/name")
            })
        extensions["reason"] = (refused.faults.first?.reason ?? .changesNothing).rawValue
    }
}

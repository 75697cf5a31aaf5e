import Desk
import DeskStore
import HTTP
import JSON
import Moments
import Postgres

extension API {
    var ticketEndpoints: [Endpoint<APIClient>] {
        [
            Endpoint(.post, "/api/v1/tickets") { request, client in try await open(request, client) },
            Endpoint(.get, "/api/v1/tickets") { request, client in try await list(request, client) },
            Endpoint(.get, "/api/v1/tickets/:ticket") { request, client, ticket in
                try await show(request, client, Self.number(ticket))
            },
            Endpoint(.patch, "/api/v1/tickets/:ticket") { request, client, ticket in
                try await change(request, client, Self.number(ticket))
            },
        ]
    }

    private func open(_ request: Request, _ client: APIClient) async throws -> Response {
        try client.require(.writeTickets)
        let body = try request.json()
        let directory = client.directory
        var submission = try body.read(TicketRequest.form(in: directory)).submission
        if let own = client.site {
            guard submission.site ?? own == own else {
                throw Problem(.forbidden, detail: "This token is for tickets of \(directory.code(of: own)) only.")
            }
            submission.site = own
        }
        return try await IdempotentRequest(request, by: client, store: store).answer { transaction in
            let opened = try await store.open(
                submission, by: client.actor, cause: request.cause, tellsTrouble: true, using: transaction)
            let card = opened.card
            var response = Self.answer(
                card, in: directory, .created,
                telling: [("announcements", opened.trouble.json(for: card.ticket.language, in: directory))])
            response.fields[.location] = "\(Self.root)/tickets/\(card.ticket.number)"
            return response
        }
    }

    private func show(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        try client.require(.readTickets)
        guard let card = try await store.card(of: number, seeing: client.sight) else {
            throw NoSuchTicket(number: number.description)
        }
        var response = Self.answer(card, in: try await store.directory())
        switch Conditions(request).verdict(tag: EntityTag(String(card.ticket.revision))) {
        case .proceed: break
        case .notModified: (response.status, response.body) = (.notModified, .empty)
        case .failed: throw TicketChanged(revision: card.ticket.revision)
        }
        return response
    }

    private func list(_ request: Request, _ client: APIClient) async throws -> Response {
        try client.require(.readTickets)
        let directory = try await store.directory()
        var query = try TicketQuery(request.query, in: directory, cursors: cursors)
        if let address = query.requester {
            guard let person = try await store.person(at: address) else { return Response(json: Array("[]".utf8)) }
            query.filter.requester = person.id
        }
        // One more than asked for tells whether there is another page.
        let cards = try await store.cards(
            query.filter, before: query.before, limit: query.limit + 1, seeing: client.sight)
        let page = cards.prefix(query.limit)
        var response = Response(json: JSON.array(page.map { TicketJSON($0, in: directory).json }).bytes())
        if cards.count > page.count, let last = page.last {
            let next = query.link(after: cursors.text(after: last.ticket.id))
            response.fields[.link] = "<\(Self.root)/tickets?\(next)>; rel=\"next\""
        }
        response.fields[.cacheControl] = "private, no-cache"
        return response
    }

    private func change(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        try client.require(.writeTickets)
        let precondition = try Precondition(request)
        let directory = try await store.directory()
        let patch = try request.json(accepting: true).read(TicketPatch.form(in: directory))
        let note = patch.reason.map { Note($0, visibility: .internal, channel: .api) }
        return try await record(
            on: number, by: client,
            Recording(by: client.actor, note: note, subject: patch.subject, cause: request.cause),
            unlessUnchanged: true
        ) { occasion in
            try precondition.check(occasion.ticket.revision)
            var changes = patch.changes
            changes.reason = occasion.entry
            return .changed(
                changes.prioritised(
                    for: occasion.ticket.classification, by: occasion.directory.organisation.matrix))
        }
    }
}

extension Request {
    /// What an event says of its cause.
    var cause: String? { id.isEmpty ? nil : "request \(id)" }
}

import Desk
import DeskStore
import HTTP
import JSON

extension API {
    var historyEndpoints: [Endpoint<APIClient>] {
        [
            Endpoint(.get, "/api/v1/tickets/:ticket/events") { request, client, ticket in
                try await events(request, client, Self.number(ticket))
            },
            Endpoint(.get, "/api/v1/tickets/:ticket/legs") { request, client, ticket in
                let view = try await view(of: Self.number(ticket), for: client)
                return Response(json: JSON.array(view.legs.map { LegJSON($0, in: view.directory).json }).bytes())
            },
            Endpoint(.get, "/api/v1/tickets/:ticket/clocks") { request, client, ticket in
                let view = try await view(of: Self.number(ticket), for: client)
                let clocks = view.clocks.map { ClockJSON($0.clock, asOf: view.asOf, in: view.directory).json }
                return Response(json: JSON.array(clocks).bytes())
            },
        ]
    }

    private func events(
        _ request: Request, _ client: APIClient, _ number: TicketNumber
    ) async throws -> Response {
        let view = try await view(of: number, for: client)
        guard !TicketEventStream.isWanted(by: request) else {
            return try TicketEventStream(self, request, number).response(beginningWith: view)
        }
        let events = try await events(
            in: view, for: client, after: TicketEventStream.revision(request.query["after"]))
        var response = Response(json: JSON.array(events.map(\.json)).bytes())
        response.fields[.vary] = "Accept"
        return response
    }

    /// What happened to a ticket, each event with its place in the log.
    ///
    /// - Parameter place: the events behind it alone.
    func events(
        in view: TicketView, for client: APIClient, after place: Int64 = 0
    ) async throws -> [(revision: Int64, json: JSON)] {
        let people = try await store.people(EventJSON.people(in: view))
        let articles = try await store.articles(of: view.ticket.id, seeing: client.sight)
        let tickets = try await store.numbers(of: EventJSON.tickets(in: view), seeing: client.sight)
        let writer = EventJSON(view, people: people, articles: articles, tickets: tickets)
        return view.log.filter { $0.revision > place }.map { ($0.revision, writer.json($0)) }
    }
}

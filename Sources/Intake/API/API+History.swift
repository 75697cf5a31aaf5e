import Desk
import DeskStore
import HTTP
import JSON

extension API {
    var historyEndpoints: [Endpoint<APIClient>] {
        [
            Endpoint(.get, "/api/v1/tickets/:ticket/events") { request, client, ticket in
                let view = try await view(of: Self.number(ticket), for: client)
                let people = try await store.people(EventJSON.people(in: view))
                let articles = try await store.articles(of: view.ticket.id, seeing: client.sight)
                let tickets = try await store.numbers(of: EventJSON.tickets(in: view), seeing: client.sight)
                let writer = EventJSON(view, people: people, articles: articles, tickets: tickets)
                return Response(json: JSON.array(view.log.map(writer.json)).bytes())
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
}

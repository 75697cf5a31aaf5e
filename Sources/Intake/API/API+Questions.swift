import Desk
import DeskStore
import Foundation
import HTTP
import JSON
import Postgres

/// Questions to those who do not get the ticket with them (S55).
extension API {
    var questionEndpoints: [Endpoint<APIClient>] {
        [
            Endpoint(.get, "/api/v1/tickets/:ticket/questions") { request, client, ticket in
                let view = try await view(of: Self.number(ticket), for: client)
                return Response(json: JSON.array(view.questions.map { QuestionJSON($0, of: view).json }).bytes())
            },
            writing(.post, "/api/v1/tickets/:ticket/questions", ask),
            Endpoint(.put, "/api/v1/tickets/:ticket/questions/:question/answer") {
                (request, client, ticket: String, question: String) in
                try client.require(.writeTickets)
                return try await settle(request, client, Self.number(ticket), question)
            },
            Endpoint(.delete, "/api/v1/tickets/:ticket/questions/:question") {
                (request, client, ticket: String, question: String) in
                try client.require(.writeTickets)
                let (number, question) = (try Self.number(ticket), try await entry(question, of: ticket, for: client))
                return try await end(request, client, number) { _ in .inquiryWithdrawn(question: question) }
            },
        ]
    }

    private func ask(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        let directory = try await store.directory()
        let wish = try request.json().read(QuestionRequest.form(in: directory))
        var response = try await add(wish.text, request, client, number) { occasion in
            .inquired(try wish.addressee(for: occasion), question: try occasion.writtenEntry)
        }
        response.fields[.location] = "\(Self.root)/tickets/\(number)/questions"
        return response
    }

    static var inquiryAnswer: JSONForm<String> {
        .object { $0.required("text", .text(length: 1...TicketRequest.longestText)) }
    }

    private func settle(
        _ request: Request, _ client: APIClient, _ number: TicketNumber, _ question: String
    ) async throws -> Response {
        let text = try request.json().read(Self.inquiryAnswer)
        let question = try await entry(question, of: number.description, for: client)
        return try await put(text, request, client, number) { occasion in
            .inquiryAnswered(question: question, answer: try occasion.writtenEntry)
        }
    }

    /// The key of a question by its identity.
    private func entry(_ identity: String, of ticket: String, for client: APIClient) async throws -> EntryID {
        guard let identity = UUID(uuidString: identity),
            let entry = try await store.entry(identity, of: Self.number(ticket), seeing: client.sight)
        else { throw Problem(.notFound, detail: "\(ticket) has no such question, or you may not see it.") }
        return entry
    }
}

import Desk
import DeskStore
import Foundation
import HTTP
import JSON
import Postgres

extension API {
    var fileEndpoints: [Endpoint<APIClient>] {
        [
            Endpoint(.post, "/api/v1/tickets/:ticket/attachments", body: .collected(limit: Self.largestFile)) {
                request, client, ticket in
                try await keep(request, client, Self.number(ticket))
            },
            Endpoint(.get, "/api/v1/tickets/:ticket/attachments/:file") {
                (request, client, ticket: String, file: String) in
                try await send(file, of: Self.number(ticket), to: client)
            },
        ]
    }

    private func keep(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        try client.require(.writeTickets)
        let upload = try UploadRequest.upload(request)
        return try await IdempotentRequest(request, by: client, store: store).answer { transaction in
            guard let card = try await transaction.card(of: number) else {
                throw NoSuchTicket(number: number.description)
            }
            let file = FileJSON(try await transaction.attach(upload, to: card.ticket.id, entry: nil), of: number)
            var response = Response(.created, json: file.json.bytes())
            response.fields[.location] = file.href
            return response
        }
    }

    private func send(_ id: String, of number: TicketNumber, to client: APIClient) async throws -> Response {
        try client.require(.readTickets)
        guard let id = UUID(uuidString: id),
            let file = try await store.attachment(id, of: number, seeing: client.sight)
        else {
            throw Problem(.notFound, detail: "\(number) has no such attachment, or you may not see it.")
        }
        let fields: Fields = [
            .contentType: file.type.isEmpty ? "application/octet-stream" : file.type,
            .contentDisposition: "attachment; filename*=UTF-8''\(PercentCoding.encode(file.name))",
            "X-Content-Type-Options": "nosniff", .cacheControl: "private, no-cache",
        ]
        let body = ResponseBody.stream(length: Int(file.size)) { [store] writer in
            var part: Int32 = 0
            while let piece = try await store.piece(part, of: file, seeing: client.sight) {
                try await writer.write(piece)
                part += 1
            }
        }
        return Response(fields: fields, body: body)
    }
}

import Desk
import DeskStore
import DeskWeb
import Foundation
import HTTP
import JSON
import Postgres

extension API {
    var fileEndpoints: [Endpoint<APIClient>] {
        [
            Endpoint(
                .post, "/api/v1/tickets/:ticket/attachments",
                body: .streamed(limit: uploads.limit + UploadRequest.formOverhead)
            ) {
                request, client, ticket in
                try await keep(request, client, Self.number(ticket))
            },
            Endpoint(.get, "/api/v1/tickets/:ticket/attachments/:file") {
                (request, client, ticket: String, file: String) in
                try await send(file, of: Self.number(ticket), to: client, for: request)
            },
        ]
    }

    private func keep(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        try client.require(.writeTickets)
        // Before anything is taken in that would lead nowhere.
        guard try await store.card(of: number, seeing: client.sight) != nil else {
            throw NoSuchTicket(number: number.description)
        }
        let upload = try await uploads.upload(request)
        do {
            let content = Array("\(upload.name)\n\(upload.type)\n".utf8) + upload.content.digest
            let response = try await IdempotentRequest(request, content: content, by: client, store: store).answer {
                transaction in try await attach(upload, to: number, on: transaction)
            }
            // Of a request that came again nothing was taken.
            try await store.drop(upload.content)
            return response
        } catch {
            // The sweeper finds it where it cannot be removed now.
            try? await store.drop(upload.content)
            throw error
        }
    }

    private func attach(
        _ upload: Upload, to number: TicketNumber, on transaction: borrowing Transaction
    ) async throws -> Response {
        guard let card = try await transaction.card(of: number) else {
            throw NoSuchTicket(number: number.description)
        }
        let file = FileJSON(try await transaction.attach(upload, to: card.ticket.id, entry: nil), of: number)
        var response = Response(.created, json: file.json.bytes())
        response.fields[.location] = file.href
        return response
    }

    private func send(
        _ id: String, of number: TicketNumber, to client: APIClient, for request: Request
    ) async throws -> Response {
        try client.require(.readTickets)
        guard let id = UUID(uuidString: id),
            let file = try await store.attachment(id, of: number, seeing: client.sight)
        else {
            throw Problem(.notFound, detail: "\(number) has no such attachment, or you may not see it.")
        }
        return file.content(
            type: file.type.isEmpty ? "application/octet-stream" : file.type,
            fields: [
                .contentDisposition: "attachment; filename*=UTF-8''\(PercentCoding.encode(file.name))",
                "X-Content-Type-Options": "nosniff", .cacheControl: "private, no-cache",
            ], from: store, seeing: client.sight
        ).response(to: request)
    }
}

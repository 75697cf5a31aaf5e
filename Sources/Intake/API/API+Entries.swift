import Desk
import DeskStore
import Foundation
import HTTP
import JSON
import Postgres

extension API {
    var entryEndpoints: [Endpoint<APIClient>] {
        [
            Endpoint(.get, "/api/v1/tickets/:ticket/entries") { request, client, ticket in
                let view = try await view(of: Self.number(ticket), for: client)
                let number = view.ticket.number
                let hasHTML = view.entries.contains(where: \.hasHTML)
                let html = hasHTML ? try await store.html(of: number, seeing: client.sight) : [:]
                let entries = view.entries.map { EntryJSON($0, of: number, html: html[$0.id]).json }
                return Response(json: JSON.array(entries).bytes())
            },
            Endpoint(.post, "/api/v1/tickets/:ticket/entries") { request, client, ticket in
                try await write(request, client, Self.number(ticket))
            },
        ]
    }

    /// A ticket with all that happened to it.
    func view(of number: TicketNumber, for client: APIClient) async throws -> TicketView {
        try client.require(.readTickets)
        guard let view = try await store.view(of: number, seeing: client.sight, including: true) else {
            throw NoSuchTicket(number: number.description)
        }
        return view
    }

    /// What a program writes on a ticket.
    struct EntryRequest {
        let text: String
        let visibility: Visibility
        let files: [UUID]
        /// The address of the requester, where the words are his and the program only passes them on.
        let author: String?

        static var form: JSONForm<EntryRequest> {
            .object { reader in
                let text = reader.required("text", .text(length: 1...TicketRequest.longestText))
                let visibility: Visibility? = reader.required("visibility", .word())
                let file = JSONForm<String>.line().checked("must be the id of an attachment", format: "uuid") {
                    UUID(uuidString: $0)
                }
                let files = reader.optional("attachments", .list(of: file, count: 0...50))
                let author = reader.optional("author", .object { $0.required("email", TicketRequest.address) })
                if author != nil, visibility == .internal {
                    reader.fault("visibility", "must be public for what a requester writes")
                }
                guard let text, let visibility else { return nil }
                return EntryRequest(text: text, visibility: visibility, files: files ?? [], author: author)
            }
        }
    }

    private func write(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        try client.require(.writeTickets)
        let asked = try request.json().read(EntryRequest.form)
        var author: PersonID?
        if let address = asked.author { author = try await store.person(at: address)?.id }
        let recording = client.recording(asked.text, asked.visibility, for: request)
        return try await IdempotentRequest(request, by: client, store: store).answer { [author] transaction in
            let ticket: Ticket
            if asked.author != nil {
                ticket = try await hear(asked.text, from: author, request, number, using: transaction)
            } else {
                let card = try await record(on: number, recording, using: transaction) { occasion in
                    let entry = try occasion.writtenEntry
                    return asked.visibility == .public ? .messageSent(entry) : .noteAdded(entry)
                }
                ticket = card.ticket
            }
            let id = ticket.id
            guard let entry = try await transaction.lastEntry(of: id) else {
                throw NoSuchTicket(number: number.description)
            }
            let files = Array(Set(asked.files))
            guard try await transaction.attach(files, of: id, to: entry) == files.count else {
                throw Problem(
                    .unprocessableContent, detail: "An attachment is not one that waits for an entry of this ticket.",
                    errors: [.init("must be ids that POST …/attachments gave, each used once", at: "#/attachments")])
            }
            let entries = try await transaction.entries(of: id, including: true)
            guard let view = entries.last(where: { $0.id == entry }) else {
                throw NoSuchTicket(number: number.description)
            }
            var response = Response(.created, json: EntryJSON(view, of: ticket.number).json.bytes())
            response.fields[.entityTag] = EntityTag(String(ticket.revision)).description
            response.fields[.location] = "\(Self.root)/tickets/\(ticket.number)/entries"
            return response
        }
    }

    /// Passes on what a requester wrote, to wherever his ticket goes on.
    private func hear(
        _ text: String, from author: PersonID?, _ request: Request, _ number: TicketNumber,
        using transaction: borrowing Transaction
    ) async throws -> Ticket {
        guard let card = try await transaction.card(of: number) else {
            throw NoSuchTicket(number: number.description)
        }
        guard let author, author == card.ticket.requester else {
            throw AssignmentRequest.fault("author", "is not the requester of \(number)")
        }
        let note = Note(text, visibility: .public, channel: .api)
        let heard = try await store.hear(note, from: author, about: number, cause: request.cause, using: transaction)
        return heard.record.ticket
    }
}

extension Occasion {
    /// The entry that was written with the event.
    var writtenEntry: EntryID {
        get throws {
            guard let entry else { throw Problem(.unprocessableContent, detail: "A note is needed.") }
            return entry
        }
    }
}

import Desk
import DeskStore
import HTTP
import JSON
import Postgres

extension API {
    var actionEndpoints: [Endpoint<APIClient>] {
        [
            Endpoint(.put, "/api/v1/tickets/:ticket/assignment") { request, client, ticket in
                try await assign(request, client, Self.number(ticket))
            },
            Endpoint(.post, "/api/v1/tickets/:ticket/handovers") { request, client, ticket in
                try await handOver(request, client, Self.number(ticket))
            },
            Endpoint(.post, "/api/v1/tickets/:ticket/supplier-tickets") { request, client, ticket in
                try await refer(request, client, Self.number(ticket))
            },
            Endpoint(.post, "/api/v1/tickets/:ticket/answers") { request, client, ticket in
                try await answer(request, client, Self.number(ticket))
            },
            Endpoint(.put, "/api/v1/tickets/:ticket/resolution") { request, client, ticket in
                try await resolve(request, client, Self.number(ticket))
            },
            Endpoint(.delete, "/api/v1/tickets/:ticket/resolution") { request, client, ticket in
                try await end(request, client, Self.number(ticket)) { _ in .reopened(.notSolved, note: nil) }
            },
            Endpoint(.put, "/api/v1/tickets/:ticket/closure") { request, client, ticket in
                try await end(request, client, Self.number(ticket)) { _ in .closed }
            },
        ]
    }

    private func assign(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        try client.require(.writeTickets)
        let precondition = try Precondition(request)
        let directory = try await store.directory()
        let wish = try request.json().read(AssignmentRequest.form(in: directory))
        var worker: Rights?
        if let address = wish.person {
            guard let person = try await store.person(at: address) else {
                throw AssignmentRequest.fault("person", "is not somebody this desk knows")
            }
            worker = try await store.rights(of: person.id)
        }
        return try await record(on: number, by: client, Recording(by: client.actor, cause: request.cause)) {
            [worker] occasion in
            try precondition.check(occasion.ticket.revision)
            return .assigned(try wish.responsibility(for: occasion, worker: worker))
        }
    }

    private func handOver(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        try client.require(.writeTickets)
        let directory = try await store.directory()
        let wish = try request.json().read(HandoverRequest.form(in: directory))
        let recording = client.recording(wish.note, .internal, for: request)
        return try await IdempotentRequest(request, by: client, store: store).answer { transaction in
            let card = try await record(on: number, recording, using: transaction) { occasion in
                .handedOver(
                    try wish.target.responsibility(for: occasion), reason: wish.reason, note: try occasion.writtenEntry)
            }
            return Self.answer(card, in: directory, .created)
        }
    }

    private func refer(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        try client.require(.writeTickets)
        let directory = try await store.directory()
        let (supplier, note) = try request.json().read(Self.referral(in: directory))
        let recording = client.recording(note, .internal, for: request)
        return try await IdempotentRequest(request, by: client, store: store).answer { transaction in
            let card = try await record(on: number, recording, using: transaction) {
                .referred(supplier, note: $0.entry)
            }
            return Self.answer(card, in: directory, .created)
        }
    }

    static func referral(in directory: Directory) -> JSONForm<(SupplierID, String)> {
        let codes = directory.organisation.suppliers.map(\.code)
        return .object { reader in
            let code = reader.required("supplier", .word(among: codes))
            let note = reader.required("note", .text(length: 1...TicketRequest.longestText))
            guard let key = code.flatMap({ directory.suppliers[$0] }), let note else { return nil }
            return (key, note)
        }
    }

    private func answer(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        try client.require(.writeTickets)
        let directory = try await store.directory()
        let wish = try request.json().read(AnswerRequest.form(in: directory))
        let recording = client.recording(wish.text, .internal, for: request)
        return try await IdempotentRequest(request, by: client, store: store).answer { transaction in
            let supplier = try wish.supplier(
                among: try await transaction.suppliersWaitingForUs(on: number), in: directory)
            let card = try await record(on: number, recording, using: transaction) { occasion in
                .supplierAnswered(supplier, note: try occasion.writtenEntry)
            }
            return Self.answer(card, in: directory, .created)
        }
    }

    private func resolve(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        try client.require(.writeTickets)
        let precondition = try Precondition(request)
        let modules = try await store.directory().organisation.modules
        let wish = try request.json().read(ResolutionRequest.form(modules))
        var recording = client.recording(wish.note, .public, for: request)
        recording.article = wish.article
        do {
            return try await record(on: number, by: client, recording) { occasion in
                try precondition.check(occasion.ticket.revision)
                return wish.event(on: occasion)
            }
        } catch let missing as NoSuchArticle {
            throw Problem(
                .unprocessableContent, detail: missing.description,
                errors: [Problem.Fault("names no published article", at: "#/article")])
        }
    }

    /// What needs no words: reopening and closing, and what else a bare PUT or DELETE says.
    func end(
        _ request: Request, _ client: APIClient, _ number: TicketNumber,
        event: @escaping @Sendable (Occasion) throws -> Ticket.Event
    ) async throws -> Response {
        try client.require(.writeTickets)
        let precondition = try Precondition(request)
        try request.requireNoBody()
        return try await record(on: number, by: client, Recording(by: client.actor, cause: request.cause)) { occasion in
            try precondition.check(occasion.ticket.revision)
            return try event(occasion)
        }
    }
}

import Desk
import DeskStore
import Foundation
import HTTP
import JSON
import Postgres

/// How tickets belong together.
extension API {
    var tieEndpoints: [Endpoint<APIClient>] {
        [
            Endpoint(.post, "/api/v1/tickets/:ticket/links") { request, client, ticket in
                try await link(request, client, Self.number(ticket))
            },
            Endpoint(.delete, "/api/v1/tickets/:ticket/links/:kind/:other") {
                (request, client, ticket: String, kind: String, other: String) in
                try await unlink(request, client, Self.number(ticket), kind, Self.number(other))
            },
            Endpoint(.put, "/api/v1/tickets/:ticket/parent") { request, client, ticket in
                try await join(request, client, Self.number(ticket))
            },
            Endpoint(.delete, "/api/v1/tickets/:ticket/parent") { request, client, ticket in
                try await end(request, client, Self.number(ticket)) { _ in .leftParent }
            },
            Endpoint(.put, "/api/v1/tickets/:ticket/parent/hold") { request, client, ticket in
                try await wait(request, client, Self.number(ticket))
            },
            Endpoint(.put, "/api/v1/tickets/:ticket/parts/hold") { request, client, ticket in
                try await hold(partsOf: Self.number(ticket), goingOn: false, request, client)
            },
            Endpoint(.delete, "/api/v1/tickets/:ticket/parts/hold") { request, client, ticket in
                try await hold(partsOf: Self.number(ticket), goingOn: true, request, client)
            },
            Endpoint(.post, "/api/v1/tickets/:ticket/merge") { request, client, ticket in
                try await merge(request, client, Self.number(ticket))
            },
            Endpoint(.post, "/api/v1/tickets/:ticket/split") { request, client, ticket in
                try await split(request, client, Self.number(ticket))
            },
            Endpoint(.put, "/api/v1/tickets/:ticket/major") { request, client, ticket in
                try await end(request, client, Self.number(ticket)) { _ in .declaredMajor }
            },
            Endpoint(.delete, "/api/v1/tickets/:ticket/major") { request, client, ticket in
                try await end(request, client, Self.number(ticket)) { _ in .stoodDown }
            },
        ]
    }

    /// The links that programs make; the others follow from what happens.
    private static let kinds: [LinkKind] = [.related, .causedBy, .followUp]

    private static var number: JSONForm<TicketNumber> {
        JSONForm<String>.line(length: 1...40).checked("must be a ticket number such as OSL-17") { TicketNumber($0) }
    }

    /// A body that names one other ticket.
    static func other(_ member: String) -> JSONForm<TicketNumber> {
        .object { $0.required(member, number) }
    }

    static var link: JSONForm<(TicketNumber, LinkKind)> {
        .object { reader in
            let to = reader.required("to", number)
            let kind = reader.required("kind", .word(among: kinds.map(\.rawValue)))
            guard let to, let kind = kind.flatMap({ LinkKind(rawValue: $0) }) else { return nil }
            return (to, kind)
        }
    }

    static var part: JSONForm<(entries: [UUID], subject: String)> {
        .object { reader in
            let id = JSONForm<String>.line().checked("must be the id of an entry", format: "uuid") {
                UUID(uuidString: $0)
            }
            let entries = reader.required("entries", .list(of: id, count: 1...200))
            let subject = reader.required("subject", .line())
            guard let entries, let subject else { return nil }
            return (entries, subject)
        }
    }

    private func link(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        try client.require(.writeTickets)
        let (to, kind) = try request.json().read(Self.link)
        return try await tie(request, client, number) { recording, transaction in
            try await store.link(number, to: to, kind, recording, using: transaction)
        }
    }

    private func unlink(
        _ request: Request, _ client: APIClient, _ number: TicketNumber, _ kind: String, _ other: TicketNumber
    ) async throws -> Response {
        try client.require(.writeTickets)
        let precondition = try Precondition(request)
        try request.requireNoBody()
        guard let kind = LinkKind(rawValue: kind) else { throw EndpointFault.noSuchPath }
        return try await change(request, client, number, precondition) { recording, transaction in
            try await store.unlink(number, from: other, kind, recording, using: transaction)
        }
    }

    private func join(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        try client.require(.writeTickets)
        let precondition = try Precondition(request)
        let parent = try request.json().read(Self.other("number"))
        return try await change(request, client, number, precondition) { recording, transaction in
            try await store.attach(number, toParent: parent, recording, using: transaction)
        }
    }

    private func wait(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        try client.require(.writeTickets)
        let precondition = try Precondition(request)
        try request.requireNoBody()
        return try await change(request, client, number, precondition) { recording, transaction in
            try await store.waitWithParent(number, recording, using: transaction)
        }
    }

    /// Leaves the parts to the routing worker, and answers with how many there are.
    private func hold(
        partsOf number: TicketNumber, goingOn: Bool, _ request: Request, _ client: APIClient
    ) async throws -> Response {
        try client.require(.writeTickets)
        let precondition = try Precondition(request)
        try request.requireNoBody()
        let count = try await store.transaction(seeing: client.sight) { (transaction: borrowing Transaction) in
            guard let card = try await transaction.card(of: number) else {
                throw NoSuchTicket(number: number.description)
            }
            try precondition.check(card.ticket.revision)
            return try await store.holdParts(
                of: number, goingOn: goingOn, recording(client, request), using: transaction)
        }
        return Response(.accepted, json: JSON.object(["parts": count]).bytes())
    }

    private func merge(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        try client.require(.writeTickets)
        let into = try request.json().read(Self.other("into"))
        return try await tie(request, client, number) { recording, transaction in
            try await store.merge(number, into: into, recording, using: transaction)
        }
    }

    private func split(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        try client.require(.writeTickets)
        let (entries, subject) = try request.json().read(Self.part)
        let directory = try await store.directory()
        return try await IdempotentRequest(request, by: client, store: store).answer { transaction in
            do {
                let part = try await store.split(
                    number, entries: entries, subject: subject, recording(client, request), using: transaction)
                guard let card = try await transaction.card(of: part.ticket.number) else {
                    throw NoSuchTicket(number: part.ticket.number.description)
                }
                var response = Self.answer(card, in: directory, .created)
                response.fields[.location] = "\(Self.root)/tickets/\(part.ticket.number)"
                return response
            } catch let unfit as UnfitSplit {
                throw Problem(
                    .unprocessableContent, detail: unfit.description,
                    errors: [.init("must be entries of this ticket, one of them public", at: "#/entries")])
            }
        }
    }

    private func recording(_ client: APIClient, _ request: Request) -> Recording {
        Recording(by: client.actor, cause: request.cause)
    }

    /// Ties two tickets once, however often the request is sent under its key, and answers with the first one.
    private func tie(
        _ request: Request, _ client: APIClient, _ number: TicketNumber,
        _ body: (Recording, borrowing Transaction) async throws -> TicketRecord
    ) async throws -> Response {
        let directory = try await store.directory()
        return try await IdempotentRequest(request, by: client, store: store).answer { transaction in
            _ = try await body(recording(client, request), transaction)
            guard let card = try await transaction.card(of: number) else {
                throw NoSuchTicket(number: number.description)
            }
            return Self.answer(card, in: directory, .created)
        }
    }

    /// Changes a ticket that must be the version that the client has read, and answers with it.
    private func change(
        _ request: Request, _ client: APIClient, _ number: TicketNumber, _ precondition: Precondition,
        _ body: (Recording, borrowing Transaction) async throws -> TicketRecord
    ) async throws -> Response {
        let directory = try await store.directory()
        let card = try await store.transaction(seeing: client.sight) { (transaction: borrowing Transaction) in
            guard let before = try await transaction.card(of: number) else {
                throw NoSuchTicket(number: number.description)
            }
            try precondition.check(before.ticket.revision)
            var recording = recording(client, request)
            recording.expecting = before.ticket.revision
            _ = try await body(recording, transaction)
            return try await transaction.card(of: number) ?? before
        }
        return Self.answer(card, in: directory)
    }
}

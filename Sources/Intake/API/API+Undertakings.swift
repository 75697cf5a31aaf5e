import Desk
import DeskStore
import HTTP
import JSON
import Moments
import Postgres

/// What is promised and offered about a ticket, who owns it, and how far up it is carried.
extension API {
    var undertakingEndpoints: [Endpoint<APIClient>] {
        [
            writing(.post, "/api/v1/tickets/:ticket/callbacks", promise),
            writing(.put, "/api/v1/tickets/:ticket/callbacks/current", keepPromise),
            writing(.post, "/api/v1/tickets/:ticket/sufficiency", judge),
            writing(.put, "/api/v1/tickets/:ticket/means", choose),
            writing(.post, "/api/v1/tickets/:ticket/escalations", escalate),
            writing(.put, "/api/v1/tickets/:ticket/owner", own),
            writing(.delete, "/api/v1/tickets/:ticket/assignment") { request, client, number in
                try await end(request, client, number) { _ in .released }
            },
            writing(.put, "/api/v1/tickets/:ticket/hold", hold),
            writing(.delete, "/api/v1/tickets/:ticket/hold") { request, client, number in
                try await end(request, client, number) { _ in .resumed }
            },
            writing(.post, "/api/v1/tickets/:ticket/offers", offer),
            writing(.put, "/api/v1/tickets/:ticket/offers/current", answerOffer),
        ]
    }

    private func promise(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        let (due, note) = try request.json().read(Self.callback)
        return try await add(note, request, client, number) { _ in .callbackPromised(due: due) }
    }

    private func keepPromise(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        let note = try request.json().read(Self.keptCallback)
        return try await put(note, request, client, number) { .callbackMade(note: $0.entry) }
    }

    private func hold(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        let (until, note) = try request.json().read(Self.hold)
        return try await put(note, request, client, number) { .putOnHold(until: until, note: try $0.writtenEntry) }
    }

    private func judge(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        let directory = try await store.directory()
        let wish = try request.json().read(SufficiencyRequest.form)
        guard let missing = wish.missing else {
            return try await add(nil, request, client, number) { _ in .foundSufficient }
        }
        return try await IdempotentRequest(request, by: client, store: store).answer { transaction in
            let sender = try await store.sender(of: number, using: transaction)
            let note = directory.note(missing: missing, for: sender.place.site)
            let recording = client.recording(note, .internal, for: request)
            let card = try await record(on: number, recording, using: transaction) { occasion in
                .foundInsufficient(sender, note: try occasion.writtenEntry)
            }
            return Self.answer(card, in: directory, .created)
        }
    }

    private func choose(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        let (means, note) = try request.json().read(Self.means)
        return try await put(note, request, client, number) { .meansChosen(means, note: $0.entry) }
    }

    private func escalate(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        let (level, reason) = try request.json().read(Self.escalation)
        return try await add(nil, request, client, number) { _ in .escalated(level, reason) }
    }

    private func own(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        let directory = try await store.directory()
        let position = try request.json().read(Self.owner(in: directory))
        return try await put(nil, request, client, number) { _ in .ownerChanged(position) }
    }

    private func offer(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        let directory = try await store.directory()
        let wish = try request.json().read(OfferRequest.form(in: directory))
        return try await add(wish.note, request, client, number) { occasion in
            .offered(try wish.target.responsibility(for: occasion), note: occasion.entry)
        }
    }

    private func answerOffer(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        let wish = try request.json().read(OfferAnswer.form)
        return try await put(wish.note, request, client, number) { occasion in
            guard wish.isAccepted else { return .offerDeclined(note: occasion.entry) }
            return .offerAccepted(try occasion.offered)
        }
    }
}

/// The bodies of these requests.
extension API {
    static var callback: JSONForm<(Moment, String?)> {
        .object { reader in
            let due = reader.required("at", .moment)
            let note = reader.optional("note", .text(length: 1...TicketRequest.longestText))
            return due.map { ($0, note) }
        }
    }

    static var keptCallback: JSONForm<String?> {
        let made = JSONForm<Bool>.boolean.checked("must be true; a promise is kept, or missed by itself") {
            $0 ? $0 : nil
        }
        return .object { reader in
            let isMade = reader.required("made", made)
            let note = reader.optional("note", .text(length: 1...TicketRequest.longestText))
            return isMade.map { _ in note }
        }
    }

    static var hold: JSONForm<(Moment?, String)> {
        .object { reader in
            let until = reader.optional("until", .moment)
            let note = reader.required("note", .text(length: 1...TicketRequest.longestText))
            return note.map { (until, $0) }
        }
    }

    static var means: JSONForm<(Means, String?)> {
        .object { reader in
            let means: Means? = reader.required("means", .word())
            let note = reader.optional("note", .text(length: 1...TicketRequest.longestText))
            return means.map { ($0, note) }
        }
    }

    static var escalation: JSONForm<(EscalationLevel, EscalationReason)> {
        .object { reader in
            let level: EscalationLevel? = reader.required("level", .word())
            let reason: EscalationReason? = reader.required("reason", .word())
            guard let level, let reason else { return nil }
            return (level, reason)
        }
    }

    static func owner(in directory: Directory) -> JSONForm<PositionID> {
        let codes = directory.organisation.positions.map(\.code)
        return .object { reader in
            reader.required("position", .word(among: codes)).flatMap { directory.positions[$0] }
        }
    }
}

extension API {
    /// An endpoint for tokens that may change tickets.
    func writing(
        _ method: HTTP.Method, _ path: String,
        _ handle: @escaping @Sendable (Request, APIClient, TicketNumber) async throws -> Response
    ) -> Endpoint<APIClient> {
        Endpoint(method, path) { request, client, ticket in
            try client.require(.writeTickets)
            return try await handle(request, client, Self.number(ticket))
        }
    }

    /// Records what a POST adds to a ticket, with a note for the desk where there is one.
    func add(
        _ note: String?, _ request: Request, _ client: APIClient, _ number: TicketNumber,
        event: @escaping @Sendable (Occasion) throws -> Ticket.Event
    ) async throws -> Response {
        let directory = try await store.directory()
        let recording = client.recording(optional: note, for: request)
        return try await IdempotentRequest(request, by: client, store: store).answer { transaction in
            Self.answer(
                try await record(on: number, recording, using: transaction, event: event), in: directory, .created)
        }
    }

    /// Records what a PUT sets on the version of a ticket that it names.
    func put(
        _ note: String?, _ request: Request, _ client: APIClient, _ number: TicketNumber,
        event: @escaping @Sendable (Occasion) throws -> Ticket.Event
    ) async throws -> Response {
        let precondition = try Precondition(request)
        return try await record(on: number, by: client, client.recording(optional: note, for: request)) { occasion in
            try precondition.check(occasion.ticket.revision)
            return try event(occasion)
        }
    }
}

extension APIClient {
    func recording(optional note: String?, for request: Request) -> Recording {
        Recording(
            by: actor, note: note.map { Note($0, visibility: .internal, channel: .api) }, cause: request.cause)
    }
}

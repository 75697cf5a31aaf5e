import Catalogue
import Desk
import DeskStore
import Foundation
import HTTP
import JSON
import Postgres

/// What the doors tell of major incidents (S99).
extension API {
    var announcementEndpoints: [Endpoint<APIClient>] {
        [
            Endpoint(.get, "/api/v1/announcements") { request, client in try await announcements(request, client) },
            Endpoint(.get, "/api/v1/announcements/:announcement") { (request, client, identity: String) in
                try await announcement(request, client, identity)
            },
            Endpoint(.put, "/api/v1/announcements/:announcement") { (request, client, identity: String) in
                try await say(request, client, identity)
            },
            Endpoint(.delete, "/api/v1/announcements/:announcement") { (request, client, identity: String) in
                try await endAnnouncement(request, client, identity)
            },
            Endpoint(.get, "/api/v1/tickets/:ticket/announcements") { request, client, ticket in
                try await announcements(of: Self.number(ticket), client)
            },
            Endpoint(.post, "/api/v1/tickets/:ticket/announcements") { request, client, ticket in
                try await announce(request, client, Self.number(ticket))
            },
        ]
    }

    /// The words of an announcement by the tag of their language.
    static var words: JSONForm<[String: Announcement.Words]> {
        let language = JSONForm<String>.line().checked("is none of the languages that the desk speaks") {
            Language(tag: $0)?.tag
        }
        let words = JSONForm<Announcement.Words>.object { reader in
            let title = reader.required("title", .line())
            let text = reader.required("text", .text(length: 1...4000))
            guard let title, let text else { return nil }
            return Announcement.Words(title: title, text: text)
        }
        return JSONForm<[(name: String, value: Announcement.Words)]>
            .members(names: language, values: words, count: 1...Language.allCases.count)
            .map { Dictionary($0.map { ($0.name, $0.value) }) { first, _ in first } }
    }

    static func newAnnouncement(in directory: Directory) -> JSONForm<
        (site: SiteID?, words: [String: Announcement.Words])
    > {
        .object { reader in
            let site = reader.optional("site", .word(among: directory.organisation.sites.map(\.code)))
            return reader.required("words", words).map { (site.flatMap { directory.sites[$0] }, $0) }
        }
    }

    static var newWords: JSONForm<[String: Announcement.Words]> { .object { $0.required("words", words) } }

    /// What is told at this moment: the words to everybody, the ticket behind them to those who see it.
    private func announcements(_ request: Request, _ client: APIClient) async throws -> Response {
        try client.require(.readTickets)
        let directory = try await store.directory()
        var site: SiteID?
        if let code = request.query["site"] {
            site = directory.sites[code]
            if site == nil { return Self.list([]) }
        }
        let own = try await store.ownAnnouncements(seeing: client.sight)
        return Self.list(
            try await store.announcements(at: site).map { announcement in
                let seen = own.first { $0.identity == announcement.identity }
                return seen?.json(in: directory) ?? announcement.json(in: directory)
            })
    }

    private func announcements(of number: TicketNumber, _ client: APIClient) async throws -> Response {
        try client.require(.readTickets)
        let directory = try await store.directory()
        guard try await store.card(of: number, seeing: client.sight) != nil else {
            throw NoSuchTicket(number: number.description)
        }
        return Self.list(try await store.announcements(of: number, seeing: client.sight).map { $0.json(in: directory) })
    }

    private func announcement(_ request: Request, _ client: APIClient, _ name: String) async throws -> Response {
        try client.require(.readTickets)
        let view = try await seen(store.announcement(Self.announced(name), seeing: client.sight))
        var response = Self.answer(view, in: try await store.directory())
        switch Conditions(request).verdict(tag: EntityTag(String(view.revision))) {
        case .proceed: break
        case .notModified: (response.status, response.body) = (.notModified, .empty)
        case .failed: throw Problem(UnfitAnnouncement.changed(revision: view.revision))
        }
        return response
    }

    private func announce(_ request: Request, _ client: APIClient, _ number: TicketNumber) async throws -> Response {
        try client.require(.writeTickets)
        let directory = try await store.directory()
        let wish = try request.json().read(Self.newAnnouncement(in: directory))
        return try await IdempotentRequest(request, by: client, store: store).answer { transaction in
            try await store.announce(
                number, at: wish.site, wish.words, Recording(by: client.actor, cause: request.cause),
                using: transaction)
            let view = try await seen(transaction.lastAnnouncement(of: number))
            var response = Self.answer(view, in: directory, .created)
            response.fields[.location] = "\(Self.root)/announcements/\(view.identity.uuidString.lowercased())"
            return response
        }
    }

    private func say(_ request: Request, _ client: APIClient, _ name: String) async throws -> Response {
        try client.require(.writeTickets)
        let precondition = try Precondition(request, of: "the announcement")
        let words = try request.json().read(Self.newWords)
        return try await change(name, client, precondition) { identity, revision, transaction in
            try await store.change(
                identity, to: words, from: revision, Recording(by: client.actor, cause: request.cause),
                using: transaction)
        }
    }

    private func endAnnouncement(_ request: Request, _ client: APIClient, _ name: String) async throws -> Response {
        try client.require(.writeTickets)
        let precondition = try Precondition(request, of: "the announcement")
        try request.requireNoBody()
        return try await change(name, client, precondition) { identity, revision, transaction in
            try await store.end(
                identity, from: revision, Recording(by: client.actor, cause: request.cause), using: transaction)
        }
    }

    /// Changes an announcement that must be the version that the client has read, and answers with it.
    private func change(
        _ name: String, _ client: APIClient, _ precondition: Precondition,
        _ body: (UUID, Int64, borrowing Transaction) async throws -> AnnouncementView?
    ) async throws -> Response {
        let (identity, directory) = (try Self.announced(name), try await store.directory())
        do {
            let view = try await store.transaction(seeing: client.sight) { (transaction: borrowing Transaction) in
                let before = try await seen(transaction.announcement(identity))
                guard precondition.accepts(before.revision) else {
                    throw UnfitAnnouncement.changed(revision: before.revision)
                }
                return try await seen(body(identity, before.revision, transaction))
            }
            return Self.answer(view, in: directory)
        } catch let fault as UnfitAnnouncement {
            throw Problem(fault)
        }
    }

    private static func announced(_ name: String) throws -> UUID {
        guard let identity = UUID(uuidString: name) else { throw EndpointFault.noSuchPath }
        return identity
    }

    private func seen(_ view: AnnouncementView?) throws -> AnnouncementView {
        guard let view else { throw EndpointFault.noSuchPath }
        return view
    }

    private static func list(_ rows: [JSON]) -> Response {
        var response = Response(json: JSON.array(rows).bytes())
        response.fields[.cacheControl] = "private, no-cache"
        return response
    }

    private static func answer(
        _ view: AnnouncementView, in directory: Directory, _ status: Status = .ok
    ) -> Response {
        var response = Response(status, json: view.json(in: directory).bytes())
        response.fields[.entityTag] = EntityTag(String(view.revision)).description
        response.fields[.cacheControl] = "private, no-cache"
        return response
    }
}

extension Problem {
    fileprivate init(_ fault: UnfitAnnouncement) {
        switch fault {
        case .over: self.init(.conflict, detail: fault.description)
        case .changed: self.init(.preconditionFailed, detail: fault.description)
        case .leavesOut(let languages):
            self.init(
                .unprocessableContent, detail: fault.description,
                errors: languages.map { Fault("is missing; the announcement has words in it", at: "#/words/\($0)") })
        }
    }
}

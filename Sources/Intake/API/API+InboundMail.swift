import Desk
import DeskStore
import DeskWeb
import Foundation
import HTTP
import JSON
import Moments
import Postgres

extension API {
    /// Every message that ever came in, and what became of it.
    var mailEndpoints: [Endpoint<APIClient>] {
        [
            Endpoint(.get, "/api/v1/inbound-mail") { request, client in try await list(mail: request, client) },
            Endpoint(.get, "/api/v1/inbound-mail/:mail") { request, client, id in
                try client.require(.readTickets)
                return Self.answer(try await mail(id, for: client))
            },
            Endpoint(.get, "/api/v1/inbound-mail/:mail/original") { request, client, id in
                try client.require(.readTickets)
                let mail = try await mail(id, for: client)
                guard let file = try await store.original(of: mail, seeing: client.mailSight) else {
                    throw EndpointFault.noSuchPath
                }
                return send(file, to: client).response(to: request)
            },
            Endpoint(.post, "/api/v1/inbound-mail/:mail/replays") { request, client, id in
                try await replay(id, client)
            },
        ]
    }

    private func list(mail request: Request, _ client: APIClient) async throws -> Response {
        try client.require(.readTickets)
        let query = try MailQuery(request.query, cursors: cursors)
        let found = try await store.inboundMail(query.filter, limit: query.limit + 1, seeing: client.mailSight)
        let page = found.prefix(query.limit)
        var response = Response(json: JSON.array(page.map { InboundMailJSON(mail: $0).json }).bytes())
        response.fields[.cacheControl] = "private, no-cache"
        if found.count > query.limit, let last = page.last {
            let cursor = cursors.text(after: last.place.text)
            response.fields[.link] = "<\(Self.root)/inbound-mail?\(query.link(after: cursor))>; rel=\"next\""
        }
        return response
    }

    private func mail(_ id: String, for client: APIClient) async throws -> InboundMail {
        guard let id = UUID(uuidString: id), let mail = try await store.inboundMail(id, seeing: client.mailSight) else {
            throw Self.noMail
        }
        return mail
    }

    static var noMail: Problem { Problem(.notFound, detail: "There is no such mail, or you may not see it.") }

    static func answer(_ mail: InboundMail, _ status: Status = .ok) -> Response {
        var response = Response(status, json: InboundMailJSON(mail: mail).json.bytes())
        response.fields[.cacheControl] = "private, no-cache"
        return response
    }

    /// The message as it came in; it may be long, and so can be had in parts.
    private func send(_ original: AttachmentView, to client: APIClient) -> RangedContent {
        let fields: Fields = [
            "X-Content-Type-Options": "nosniff", .cacheControl: "private, no-cache",
            .contentDisposition: "attachment; filename=\"\(original.name)\"",
        ]
        return original.content(type: original.type, fields: fields, from: store, seeing: client.mailSight)
    }

    /// Sorts a kept mail anew. One of which something has come already is told as it is: nothing is done twice.
    private func replay(_ id: String, _ client: APIClient) async throws -> Response {
        try client.require(.writeTickets)
        let kept = try await mail(id, for: client)
        if kept.canBeReplayed {
            do {
                try await mail.replay(kept, seeing: client.mailSight)
            } catch is NotParked {
                throw Problem(.conflict, detail: "Somebody else has seen to this mail. Read it again.")
            } catch let still as StillUnkept {
                var problem = Problem(.conflict, detail: "\(still) Its `href` has the message as it came in.")
                problem.extensions["reason"] = MailReason.cannotBeKept.rawValue
                throw problem
            }
        }
        return Self.answer(try await mail(id, for: client))
    }
}

extension APIClient {
    /// What it sees where mail is asked for: a token of the whole desk sees what no ticket knows of, too.
    fileprivate var mailSight: Sight {
        var sight = sight
        sight.seesUnsortedMail = site == nil
        return sight
    }
}

/// A message that came in, as the API tells of it.
struct InboundMailJSON {
    let mail: InboundMail

    var json: JSON {
        let id = mail.uuid.uuidString.lowercased()
        let ticket: JSON = mail.ticket.map { .string($0.description) } ?? .null
        let entry: JSON = mail.entry.map { .string($0.uuidString.lowercased()) } ?? .null
        let claims: JSON = mail.claims.map { .string($0.description) } ?? .null
        let subject: JSON = mail.subject.map { .string($0) } ?? .null
        let author: JSON = mail.author.map { .string($0) } ?? .null
        let bounces: JSON = mail.bounces.flatMap { try? JSON.parse($0.text) } ?? .array([])
        return .object([
            "id": id, "received_at": mail.receivedAt, "recipient": mail.recipient, "sender": mail.sender,
            "message_id": mail.messageID, "subject": subject, "author": author, "kind": mail.kind.rawValue,
            "ticket": ticket, "entry": entry, "claims": claims,
            "reason": mail.reason, "bounces": bounces, "href": "\(API.root)/inbound-mail/\(id)/original",
        ])
    }
}

/// What a list of mail is asked for in its query string.
struct MailQuery {
    private(set) var filter = MailFilter()
    private(set) var limit = 50
    private let query: HTTP.Query

    /// - Throws: `Problem` 400 that names everything that is wrong.
    init(_ query: HTTP.Query, cursors: PageCursor) throws(Problem) {
        self.query = query
        var faults: [String] = []
        for pair in query.pairs {
            if pair.name == "cursor" {
                guard let place = MailPlace(text: try cursors.key(in: pair.value)) else { throw PageCursor.unknown }
                filter.behind = place
            } else if let fault = take(pair.name, pair.value) {
                faults.append("\(pair.name) \(fault)")
            }
        }
        try ListQuery.refuse(faults)
    }

    /// Takes one pair; tells what is wrong with it.
    private mutating func take(_ name: String, _ value: String) -> String? {
        switch name {
        case "message_id":
            guard !value.contains("\0") else { return "must be a Message-ID" }
            let isBracketed = value.hasPrefix("<") && value.hasSuffix(">")
            filter.messageID = isBracketed ? String(value.dropFirst().dropLast()) : value
        case "kind":
            guard let kind = MailKind(rawValue: value) else {
                return "must be one of \(MailKind.allCases.map(\.rawValue).joined(separator: ", "))"
            }
            filter.kind = kind
        case "received_after":
            guard let moment = Moment(rfc3339: value) else { return "must be a time such as 2026-03-12T13:05:00Z" }
            filter.receivedAfter = moment
        case "limit": return ListQuery.limit(value) { limit = $0 }
        default: return "is not something that mail can be asked by"
        }
        return nil
    }

    /// The same query for the page behind a cursor.
    func link(after cursor: String) -> String { query.replacing("cursor", by: cursor).encoded }
}

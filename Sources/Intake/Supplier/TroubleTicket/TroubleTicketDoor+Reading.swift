import Desk
import DeskStore
import DeskSuppliers
import Foundation
import HTTP
import JSON

extension TroubleTicketDoor {
    func readingEndpoints(_ version: TroubleTicketVersion) -> [Endpoint<SupplierClient>] {
        [
            Endpoint(.get, "\(version.path)/troubleTicket") { request, client in
                try await list(request, for: client, in: version)
            },
            Endpoint(.get, "\(version.path)/troubleTicket/:id") { request, client, id in
                let held = try await held(id, of: client)
                return try answer(.ok, held, to: request, in: face(version, for: client))
            },
        ]
    }

    /// The open exchanges and those that ended lately, without their notes. They are as many as the store shows, so
    /// they are sorted and compared here.
    private func list(
        _ request: Request, for client: SupplierClient, in version: TroubleTicketVersion
    ) async throws -> Response {
        let query = try Self.query(of: request)
        let face = face(version, for: client)
        let all = try await store.heldTickets(of: client.id, in: client.directory)
            .map { face.ticket($0).json(version) }
        let found = query.selected(from: all)
        let page = query.page(of: found).map(query.shown)
        let isWhole = page.count == found.count
        var response = Self.response(isWhole ? .ok : .partialContent, .array(page), version)
        response.fields["X-Total-Count"] = String(found.count)
        response.fields["X-Result-Count"] = String(page.count)
        if !isWhole { response.fields[.link] = links(query, of: found.count, to: request) }
        return response
    }

    /// Where the other pages are (TMF630).
    private func links(_ query: TroubleTicketQuery, of count: Int, to request: Request) -> String {
        let size = max(query.limit, 1)
        var places = [("self", query.offset), ("first", 0), ("last", max(count - 1, 0) / size * size)]
        if query.offset + size < count { places.append(("next", query.offset + size)) }
        if query.offset > 0 { places.append(("prev", max(query.offset - size, 0))) }
        return places.map { relation, offset in
            var pairs = Query()
            for pair in request.query.pairs where pair.name != "offset" { pairs.append(pair.name, pair.value) }
            pairs.append("offset", String(offset))
            return "<\(base)\(request.path)?\(pairs.encoded)>; rel=\"\(relation)\""
        }.joined(separator: ", ")
    }

    static func query(of request: Request) throws(TroubleTicketError) -> TroubleTicketQuery {
        try TroubleTicketQuery(request.query.pairs.map { ($0.name, $0.value) })
    }

    /// The exchange that a path names.
    ///
    /// - Throws: ``TroubleTicketError`` 404 where the supplier has none of that name.
    func held(_ id: String, of client: SupplierClient) async throws -> HeldTicket {
        guard let uuid = UUID(uuidString: id),
            let held = try await store.heldTicket(uuid, of: client.id, in: client.directory)
        else {
            throw TroubleTicketError(
                status: 404,
                reason: "You have no ticket of this id from us. What has ended is shown for 90 days.")
        }
        return held
    }

    func answer(
        _ status: Status, _ held: HeldTicket, to request: Request, in face: TroubleTicketFace
    ) throws(TroubleTicketError) -> Response {
        let query = try Self.query(of: request)
        return Self.response(status, query.shown(face.ticket(held).json(face.version)), face.version)
    }

    static func response(_ status: Status, _ json: JSON, _ version: TroubleTicketVersion) -> Response {
        var response = Response(status, json: json.bytes())
        response.fields[.contentType] = version.mediaType
        response.fields[.cacheControl] = "private, no-cache"
        return response
    }
}

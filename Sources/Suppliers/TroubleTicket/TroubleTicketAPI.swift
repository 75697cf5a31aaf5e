import Desk
import DeskSuppliers
import Foundation
import HTTP
import JSON
import Moments

/// The calls of TMF621 at a supplier's system, and what its answers mean.
struct TroubleTicketAPI: Sendable {
    let terms: Supplier.TroubleTickets
    let wire: Wire
    let interface: JSONInterface

    /// How many tickets a list is asked for, and how many lists one look-up reads at most.
    private static let page = 100
    private static let pages = 20
    /// How many bytes of an answer are read: some systems show in a ticket what stands in its files.
    static let largest = 16 << 20

    init(_ terms: Supplier.TroubleTickets, at url: String, over wire: Wire) async throws(Setback) {
        guard let name = terms.token else { throw .unready(because: "the supplier has a url and no token for it") }
        let token = try await wire.secret(name)
        (self.terms, self.wire) = (terms, wire)
        interface = JSONInterface(at: url, authorization: "Bearer \(token)", over: wire)
    }

    var version: TroubleTicketVersion { terms.version == .v4 ? .v4 : .v5 }

    /// Their tickets of an exchange, the oldest first: one, none, or more where a request got doubled on its way.
    func find(_ exchange: String) async throws(Setback) -> [TroubleTicket] {
        let name = version == .v4 ? "externalId" : "externalIdentifier.id"
        let found = try await list([(name, exchange)]) { $0.exchange?.uuidString.lowercased() == exchange }
        return found.sorted { ($0.age, $0.id ?? "") < ($1.age, $1.id ?? "") }
    }

    /// What a list holds under some conditions. Systems pass over conditions that they do not know, so what comes is
    /// looked at again.
    func list(
        _ conditions: [(String, String)], where isWanted: (TroubleTicket) -> Bool
    ) async throws(Setback) -> [TroubleTicket] {
        var found: [TroubleTicket] = []
        var offset = 0
        for _ in 0..<Self.pages {
            var query = Query()
            for (name, value) in conditions { query.append(name, value) }
            query.append("offset", String(offset))
            query.append("limit", String(Self.page))
            let response = try await read("/troubleTicket?\(query.encoded)")
            try check(response)
            let tickets = try JSON(answered: response).array?.map { TroubleTicket(reading: $0) } ?? []
            found += tickets.filter(isWanted)
            offset += tickets.count
            let total = response.fields["X-Total-Count"].flatMap { Int($0) }
            let isThrottled = response.fields["X-Pagination-Throttled"]?.lowercased() == "true"
            let isLast = total.map { offset >= $0 } ?? (tickets.count < Self.page && !isThrottled)
            if tickets.isEmpty || isLast { break }
        }
        return found
    }

    /// - Parameter members: those that are wanted of it, beside what is always there; all if nil.
    func ticket(_ id: String, showing members: String? = nil) async throws(Setback) -> JSON? {
        let response = try await read(path(id, showing: members))
        if response.status == .notFound { return nil }
        try check(response)
        return try JSON(answered: response)
    }

    /// - Returns: the ticket; nil where they will only say later what became of it.
    func create(_ ticket: TroubleTicket) async throws(Setback) -> TroubleTicket? {
        let response = try await answer(.post, "/troubleTicket", ticket.json(version))
        // Whoever has it already has been asked by us.
        if response.status == .conflict { return nil }
        try check(response)
        guard response.status != .accepted, !response.body.bytes.isEmpty else { return nil }
        let made = TroubleTicket(reading: try JSON(answered: response))
        return made.id == nil ? nil : made
    }

    /// - Parameters:
    ///   - members: those that are wanted of the ticket; all if nil.
    ///   - words: what the record holds in place of a patch that holds a file.
    /// - Returns: the ticket as it is afterwards, where they say it.
    func patch(
        _ id: String, _ patch: JSON, showing members: String? = nil, noting words: String? = nil
    ) async throws(Setback) -> TroubleTicket? {
        let response = try await send(.patch, path(id, showing: members), patch, noting: words)
        guard response.status != .accepted, !response.body.bytes.isEmpty else { return nil }
        return TroubleTicket(reading: try JSON(answered: response))
    }

    /// One of the operations of MEF 124.
    ///
    /// - Returns: false where they do not know it.
    func perform(_ operation: String, on id: String, because reason: String) async throws(Setback) -> Bool {
        let response = try await answer(
            .post, "/troubleTicket/\(PercentCoding.encode(id))/\(operation)", .object(["reason": reason]))
        if [404, 405, 501].contains(response.status.code) { return false }
        try check(response)
        return true
    }

    /// Asks to be told of events; one who is told already is as well.
    func register(_ callback: String) async throws(Setback) {
        let response = try await answer(.post, "/hub", .object(["callback": callback]))
        if response.status != .conflict { try check(response) }
    }

    private func path(_ id: String, showing members: String?) -> String {
        "/troubleTicket/\(PercentCoding.encode(id))" + (members.map { "?fields=\($0)" } ?? "")
    }

    private func read(_ path: String) async throws(Setback) -> Response {
        try await interface.answer(.get, path, upTo: Self.largest)
    }

    private func send(
        _ method: HTTP.Method, _ path: String, _ body: JSON?, noting words: String? = nil
    ) async throws(Setback) -> Response {
        let response = try await answer(method, path, body, noting: words)
        try check(response)
        return response
    }

    private func answer(
        _ method: HTTP.Method, _ path: String, _ body: JSON?, noting words: String? = nil
    ) async throws(Setback) -> Response {
        let isPatch = method == .patch && version == .v5 && terms.dialect == .standard
        return try await interface.answer(
            method, path, body, as: isPatch ? "application/merge-patch+json" : "application/json", noting: words)
    }

    private func check(_ response: Response) throws(Setback) {
        if let setback = Setback(response, at: wire.now) { throw setback }
    }
}

extension TroubleTicket {
    /// When it was opened, as a number to sort by.
    fileprivate var age: Int64 { creationDate?.microseconds ?? 0 }
}

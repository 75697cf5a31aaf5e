import Desk
import DeskSuppliers
import Foundation
import HTTP
import JSON
import Moments

/// The calls of the Table API at a supplier's instance, and what its answers mean.
struct ServiceNowAPI: Sendable {
    let terms: Supplier.ServiceNow
    let instance: JSONInterface

    /// How many rows a list is asked for, so that they stay within what is read of an answer.
    static let page = 40
    /// How many lists of tickets one look reads at most; the next one goes on from there.
    static let pages = 8

    /// - Parameter supplier: the code under which a token is kept for further calls.
    init(_ terms: Supplier.ServiceNow, of supplier: String, over wire: Wire) async throws(Setback) {
        self.terms = terms
        let authorization = try await ServiceNowSignIn(terms: terms, wire: wire).authorization(for: supplier)
        instance = JSONInterface(at: terms.url, authorization: authorization, over: wire)
    }

    /// Their tickets of an exchange: one, none, or more where a request got doubled on its way. First stands the oldest
    /// that is still worked on.
    func find(_ exchange: UUID) async throws(Setback) -> [ServiceNowTicket] {
        let list = try await list(
            path(terms.table), "correlation_id=\(exchange.uuidString.lowercased())^ORDERBYsys_created_on",
            ServiceNowTicket.fields, from: 0)
        let tickets = list.rows.compactMap { ServiceNowTicket(reading: $0) }
        let ours = tickets.filter { $0.exchange == exchange }
        // Without the condition ours might stand behind all others, and would be placed again.
        guard ours.count == tickets.count else {
            throw .refused(
                because: "the supplier's instance passes over the condition on correlation_id; "
                    + "the field is missing in \(terms.table), or \(terms.user) may not read it")
        }
        return ours.sorted { one, other in
            if one.isActive != other.isActive { return one.isActive }
            return (one.created?.microseconds ?? 0, one.number ?? "") < (
                other.created?.microseconds ?? 0, other.number ?? ""
            )
        }
    }

    /// Our tickets that have changed since a time, each as it was seen last, in the order of their changes. Where there
    /// are very many these are the first of them.
    ///
    /// Each list begins at the time at which the one before ended: a ticket that changes meanwhile goes to the end, and
    /// by counting rows one would miss the one that takes its place.
    func changed(since: Moment?) async throws(Setback) -> [ServiceNowTicket] {
        var found: [String: ServiceNowTicket] = [:]
        var (start, offset, hasForeign) = (since, 0, false)
        for round in 1... {
            let time = start.map { "^sys_updated_on>=\($0.serviceNow)" } ?? ""
            let list = try await list(
                path(terms.table), "correlation_display=\(terms.system)\(time)^ORDERBYsys_updated_on",
                ServiceNowTicket.fields, from: offset)
            let tickets = list.rows.compactMap { ServiceNowTicket(reading: $0) }
            for ticket in tickets {
                if !fits(ticket, since) {
                    hasForeign = true
                } else if ticket.exchange != nil {
                    found[ticket.id] = ticket
                }
            }
            guard let next = list.next else { break }
            if round == Self.pages {
                // The next look would begin with the same again.
                if hasForeign { throw .refused(because: "the supplier's instance passes over conditions of queries") }
                break
            }
            if let last = tickets.last?.updated, start.map({ $0 < last }) ?? true {
                (start, offset) = (last, 0)
            } else {
                offset = next
            }
        }
        return found.values.sorted { ($0.updated?.microseconds ?? 0, $0.id) < ($1.updated?.microseconds ?? 0, $1.id) }
    }

    /// Which of the rows with some identities are tickets of ours.
    func tickets(_ ids: [String]) async throws(Setback) -> [ServiceNowTicket] {
        var found: [ServiceNowTicket] = []
        for start in stride(from: 0, to: ids.count, by: Self.page) {
            let some = ids[start...].prefix(Self.page)
            let list = try await list(
                path(terms.table), "correlation_display=\(terms.system)^sys_idIN\(some.joined(separator: ","))",
                ServiceNowTicket.fields, from: 0)
            found += list.rows.compactMap { ServiceNowTicket(reading: $0) }
                .filter { some.contains($0.id) && $0.system == terms.system }
        }
        return found
    }

    /// Whether a ticket is one that was asked for: what an instance does not understand of a query it passes over.
    private func fits(_ ticket: ServiceNowTicket, _ since: Moment?) -> Bool {
        guard ticket.system == terms.system else { return false }
        return since.flatMap { since in ticket.updated.map { $0 >= since } } ?? true
    }

    /// What stands in the journals of tickets, in the order in which it was written.
    ///
    /// - Parameters:
    ///   - since: leaves out what was written before.
    ///   - mark: leaves out what does not hold it.
    func entries(
        of tickets: [String], since: Moment? = nil, holding mark: String? = nil
    ) async throws(Setback) -> [ServiceNowEntry] {
        var found: [ServiceNowEntry] = []
        var start = tickets.startIndex
        while start < tickets.endIndex {
            let some = tickets[start..<min(start + Self.page, tickets.endIndex)]
            start = some.endIndex
            var query = "element_idIN\(some.joined(separator: ","))"
            if let mark { query += "^valueLIKE\(mark)" }
            if let since { query += "^sys_created_on>=\(since.serviceNow)" }
            var offset: Int? = 0
            while let place = offset {
                let list = try await list(
                    path("sys_journal_field"), query + "^ORDERBYsys_created_on", ServiceNowEntry.fields, from: place)
                found += list.rows.compactMap { ServiceNowEntry(reading: $0) }.filter { entry in
                    some.contains(entry.ticket) && (since.map { entry.created ?? $0 >= $0 } ?? true)
                }
                offset = list.next
            }
        }
        return found
    }

    /// - Returns: the ticket; nil where the answer does not show it.
    func create(_ row: JSONObject) async throws(Setback) -> ServiceNowTicket? {
        try await write(.post, path(terms.table), row)
    }

    /// - Returns: the ticket as it is afterwards, where the answer shows it.
    func patch(_ id: String, _ members: JSONObject) async throws(Setback) -> ServiceNowTicket? {
        try await write(.patch, "\(path(terms.table))/\(PercentCoding.encode(id))", members)
    }

    private func write(
        _ method: HTTP.Method, _ path: String, _ members: JSONObject
    ) async throws(Setback) -> ServiceNowTicket? {
        var query = Self.query(ServiceNowTicket.fields)
        query.append("sysparm_input_display_value", "false")
        return ServiceNowTicket(reading: try await result(method, path, query, .object(members)))
    }

    /// One list, and where the next one begins, if there is one. Rows that we may not see are taken out of a list after
    /// it has been cut: a short one, even an empty one, need not be the last.
    func list(
        _ path: String, _ conditions: String, _ fields: [String], from offset: Int
    ) async throws(Setback) -> (rows: [JSON], next: Int?) {
        var query = Self.query(fields)
        query.append("sysparm_query", conditions)
        query.append("sysparm_limit", String(Self.page))
        query.append("sysparm_offset", String(offset))
        let response = try await send(.get, path, query, nil)
        let rows = try Self.result(response).array ?? []
        let linked = response.fields["Link"].flatMap(Self.next).flatMap { $0 > offset ? $0 : nil }
        let total = response.fields["X-Total-Count"].flatMap { Int($0) }
        let goesOn = total.map { offset + Self.page < $0 } ?? (rows.count == Self.page)
        return (rows, linked ?? (goesOn ? offset + Self.page : nil))
    }

    /// The offset that a link to the next list names (RFC 8288).
    private static func next(_ links: String) -> Int? {
        let link = links.split(separator: ",<").first { $0.contains("rel=\"next\"") }
        return (link?.split(separator: "sysparm_offset=", maxSplits: 1).dropFirst().first).flatMap {
            Int($0.prefix { $0.isNumber })
        }
    }

    /// The second version of the interface, to which no row is an empty list.
    func path(_ table: String) -> String { "/api/now/v2/table/\(PercentCoding.encode(table))" }

    private static func query(_ fields: [String]) -> Query {
        var query = Query()
        query.append("sysparm_fields", fields.joined(separator: ","))
        query.append("sysparm_display_value", "false")
        query.append("sysparm_exclude_reference_link", "true")
        return query
    }
}

extension ServiceNowAPI {
    private func result(
        _ method: HTTP.Method, _ path: String, _ query: Query, _ body: JSON?
    ) async throws(Setback) -> JSON {
        try Self.result(try await send(method, path, query, body))
    }

    private func send(
        _ method: HTTP.Method, _ path: String, _ query: Query, _ body: JSON?
    ) async throws(Setback) -> Response {
        try checked(try await instance.answer(method, "\(path)?\(query.encoded)", body))
    }

    private func checked(_ response: Response) throws(Setback) -> Response {
        if let setback = Setback(response, at: instance.wire.now) { throw setback }
        return response
    }

    /// What the answer to a request holds that was none of the Table API.
    func result(of response: Response) throws(Setback) -> JSON { try Self.result(try checked(response)) }

    /// What an answer holds. A page for people is no answer, for the instance is upgraded or asleep; an error may stand
    /// in a success, beside as many rows as were found before it.
    private static func result(_ response: Response) throws(Setback) -> JSON {
        let json = (try? JSON.parse(response.body.bytes)) ?? .null
        guard json["error"] == nil, let result = json["result"] else {
            let words = json["error"]?["message"]?.string ?? "something that is no row"
            throw .postponed(because: "the supplier answered \(response.status) with \(words)", after: nil)
        }
        return result
    }
}

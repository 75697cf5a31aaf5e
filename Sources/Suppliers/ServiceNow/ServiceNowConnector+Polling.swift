import Desk
import DeskStore
import DeskSuppliers
import Moments

/// What is learned by asking.
extension ServiceNowConnector {
    /// How far back it is looked for files where nothing has been asked before.
    private static let beginning = Duration.seconds(86_400)

    func poll(since cursor: String?, over wire: Wire) async throws(Setback) -> Polled? {
        let api = try await ServiceNowAPI(terms, of: supplier, over: wire)
        var cursor = ServiceNowCursor(cursor)
        let since = cursor.tickets.map { $0 - .seconds(terms.overlap) }
        let tickets = try await api.changed(since: since)
        let journal = Dictionary(grouping: try await api.entries(of: tickets.map(\.id), since: since), by: \.ticket)
        let twins = try await twins(among: tickets, at: api)
        let news = tickets.filter { !twins.contains($0.id) }
            .flatMap { SupplierNews.all(of: $0, journal[$0.id] ?? [], under: terms) }
        let files = try await files(since: cursor.files ?? wire.now - Self.beginning, beside: tickets, at: api)
        // By their clock alone: where nothing has changed yet the next poll begins as this one did.
        cursor.tickets = (tickets.compactMap(\.updated) + [cursor.tickets].compactMap(\.self)).max()
        cursor.files = ([files.latest, cursor.files].compactMap(\.self)).max()
        return Polled(
            receipts: news.map { .init(messageID: $0.messageID, body: $0.text) }, files: files.found,
            cursor: cursor.text)
    }

    /// What their people have attached to our tickets since a time.
    ///
    /// - Returns: beside it when the last file was attached, whosever it is.
    private func files(
        since moment: Moment, beside tickets: [ServiceNowTicket], at api: ServiceNowAPI
    ) async throws(Setback) -> (found: [AttachedFile], latest: Moment?) {
        let files: [ServiceNowFile]
        // Who may not read files hears the rest all the same.
        do { files = try await api.files(since: moment - .seconds(terms.overlap)) } catch .refused { return ([], nil) }
        var known = Dictionary(tickets.map { ($0.id, $0) }) { $1 }
        let others = Set(files.filter { $0.author != terms.user }.map(\.ticket)).subtracting(known.keys)
        for ticket in try await api.tickets(others.sorted()) { known[ticket.id] = ticket }
        let found = files.compactMap { file in known[file.ticket].flatMap { AttachedFile(file, at: $0, under: terms) } }
        return (found, files.compactMap(\.created).max())
    }

    func fetch(_ file: AttachedFile, over wire: Wire) async throws(Setback) -> [UInt8] {
        try await ServiceNowAPI(terms, of: supplier, over: wire).content(of: file)
    }

    /// Which of them were opened by a request that got doubled, and have been given up for that: their end is none of
    /// the exchange.
    private func twins(
        among tickets: [ServiceNowTicket], at api: ServiceNowAPI
    ) async throws(Setback) -> Set<String> {
        var twins: Set<String> = []
        for ticket in tickets where !ticket.isActive {
            guard let exchange = ticket.exchange, let first = try await api.find(exchange).first else { continue }
            if first.id != ticket.id { twins.insert(ticket.id) }
        }
        return twins
    }

    func picture(of bond: BondView, over wire: Wire) async throws(Setback) -> Picture? {
        let api = try await ServiceNowAPI(terms, of: supplier, over: wire)
        guard let ticket = try await api.find(bond.uuid).first else { return Picture() }
        return Picture(state: ticket.word, notes: try await api.entries(of: [ticket.id]).map(\.id))
    }
}

/// Where a poll goes on: behind which change of a ticket, and behind which file.
struct ServiceNowCursor: Hashable {
    var tickets: Moment?
    var files: Moment?

    /// A cursor without a time of files is as good as one with that of the tickets.
    init(_ text: String?) {
        let times = text?.split(separator: " ").map { Moment(rfc3339: String($0)) } ?? []
        tickets = times.first ?? nil
        files = times.dropFirst().first ?? tickets
    }

    var text: String { [tickets, files].map { $0?.rfc3339 ?? "-" }.joined(separator: " ") }
}

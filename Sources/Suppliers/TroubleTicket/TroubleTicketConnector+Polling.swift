import Desk
import DeskSuppliers
import Foundation
import Moments

/// What is learned by asking, and tickets that were opened twice.
extension TroubleTicketConnector {
    /// How far back a poll looks, for what was written while the one before was under way.
    private static let overlap = Duration.seconds(180)

    func poll(since cursor: String?, over wire: Wire) async throws(Setback) -> Polled? {
        guard let url = terms.url else { return nil }
        let api = try await TroubleTicketAPI(terms, at: url, over: wire)
        let since = cursor.flatMap(Moment.init(rfc3339:))
        let conditions = since.map { [("lastUpdate.gt", ($0 - Self.overlap).rfc3339)] } ?? []
        let changed = try await api.list(conditions) { ticket in
            guard ticket.exchange != nil else { return false }
            guard let since, let updated = ticket.lastUpdate else { return true }
            return updated > since - Self.overlap
        }
        var (receipts, files) = ([Polled.Receipt](), [AttachedFile]())
        for ticket in changed.sorted(by: {
            ($0.lastUpdate ?? Moment(seconds: 0)) < ($1.lastUpdate ?? Moment(seconds: 0))
        }) {
            guard let whole = try await whole(ticket, at: api) else { continue }
            receipts += try await news(of: whole, since: since, at: api)
                .map { .init(messageID: $0.messageID, body: $0.text) }
            files += AttachedFile.all(of: whole)
        }
        let latest = changed.compactMap(\.lastUpdate).max() ?? since ?? wire.now
        return Polled(receipts: receipts, files: files, cursor: max(latest, since ?? latest).rfc3339)
    }

    private func news(
        of whole: TroubleTicket, since: Moment?, at api: TroubleTicketAPI
    ) async throws(Setback) -> [SupplierNews] {
        guard let older = try await older(than: whole, since: since, at: api) else {
            return SupplierNews.all(of: whole)
        }
        // What their people wrote is heard wherever it stands. What they do not say the author of is ours if it stands
        // on the older ticket too, where all that we say is written; its state is none of the exchange.
        let ours = Set(older.notes.filter { $0.source != .seller }.map(\.text))
        return SupplierNews.all(of: whole) { note in
            note.source == .buyer || note.source == nil && ours.contains(note.text)
        }.filter { !$0.tellsState }
    }

    /// A list may be a summary: the whole ticket is asked for.
    private func whole(
        _ ticket: TroubleTicket, at api: TroubleTicketAPI
    ) async throws(Setback) -> TroubleTicket? {
        guard let id = ticket.id else { return nil }
        return try await api.ticket(id).map { TroubleTicket(reading: $0) }
    }

    func register(listener address: String, over wire: Wire) async throws(Setback) {
        guard let url = terms.url else { return }
        try await TroubleTicketAPI(terms, at: url, over: wire).register(address)
    }

    func fetch(_ file: AttachedFile, over wire: Wire) async throws(Setback) -> [UInt8] {
        guard let url = terms.url else { throw .refused(because: "the supplier's system has no URL any more") }
        return try await TroubleTicketAPI(terms, at: url, over: wire).content(of: file)
    }

    /// The ticket that goes on in place of this one, where a request that got doubled has opened both. One that is new
    /// may be such a twin and is given up then, as the desk may have nothing more to say.
    private func older(
        than ticket: TroubleTicket, since: Moment?, at api: TroubleTicketAPI
    ) async throws(Setback) -> TroubleTicket? {
        let givenUp: [TroubleTicketStatus] = [.cancelled, .assessingCancellation]
        let isGivenUp = ticket.status.flatMap(TroubleTicketStatus.init(spelled:)).map(givenUp.contains) ?? false
        let isNew = since.map { since in ticket.creationDate.map { $0 > since - Self.overlap } ?? true } ?? true
        guard isGivenUp || isNew, let exchange = ticket.exchange?.uuidString.lowercased() else { return nil }
        let all = try await api.find(exchange)
        guard let oldest = all.first, oldest.id != ticket.id else { return nil }
        try await giveUp(all.dropFirst(), for: oldest, at: api)
        return try await whole(oldest, at: api)
    }

    /// The oldest ticket of an exchange is the one; any other was opened by the same request. What they do not let go
    /// is asked again on the next occasion.
    func giveUp(
        _ twins: ArraySlice<TroubleTicket>, for ticket: TroubleTicket, at api: TroubleTicketAPI
    ) async throws(Setback) {
        let mapping = TroubleTicketMapping(mapping)
        for twin in twins {
            guard let id = twin.id, !mapping.isOver(twin) else { continue }
            let reason = "Opened twice; \(ticket.id ?? "the other") goes on."
            do {
                try await bring(id, to: "cancelled", by: "cancel", because: reason, at: api) { mapping.isOver($0) }
            } catch .refused {}
        }
    }
}

import Desk
import DeskStore
import DeskSuppliers
import Foundation
import HTTP
import JSON
import Moments

/// Another desk with this same product. What we give it goes as to any supplier that takes webhooks; what it gives us
/// comes in those same messages, and how far we are is told by those that a supplier sends.
struct SisterConnector: Connector {
    private let terms: Supplier.Sister
    private let webhook: WebhookConnector

    init(terms: Supplier.Sister) { (self.terms, webhook) = (terms, WebhookConnector(terms: terms.webhook)) }

    func deliver(_ message: Outgoing, over wire: Wire) async throws(Setback) -> Delivered {
        try await webhook.deliver(message, over: wire)
    }

    func report(_ report: OutgoingReport, over wire: Wire) async throws(Setback) {
        try await webhook.post(report.text, as: report.id, over: wire)
    }

    func statements(in receipt: String) throws(UnreadableEvent) -> [SupplierStatement] {
        try webhook.statements(in: receipt)
    }

    /// Whoever has given the ticket says its number with each message; whoever got it never does.
    func request(in receipt: String) throws(UnreadableEvent) -> DeskMessage? {
        guard let json = try? JSON.parse(receipt.utf8), json["data"]?["our_reference"] != nil else { return nil }
        return try CloudEvent<DeskMessage>(reading: receipt.utf8).payload
    }

    func fetch(_ file: AttachedFile, over wire: Wire) async throws(Setback) -> [UInt8] {
        let request = try await request(for: "files/\(file.id)", over: wire)
        let response = try await wire.file(by: request, upTo: Int(SharedFile.mostBytes))
        if let setback = Setback(response, at: wire.now) { throw setback }
        return response.body.bytes
    }

    /// - Parameter thing: what stands in its path behind our own code.
    private func request(for thing: String, over wire: Wire) async throws(Setback) -> Request {
        let place = terms.place(of: thing)
        let address = try WebAddress(calling: place.url)
        let id = UUID().uuidString.lowercased()
        return Request(
            .get, to: address, fields: try await webhook.fields(signing: Array(place.path.utf8), as: id, over: wire))
    }
}

/// What two desks hold of an exchange, compared.
extension SisterConnector {
    /// Nil also where both are equally far, or something is still on its way: then a difference means nothing.
    func picture(of bond: BondView, over wire: Wire) async throws(Setback) -> Picture? {
        let request = try await request(for: "exchanges/\(bond.uuid.uuidString.lowercased())", over: wire)
        let response = try await wire.answer(to: request)
        let (own, now) = (ExchangeStanding(bond), wire.now)
        switch response.status.code {
        case 410:
            // It may not have read yet what has begun the exchange.
            let isOld = bond.lastSentAt.map { now.duration(since: $0) > ExchangeStanding.patience } ?? false
            return isOld ? Picture(state: nil, differs: true) : nil
        // A desk that compares nothing yet.
        case 404: return nil
        default: if let setback = Setback(response, at: now) { throw setback }
        }
        guard let theirs = try? JSON.parse(response.body.bytes).read(ExchangeStanding.form) else {
            throw .refused(because: "the other desk does not say how far the exchange is")
        }
        guard own.isSettled(with: theirs, at: now) else { return nil }
        if bond.serves {
            return own.missedEnd(of: theirs).map { end in
                Picture(
                    state: theirs.state.rawValue, differs: true,
                    request: DeskMessage(
                        kind: end, exchange: bond.uuid, ourReference: theirs.reference,
                        disclosure: Disclosure(of: JSONObject(), allowing: [])))
            }
        }
        switch own.missed(of: theirs) {
        case nil: return nil
        case .withdrawn?: return Picture(state: nil, differs: true)
        case let state?: return Picture(state: state.rawValue, differs: true)
        }
    }
}

extension ExchangeStanding {
    /// How far it is on our side.
    fileprivate init(_ bond: BondView) {
        self.init(
            reference: "", state: bond.state, hasEnded: bond.endedAt != nil, hasUnsent: bond.failingSince != nil,
            lastSentAt: bond.lastSentAt, lastHeardAt: bond.lastHeardAt)
    }
}

import Desk
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
        let place = terms.place(of: file.id)
        let address = try WebAddress(calling: place.url)
        let fields = try await webhook.fields(
            signing: Array(place.path.utf8), as: UUID().uuidString.lowercased(), over: wire)
        let response = try await wire.file(
            by: Request(.get, to: address, fields: fields), upTo: Int(SharedFile.mostBytes))
        if let setback = Setback(response, at: wire.now) { throw setback }
        return response.body.bytes
    }
}

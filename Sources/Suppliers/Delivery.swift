import Desk
import DeskStore
import DeskSuppliers
import Foundation
import HTTP
import Moments
import Secrets

/// A message to a supplier, ready to be sent as often as it takes.
struct Delivery: Sendable {
    let bond: BondView
    let message: PendingMessage
    let address: WebAddress
    /// The name of the secret that signs it.
    let secret: String
    /// The same bytes at every attempt.
    let body: [UInt8]

    /// The message's identity for the supplier, the same at every attempt.
    var id: String { message.uuid.uuidString.lowercased() }

    /// One attempt, signed anew because the signature holds the time.
    func request(signedWith secret: WebhookSecret, at now: Moment) -> Request {
        let signature = WebhookSignature(signing: body, id: id, at: now, secrets: [secret])
        return Request(
            .post, to: address,
            fields: [
                .contentType: CloudEvent<DeskMessage>.mediaType, .userAgent: "Meridian",
                "webhook-id": signature.id, "webhook-timestamp": signature.timestamp,
                "webhook-signature": signature.signatures,
            ], body: RequestBody(body))
    }
}

extension CloudEvent<DeskMessage> {
    /// The event that tells a supplier of a message, with no more than the supplier may see.
    init(
        _ message: PendingMessage, of bond: BondView, about shared: SharedTicket, to supplier: Supplier,
        from source: String
    ) {
        let (ticket, directory) = (shared.record.ticket, shared.directory)
        let facts = TicketFacts(
            subject: shared.record.subject, kind: ticket.classification.kind,
            category: ticket.classification.category.map { directory.categories.code(of: $0) },
            impact: ticket.classification.impact, urgency: ticket.classification.urgency,
            priority: ticket.classification.priority, site: directory.code(of: ticket.origin),
            requesterName: shared.requester.name, requesterEmail: shared.requester.address,
            description: shared.description, note: shared.note)
        self.init(
            id: message.uuid, source: source, time: message.createdAt, sequence: message.sequence,
            payload: DeskMessage(
                kind: message.kind, exchange: bond.uuid, ourReference: bond.ourReference(of: ticket),
                disclosure: Disclosure(of: facts, allowing: supplier.fields)))
    }
}

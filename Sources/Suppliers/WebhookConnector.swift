import Desk
import DeskSuppliers
import HTTP
import Moments
import Secrets

/// CloudEvents by webhook. A message that comes again has the id and the bytes of the first attempt, by which the
/// supplier's system knows it.
struct WebhookConnector: Connector {
    let terms: Supplier.Webhook

    func deliver(_ message: Outgoing, over wire: Wire) async throws(Setback) -> Delivered {
        try await post(message.text, as: message.id, over: wire)
        return Delivered()
    }

    /// - Parameter id: the event's identity.
    func post(_ event: String, as id: String, over wire: Wire) async throws(Setback) {
        let address = try WebAddress(calling: terms.url)
        var secrets: [WebhookSecret] = []
        for name in terms.outgoing { secrets.append(try await wire.signingSecret(name)) }
        // Signed anew at each attempt, because the signature holds the time.
        let body = Array(event.utf8)
        let signature = WebhookSignature(signing: body, id: id, at: wire.now, secrets: secrets)
        _ = try await wire.send(
            Request(
                .post, to: address,
                fields: [
                    .contentType: CloudEvent<DeskMessage>.mediaType, "webhook-id": signature.id,
                    "webhook-timestamp": signature.timestamp,
                    "webhook-signature": signature.signatures,
                ], body: RequestBody(body)))
    }

    func statements(in receipt: String) throws(UnreadableEvent) -> [SupplierStatement] {
        [try CloudEvent<SupplierStatement>(reading: receipt.utf8).payload]
    }
}

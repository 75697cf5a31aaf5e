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
        let body = Array(event.utf8)
        let address = try WebAddress(calling: terms.url)
        var fields = try await fields(signing: body, as: id, over: wire)
        fields[.contentType] = CloudEvent<DeskMessage>.mediaType
        _ = try await wire.send(Request(.post, to: address, fields: fields, body: RequestBody(body)))
    }

    /// The fields that show who we are. They are made anew at each attempt, because a signature holds the time.
    func fields(signing bytes: [UInt8], as id: String, over wire: Wire) async throws(Setback) -> Fields {
        var secrets: [WebhookSecret] = []
        for name in terms.outgoing { secrets.append(try await wire.signingSecret(name)) }
        let signature = WebhookSignature(signing: bytes, id: id, at: wire.now, secrets: secrets)
        return [
            "webhook-id": signature.id, "webhook-timestamp": signature.timestamp,
            "webhook-signature": signature.signatures,
        ]
    }

    func statements(in receipt: String) throws(UnreadableEvent) -> [SupplierStatement] {
        [try CloudEvent<SupplierStatement>(reading: receipt.utf8).payload]
    }
}

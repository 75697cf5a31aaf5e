import Desk
import DeskSuppliers
import HTTP
import Moments
import Runtime
import Secrets

/// Where the desk's events come in: believed only with a signature, and answered only once they are kept.
struct EventDoor: Sendable {
    let accounts: [String: Account]
    let file: WorkbookFile
    /// How long the supplier takes for its work.
    let work: Duration
    let log: Log

    var router: Router {
        Router(
            Door(endpoints: [
                Endpoint(.post, "/:code/events", body: .collected(limit: 1 << 20)) { request, _, code in
                    try await take(request, code: code)
                }
            ]))
    }

    private func take(_ request: Request, code: String) async throws -> Response {
        guard let account = accounts[code] else { throw Problem(.notFound) }
        let now = SystemTime().now
        guard let id = request.fields["webhook-id"], let timestamp = request.fields["webhook-timestamp"],
            let signatures = request.fields["webhook-signature"]
        else {
            throw Problem(.unauthorized, detail: "webhook-id, webhook-timestamp and webhook-signature are required.")
        }
        do {
            try WebhookSignature(id: id, timestamp: timestamp, signatures: signatures)
                .verify(request.body.bytes, secrets: [account.outgoing], at: now)
        } catch {
            throw Problem(.unauthorized, detail: "\(error)")
        }
        let event: CloudEvent<DeskMessage>
        do {
            event = try CloudEvent(reading: request.body.bytes)
        } catch {
            throw Problem(.unprocessableContent, detail: "\(error)")
        }
        guard event.id == id else { throw Problem(.badRequest, detail: "webhook-id is not the id of the event.") }
        let isNew = try await file.change { [work] in $0.hear(event, for: code, at: now, work: work) }
        log.info(
            isNew ? "heard" : "heard again",
            [
                "supplier": .string(code), "step": .string(event.payload.kind.rawValue),
                "ticket": .string(event.payload.ourReference), "id": .string(id),
            ])
        return Response(.accepted)
    }
}

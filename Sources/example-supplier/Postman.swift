import DeskSuppliers
import Foundation
import HTTP
import Moments
import Runtime
import Secrets

/// Tells the desk what the supplier has to say, in order for each ticket, for as long as it takes.
struct Postman: Service {
    let name = "postman"
    let accounts: [String: Account]
    let file: WorkbookFile
    /// The URL of the desk, without a slash at the end.
    let desk: String
    let client: HTTPClient
    let log: Log

    private static let retry = Backoff(first: .milliseconds(200), most: .seconds(5))
    /// How long it sleeps at the most: new work comes in at the door meanwhile.
    private static let longestNap = Duration.milliseconds(50)
    private static let time = SystemTime()

    func run(until stop: StopSignal) async throws {
        while !stop.isRaised {
            if let event = file.current.next(), event.due <= Self.time.now {
                try await send(event)
            } else {
                _ = try await stop.untilRaised { try await Self.time.wait(for: Self.longestNap) }
            }
        }
    }

    private func send(_ event: Workbook.Outgoing) async throws {
        let fields: Log.Fields = [
            "supplier": .string(event.account), "step": .string(event.step), "ticket": .string(event.ticket),
            "id": .string(event.id.uuidString.lowercased()),
        ]
        do {
            let status = try await post(event)
            switch status.code {
            case 200...299:
                try await file.change { $0.finish(event.id) }
                return log.info("told", fields)
            case 400, 409, 410, 413, 422:
                try await file.change { $0.finish(event.id) }
                return log.error("refused: \(status)", fields)
            default: log.warning("not taken yet: \(status)", fields)
            }
        } catch let error as HTTPClientError {
            log.warning("the desk is away: \(error)", fields)
        }
        let wait = max(.milliseconds(50), Self.retry.delay(afterAttempt: event.failures + 1))
        try await file.change { $0.postpone(event.id, until: Self.time.now + wait) }
    }

    private func post(_ event: Workbook.Outgoing) async throws -> Status {
        guard let account = accounts[event.account] else { return .notFound }
        guard let address = WebAddress("\(desk)/supplier/v1/\(event.account)/events") else { return .notFound }
        let body = Array(event.body.utf8)
        let signature = WebhookSignature(
            signing: body, id: event.id.uuidString.lowercased(), at: Self.time.now, secrets: [account.incoming])
        let request = Request(
            .post, to: address,
            fields: [
                .contentType: CloudEvent<SupplierStatement>.mediaType, "webhook-id": signature.id,
                "webhook-timestamp": signature.timestamp, "webhook-signature": signature.signatures,
            ], body: RequestBody(body))
        return try await client.send(request, within: .seconds(10)).status
    }
}

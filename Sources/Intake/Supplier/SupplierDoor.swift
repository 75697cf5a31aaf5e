import Desk
public import DeskStore
public import HTTP
import JSON
import Postgres
public import Runtime
import Secrets

/// The door for suppliers' systems: checks who speaks, keeps what was said as it came, and answers. The supplier worker
/// reads it.
public struct SupplierDoor: Sendable {
    let store: DeskStore
    let secrets: SecretStore
    let log: Log

    /// The largest message that is taken, in bytes; Standard Webhooks advises 20 kB.
    static let largestMessage = 256 * 1024

    public init(store: DeskStore, secrets: SecretStore, log: Log) {
        (self.store, self.secrets, self.log) = (store, secrets, log)
    }

    public var door: Door<SupplierCaller> {
        Door(
            { request in try await caller(of: request) },
            confirm: { request, caller in
                do {
                    try caller.signature.verify(
                        Self.signed(in: request), secrets: caller.secrets, at: store.timekeeper.now)
                } catch let fault as WebhookSignature.Fault {
                    log.warning(
                        "supplier message refused",
                        ["supplier": .string(caller.code), "reason": .string(fault.description)])
                    throw Self.refusal(fault.description)
                }
            },
            endpoints: [
                Endpoint(
                    .post, "/supplier/v1/:supplier/events", body: .collected(limit: Self.largestMessage)
                ) { (request, caller, _: String) in
                    try await receive(request, from: caller)
                },
                standingEndpoint,
            ] + fileEndpoints)
    }

    /// Who calls, as the path and the header say.
    private func caller(of request: Request) async throws -> SupplierCaller {
        let code = request.target.segments.dropFirst(2).first ?? ""
        let directory = try await store.directory()
        guard let supplier = directory.organisation.supplier(code), let id = directory.suppliers[code],
            let terms = supplier.connector.webhook
        else {
            throw Problem(
                .notFound, detail: "There is no supplier with this code that sends events. Check the address.")
        }
        guard let signature = Self.signature(in: request.fields) else {
            throw Self.refusal(
                "Sign the message by Standard Webhooks: webhook-id without a full stop, webhook-timestamp, "
                    + "webhook-signature."
            )
        }
        return SupplierCaller(
            id: id, code: code, signature: signature, secrets: try await keys(terms.incoming, of: code))
    }

    /// The secrets with which a supplier may sign: at least one of those that the document names must be there.
    private func keys(_ names: [String], of supplier: String) async throws -> [WebhookSecret] {
        var keys: [WebhookSecret] = []
        for name in names {
            if let value = try await secrets.value(of: name),
                let secret = try? WebhookSecret(parsing: String(decoding: value, as: UTF8.self))
            {
                keys.append(secret)
            } else {
                log.error(
                    "the secret of a supplier is not set, or is no webhook secret",
                    ["supplier": .string(supplier), "secret": .string(name)])
            }
        }
        guard !keys.isEmpty else {
            throw Problem(
                .serviceUnavailable,
                detail: "This desk cannot check signatures yet. Nothing was saved; try again later.",
                fields: [.retryAfter: "300"])
        }
        return keys
    }

    private static func signature(in fields: Fields) -> WebhookSignature? {
        guard let id = fields["webhook-id"], let timestamp = fields["webhook-timestamp"],
            let signatures = fields["webhook-signature"], (1...200).contains(id.utf8.count), !id.contains(".")
        else { return nil }
        return WebhookSignature(id: id, timestamp: timestamp, signatures: signatures)
    }

    private static func refusal(_ detail: String) -> Problem {
        Problem(.unauthorized, detail: detail, fields: [.wwwAuthenticate: "Webhook-Signature"])
    }

    /// Keeps a message once and answers every repetition of it alike.
    private func receive(_ request: Request, from caller: SupplierCaller) async throws -> Response {
        let message = try JSON.parse(request.body.bytes)
        guard !request.body.bytes.contains(0), message.object != nil else {
            throw Problem(.unprocessableContent, detail: "The message must be one JSON object, a CloudEvent.")
        }
        let body = String(decoding: request.body.bytes, as: UTF8.self)
        let isNew = try await store.transaction { (transaction: borrowing Transaction) in
            let isNew = try await store.receive(
                body, messageID: caller.signature.id, from: caller.id, using: transaction)
            IntakePoint.beforeCommit.pass()
            return isNew
        }
        IntakePoint.afterCommit.pass()
        log.info(
            "supplier message kept",
            ["supplier": .string(caller.code), "id": .string(caller.signature.id), "new": .bool(isNew)])
        return Response(.accepted)
    }
}

import Desk
public import DeskStore
import DeskSuppliers
public import HTTP
import Jobs
import Postgres
import Secrets

/// The door at which suppliers' systems say that there is news: the events of TMF621, the webhooks of Jira, a business
/// rule of ServiceNow. Nothing that they say is believed: it has the worker ask at once what it would have asked within
/// a minute.
public struct ListenerDoor: Sendable {
    let store: DeskStore
    let secrets: SecretStore

    /// The largest body that is taken, in bytes; it is passed over.
    private static let largestBody = 1024 * 1024

    public init(store: DeskStore, secrets: SecretStore) { (self.store, self.secrets) = (store, secrets) }

    public var door: Door<SupplierInformant> {
        Door(
            { request in try await informant(of: request) },
            confirm: { request, informant in
                guard let claimed = request.fields["X-Hub-Signature"] else { return }
                let signature = SupplierListener.signature(of: request.body.bytes, secret: informant.secret)
                guard areEqualInConstantTime(Array(claimed.utf8), Array(signature.utf8)) else {
                    throw Problem(.unauthorized, detail: "X-Hub-Signature is not that of this body under the secret.")
                }
            },
            endpoints: [
                Endpoint(
                    .post, "/supplier/v1/:supplier/listener/:key", body: .collected(limit: Self.largestBody)
                ) { (_, informant, _: String, _: String) in
                    try await ask(informant)
                },
                // TMF621 puts the name of the event behind the address (TMF630).
                Endpoint(
                    .post, "/supplier/v1/:supplier/listener/:key/*event", body: .collected(limit: Self.largestBody)
                ) { (_, informant, _: String, _: String, _: String) in
                    try await ask(informant)
                },
            ])
    }

    private func informant(of request: Request) async throws -> SupplierInformant {
        let segments = request.target.segments
        let (code, key) = (segments.dropFirst(2).first ?? "", segments.dropFirst(4).first ?? "")
        let directory = try await store.directory()
        guard let supplier = directory.organisation.supplier(code), let id = directory.suppliers[code],
            let name = supplier.connector.terms.listener, let secret = try await secrets.value(of: name),
            areEqualInConstantTime(
                Array(key.utf8), Array(SupplierListener.key(of: code, secret: secret).hex.utf8))
        else {
            throw Problem(.notFound, detail: "Nobody listens here. Ask the desk for the address of the listener.")
        }
        return SupplierInformant(id: id, code: code, secret: secret)
    }

    /// One who says the same over and over has it asked no more often than it can be answered.
    private func ask(_ informant: SupplierInformant) async throws -> Response {
        try await store.transaction { (transaction: borrowing Transaction) in
            _ = try await transaction.enqueue(
                PollSupplier(supplier: informant.id.rawValue), group: informant.code, unique: "\(informant.id)")
        }
        return Response(.noContent)
    }
}

/// A supplier's system that says that there is news.
public struct SupplierInformant: Sendable {
    let id: SupplierID
    let code: String
    let secret: [UInt8]
}

import DeskStore
import HTTP
import JSON
import Moments
import Postgres
import Runtime
import Secrets

/// A request that is carried out once, however often it is sent under the same Idempotency-Key.
struct IdempotentRequest: Sendable {
    private let key: IdempotencyKey?
    private let fingerprint: [UInt8]
    private let store: DeskStore
    private let sight: Sight

    /// - Throws: `Problem` 400 for a key that cannot be one.
    init(_ request: Request, by client: APIClient, store: DeskStore) throws(Problem) {
        let content = request.contentType?.isJSON == false ? nil : try? JSON.parse(request.body.bytes)
        let canonical = content?.bytes(style: .init(isSorted: true)) ?? request.body.bytes
        try self.init(request, content: canonical, by: client, store: store)
    }

    /// - Parameter content: what stands for the body, where that was taken as it came.
    init(_ request: Request, content: [UInt8], by client: APIClient, store: DeskStore) throws(Problem) {
        (self.store, sight) = (store, client.sight)
        let line = "\(request.method) \(request.path)?\(request.target.query ?? "")\n"
        fingerprint = Digest(sha256: Array(line.utf8) + content).bytes
        key = try Self.key(of: request).map {
            IdempotencyKey(principal: "token:\(client.id)", key: "\(request.method) \(request.path) \($0)")
        }
    }

    /// Carries the request out in a transaction that sees what the client sees, or gives the answer that was given
    /// before.
    ///
    /// - Throws: `Problem` 422 where the key belongs to another request; whatever `body` throws, and then nothing is
    ///   kept.
    func answer(_ body: (borrowing Transaction) async throws -> Response) async throws -> Response {
        let now = store.timekeeper.now
        let (response, isNew) = try await store.transaction(seeing: sight) { (transaction: borrowing Transaction) in
            if let key, let kept = try await transaction.claim(key, fingerprint: fingerprint, now: now) {
                return (try repeated(kept), false)
            }
            let response = try await body(transaction)
            if let key {
                let kept = KeptAnswer(
                    fingerprint: fingerprint, status: response.status.code, location: response.fields[.location],
                    body: response.body.bytes)
                try await transaction.keep(kept, under: key)
            }
            IntakePoint.beforeCommit.pass()
            return (response, true)
        }
        if isNew { IntakePoint.afterCommit.pass() }
        return response
    }

    private func repeated(_ kept: KeptAnswer) throws(Problem) -> Response {
        guard kept.fingerprint == fingerprint else {
            throw Problem(
                .unprocessableContent,
                detail: "This Idempotency-Key was used for another request. Make a new key for each new request.")
        }
        var response = Response(Status(kept.status), json: kept.body)
        response.fields[.location] = kept.location
        return response
    }

    /// The key as a structured field string, or bare.
    private static func key(of request: Request) throws(Problem) -> String? {
        let name: FieldName = "Idempotency-Key"
        guard request.fields.contains(name) else { return nil }
        let values = request.fields.all(name)
        var text = values.count == 1 ? values[0] : ""
        if text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") { text = String(text.dropFirst().dropLast()) }
        guard (1...200).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x22 })
        else {
            throw Problem(
                .badRequest, detail: "Idempotency-Key must be one value of 1 to 200 visible characters, such as a UUID."
            )
        }
        return text
    }
}

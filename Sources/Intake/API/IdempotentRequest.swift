import DeskStore
import DeskWeb
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
        guard request.fields.contains(Self.name) else {
            self.init(unkeyed: client, store: store)
            return
        }
        let content = request.contentType?.isJSON == false ? nil : try? JSON.parse(request.body.bytes)
        let canonical = content?.bytes(style: .init(isSorted: true)) ?? request.body.bytes
        try self.init(request, content: canonical, by: client, store: store)
    }

    private init(unkeyed client: APIClient, store: DeskStore) {
        (self.store, sight, key, fingerprint) = (store, client.sight, nil, [])
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
    /// before: a refusal too, because whoever repeats a request asks what became of it.
    ///
    /// - Throws: `Problem` 422 where the key belongs to another request, 409 where the first one is at work; whatever
    ///   `body` throws.
    func answer(_ body: (borrowing Transaction) async throws -> Response) async throws -> Response {
        do {
            let (response, isNew) = try await store.transaction(seeing: sight) { (transaction: borrowing Transaction) in
                if let kept = try await claim(transaction) { return (try repeated(kept), false) }
                let response = try await body(transaction)
                try await keep(response, transaction)
                IntakePoint.beforeCommit.pass()
                return (response, true)
            }
            if isNew { IntakePoint.afterCommit.pass() }
            return response
        } catch is RequestAtWork {
            throw Problem(
                .conflict, detail: "The first request with this Idempotency-Key is at work. Ask again for its answer.",
                fields: [.retryAfter: "1"])
        } catch {
            try await keep(refusal: error)
            throw error
        }
    }

    private func claim(_ transaction: borrowing Transaction) async throws -> KeptAnswer? {
        guard let key else { return nil }
        return try await transaction.claimAtOnce(key, fingerprint: fingerprint, now: store.timekeeper.now)
    }

    private func keep(_ response: Response, _ transaction: borrowing Transaction) async throws {
        guard let key else { return }
        let type = response.fields[.contentType]
        let kept = KeptAnswer(
            fingerprint: fingerprint, status: response.status.code, location: response.fields[.location],
            tag: response.fields[.entityTag], type: type == "application/json" ? nil : type, body: response.body.bytes)
        try await transaction.keep(kept, under: key)
    }

    /// Keeps how the request was refused, after all that it did was undone. Not what another try may get past: a
    /// fault of ours, and a limit.
    private func keep(refusal error: any Error) async throws {
        let problem = Problems.problem(for: error)
        guard key != nil, [.notFound, .conflict, .unprocessableContent].contains(problem.status) else { return }
        try await store.transaction(seeing: sight) { (transaction: borrowing Transaction) in
            do {
                guard try await claim(transaction) == nil else { return }
                try await keep(problem.response, transaction)
            } catch is RequestAtWork {
                // It came once more in between, and that one keeps its own answer.
            }
        }
    }

    private func repeated(_ kept: KeptAnswer) throws(Problem) -> Response {
        guard kept.fingerprint == fingerprint else {
            throw Problem(
                .unprocessableContent,
                detail: "This Idempotency-Key was used for another request. Make a new key for each new request.")
        }
        var response = Response(Status(kept.status), json: kept.body)
        if let type = kept.type { response.fields[.contentType] = type }
        (response.fields[.location], response.fields[.entityTag]) = (kept.location, kept.tag)
        if kept.tag != nil { response.fields[.cacheControl] = "private, no-cache" }
        return response
    }

    private static let name: FieldName = "Idempotency-Key"

    /// The key as a structured field string, or bare.
    private static func key(of request: Request) throws(Problem) -> String? {
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

public import DeskStore
public import HTTP
public import Postgres
import Runtime
import Secrets

extension Website {
    /// Does what a form asks for once, however often it is sent: by a double click, or because no answer came.
    ///
    /// - Parameters:
    ///   - principal: whose form it is; the same form of somebody else is another one.
    ///   - make: does it in the transaction, and tells where what was made can be seen.
    /// - Throws: what `make` throws, and `DatabaseError`.
    public func once(
        _ request: Request, by principal: String, seeing sight: Sight = .desk,
        _ make: (borrowing Transaction) async throws -> String
    ) async throws -> Response {
        let fingerprint = Digest(sha256: request.body.bytes).bytes
        let key = IdempotencyKey(principal: principal, key: Digest(bytes: fingerprint)?.hex ?? "")
        let location = try await record(seeing: sight) { (transaction: borrowing Transaction) -> String in
            let now = store.timekeeper.now
            if let kept = try await transaction.claim(key, fingerprint: fingerprint, now: now) {
                return kept.location ?? "/"
            }
            let location = try await make(transaction)
            let answer = KeptAnswer(fingerprint: fingerprint, status: 303, location: location, body: [])
            try await transaction.keep(answer, under: key)
            return location
        }
        return .seeOther(location)
    }
}
